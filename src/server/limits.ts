/**
 * How often something may be asked. What is asked often is counted in memory, by process; what is rare and matters
 * is counted in the database, so that it holds over processes and restarts. Where the database is gone, memory
 * counts for it: a limiter never stops a sale.
 */
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { type Id, Problem } from '../contract/index.js';
import { type Database, DatabaseAway } from './store/database.js';
import { readDays } from './store/link-stats.js';
import {
  limiterClient,
  limiterTable,
  noteLimitedAttempt,
  takeLimitedAttempt,
} from './store/rate-limits.js';

export interface Attempt {
  readonly sessionId: Id<'checkoutSession'>;
  readonly linkId: Id<'paymentLink'>;
  readonly caller: string | undefined;
}

/** `none`: nothing failed, and nothing was sold. */
export type Outcome = 'paid' | 'failed' | 'none';

/** Undoes a count. */
type TakeBack = () => Promise<void>;

/** Every method but the last throws Problem `rate_limited`. A caller that is not known is not limited by address. */
export interface Limits {
  /** Of the public part and of buyers' pages. */
  request(caller: string | undefined): Promise<void>;
  opening(caller: string | undefined): Promise<void>;
  wrongKey(caller: string | undefined): Promise<void>;
  /** A phone is about to be asked to approve. @returns what to call if it was not */
  prompt(phone: string): Promise<TakeBack>;
  /** An attempt is about to reach the provider. @returns what to call if it did not */
  attempt(attempt: Attempt): Promise<TakeBack>;
  /** Somebody wants to follow a session. @returns what to call when they leave */
  follow(sessionId: string, caller: string | undefined): () => void;
  /** An id was asked for that nobody has. */
  unknownId(caller: string | undefined): Promise<void>;
  /** How an attempt went. */
  outcome(attempt: Omit<Attempt, 'caller'>, outcome: Outcome): Promise<void>;
}

interface Allowance {
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
  prompts: { points: 5, duration: 10 * minute },
  followersOfSession: 8,
  followersByCaller: 1_000,
} as const;

const momentSeconds = 2;

/** A sale takes its own attempt off the count, and this many failed ones: honest buyers fail too. */
const forgivenBySale = 4;

const refusal = (msBeforeNext: number) =>
  new Problem('rate_limited', 'This was asked too often. Wait a moment.', {
    retryAfter: Math.max(1, Math.ceil(msBeforeNext / 1_000)),
  });

interface LimitsOptions {
  readonly db: Database;
  readonly digest: (text: string) => string;
  /** Told of faults of the counting itself, once a minute. */
  readonly log: (error: unknown) => void;
}

export function createLimits({ db, digest, log }: LimitsOptions): Limits {
  const told = new RateLimiterMemory({ points: 1, duration: minute });
  /** That the database is away hears whoever asks it for more than counts. */
  const report = (error: unknown) => {
    if (!(error instanceof DatabaseAway))
      told.consume('fault').then(
        () => log(error),
        () => {},
      );
  };

  /** The library rejects with what it has counted; anything else is a fault, and stops nobody. */
  async function within<Out>(counting: Promise<Out>): Promise<Out | undefined> {
    try {
      return await counting;
    } catch (error) {
      if (error instanceof RateLimiterRes) throw refusal(error.msBeforeNext);
      report(error);
      return undefined;
    }
  }

  const client = limiterClient(db, report);
  const kept = (keyPrefix: string, { points, duration }: Allowance, isBlocking = true) =>
    new RateLimiterPostgres({
      storeClient: client,
      storeType: 'client',
      tableName: limiterTable,
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix,
      points,
      duration,
      // Whoever is over the limit costs the database nothing more.
      ...(isBlocking && { inMemoryBlockOnConsumed: points + 1 }),
      insuranceLimiter: new RateLimiterMemory({ keyPrefix, points, duration }),
    });
  const requests = new RateLimiterMemory(allowed.requests);
  const openings = new RateLimiterMemory(allowed.openings);
  const unknownIds = kept('unknown', allowed.unknownIds);
  const wrongKeys = kept('key', allowed.wrongKeys);
  const prompts = kept('prompt', allowed.prompts);
  // What a sale forgives is taken off again, so these two are asked of the database each time.
  const attempts = kept('attempt', allowed.attempts, false);
  const declines = kept('decline', allowed.declines, false);
  /** Callers at a link, and links, that were over their limit a moment ago: a flood costs the database little. */
  const lately = new RateLimiterMemory({ points: 1, duration: momentSeconds });
  const followers = new Map<string, number>();

  const keyAt = (linkId: string, caller: string) => digest(`${linkId}\n${caller}`);

  const isLatelyOver = async (key: string) => ((await lately.get(key))?.msBeforeNext ?? 0) > 0;

  /**
   * A link that sells well sees more cards declined than one that sells nothing. Below half of what is allowed only
   * failures count, so that however many pay at once nobody waits; from then on each attempt counts as it begins.
   */
  async function countAtLink(
    linkId: Id<'paymentLink'>,
  ): Promise<'counted' | 'not counted' | 'over'> {
    if (await isLatelyOver(linkId)) return 'over';
    const { points } = allowed.declines;
    const before = await declines.get(linkId);
    if (!before || before.consumedPoints < points / 2) return 'not counted';
    const sold = (await readDays(db, linkId, 2)).reduce((sum, { paid }) => sum + paid, 0);
    const counted = await declines.penalty(linkId);
    if (counted.consumedPoints <= points + sold) return 'counted';
    await declines.reward(linkId);
    await lately.block(linkId, momentSeconds);
    return 'over';
  }

  /** What is refused does not count: others behind the same address may pay again as soon as one has. */
  async function countOfCaller(atLink: string): Promise<RateLimiterRes> {
    const refused = await lately.get(atLink);
    if (refused && refused.msBeforeNext > 0) throw refused;
    return attempts.consume(atLink).catch((over) => refuse(atLink, over));
  }

  async function refuse(atLink: string, over: unknown): Promise<never> {
    await attempts.reward(atLink);
    await lately.block(atLink, momentSeconds);
    throw over;
  }

  /**
   * A link over its limit stays open, or whoever wants it closed would only have to fail at it often enough. Each caller
   * gets little there, and those who are not known get that little together.
   * What was noted stays: it may be of an attempt of this session that is under way.
   */
  async function countAttempt({ sessionId, linkId, caller }: Attempt): Promise<TakeBack> {
    const known = caller === undefined ? undefined : keyAt(linkId, caller);
    const ofKnown = known ? await countOfCaller(known) : undefined;
    const stands = await countAtLink(linkId);
    const isOver = stands === 'over';
    const atLink = known ?? (isOver ? keyAt(linkId, 'unknown') : undefined);
    if (atLink && isOver) {
      const counted = ofKnown ?? (await countOfCaller(atLink));
      if (counted.consumedPoints > allowed.attemptsPastDeclines) await refuse(atLink, counted);
    }
    const isCounted = stands === 'counted';
    if (atLink || isCounted) await noteLimitedAttempt(db, sessionId, { caller: atLink, isCounted });
    return async () => {
      if (atLink) await attempts.reward(atLink);
      if (isCounted) await declines.reward(linkId);
    };
  }

  async function countPrompt(phone: string): Promise<TakeBack> {
    const key = digest(`phone\n${nationalDigits(phone)}`);
    await prompts.consume(key);
    return async () => {
      await prompts.reward(key);
    };
  }

  /** Neither counting nor its undoing stops anybody by a fault. */
  async function undoable(counting: Promise<TakeBack>): Promise<TakeBack> {
    const takeBack = await within(counting);
    return async () => {
      if (takeBack) await within(takeBack());
    };
  }

  async function noteOutcome(
    { sessionId, linkId }: Omit<Attempt, 'caller'>,
    outcome: Outcome,
  ): Promise<void> {
    const { caller, isCounted } = await takeLimitedAttempt(db, sessionId);
    if (outcome === 'failed' && !isCounted) await declines.penalty(linkId);
    if (outcome !== 'failed' && isCounted) await declines.reward(linkId);
    if (outcome !== 'failed' && caller)
      await attempts.reward(caller, outcome === 'paid' ? 1 + forgivenBySale : 1);
  }

  const count = (key: string, more: number) => {
    const next = (followers.get(key) ?? 0) + more;
    if (next > 0) followers.set(key, next);
    else followers.delete(key);
  };

  return {
    async request(caller) {
      if (caller !== undefined) await within(requests.consume(caller));
    },
    async opening(caller) {
      if (caller !== undefined) await within(openings.consume(caller));
    },
    async wrongKey(caller) {
      if (caller !== undefined) await within(wrongKeys.consume(caller));
    },
    prompt: (phone) => undoable(countPrompt(phone)),
    attempt: (attempt) => undoable(countAttempt(attempt)),
    follow(sessionId, caller) {
      const bounds: [key: string, most: number][] = [
        [sessionId, allowed.followersOfSession],
        ...(caller === undefined
          ? []
          : [[caller, allowed.followersByCaller] satisfies [string, number]]),
      ];
      if (bounds.some(([key, most]) => (followers.get(key) ?? 0) >= most)) throw refusal(10_000);
      for (const [key] of bounds) count(key, 1);
      return () => {
        for (const [key] of bounds) count(key, -1);
      };
    },
    async unknownId(caller) {
      if (caller !== undefined) await within(unknownIds.consume(caller));
    },
    outcome: (attempt, outcome) => within(noteOutcome(attempt, outcome)),
  };
}

/** However the country's code is written before it. */
const nationalDigits = (phone: string): string => phone.replace(/\D/g, '').slice(-8);

const nothing = async () => {};

/** For load tests. */
export const noLimits: Limits = {
  request: nothing,
  opening: nothing,
  wrongKey: nothing,
  prompt: async () => nothing,
  attempt: async () => nothing,
  follow: () => () => {},
  unknownId: nothing,
  outcome: nothing,
};
