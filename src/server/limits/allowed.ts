export interface Allowance {
  readonly points: number;
  /** In seconds. */
  readonly duration: number;
}

const minute = 60;

/** How many in how many seconds. Carriers put whole countries behind a few addresses. */
export const allowed = {
  requests: { points: 12_000, duration: minute },
  openings: { points: 1_200, duration: minute },
  unknownIds: { points: 600, duration: 10 * minute },
  wrongKeys: { points: 30, duration: 10 * minute },
  /** Of a caller at one link: under way, or failed. */
  attempts: { points: 100, duration: 10 * minute },
  /** Of a link: failed attempts, above what it has sold today and yesterday. */
  declines: { points: 300, duration: 60 * minute },
  /** Of `attempts`, while the link is over its `declines`. */
  attemptsPastDeclines: 3,
  /** To one address about what cost nothing. */
  letters: { points: 20, duration: 60 * minute },
  prompts: { points: 5, duration: 10 * minute },
  followersOfSession: 8,
  followersByCaller: 1_000,
} as const;
