/**
 * How often something may be asked. What is asked often is counted in memory, by process; what is rare and matters
 * is counted in the database, so that it holds over processes and restarts. Where the database is gone, memory
 * counts for it: a limiter never stops a sale.
 */
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { Problem } from '../contract/index.js';
import { type Allowance, allowed } from './limits/allowed.js';
import {
  type Attempt,
  createAttemptLimits,
  type Outcome,
  type TakeBack,
} from './limits/attempts.js';
import { type Database, DatabaseAway } from './store/database.js';
import { limiterClient, limiterTable } from './store/rate-limits.js';

/** Every method but the last throws Problem `rate_limited`. Where the caller is not known, no address is limited. */
export interface Limits {
  /** Of the public part and of buyers' pages: one, or so many. */
  request(caller: string | undefined, times?: number): Promise<void>;
  opening(caller: string | undefined): Promise<void>;
  wrongKey(caller: string | undefined): Promise<void>;
  /** A phone is about to be asked to approve. @returns what to call if it was not */
  prompt(phone: string): Promise<TakeBack>;
  /** Somebody is about to be written to about what cost nothing. */
  letter(address: string): Promise<void>;
  /** An attempt is about to reach the provider. @returns what to call if it did not */
  attempt(attempt: Attempt): Promise<TakeBack>;
  /** Somebody wants to follow a session. @returns what to call when they leave */
  follow(sessionId: string, caller: string | undefined): () => void;
  /** An id was asked for that nobody has. */
  unknownId(caller: string | undefined): Promise<void>;
  /** How an attempt went. */
  outcome(attempt: Omit<Attempt, 'caller'>, outcome: Outcome): Promise<void>;
}

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
  const told = new RateLimiterMemory({ points: 1, duration: 60 });
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
  const letters = kept('letter', allowed.letters);
  const attempts = createAttemptLimits({ db, digest, kept });
  const followers = new Map<string, number>();

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

  const count = (key: string, more: number) => {
    const next = (followers.get(key) ?? 0) + more;
    if (next > 0) followers.set(key, next);
    else followers.delete(key);
  };

  return {
    async request(caller, times) {
      if (caller !== undefined) await within(requests.consume(caller, times));
    },
    async opening(caller) {
      if (caller !== undefined) await within(openings.consume(caller));
    },
    async wrongKey(caller) {
      if (caller !== undefined) await within(wrongKeys.consume(caller));
    },
    prompt: (phone) => undoable(countPrompt(phone)),
    async letter(address) {
      await within(letters.consume(digest(`letter\n${address.toLowerCase()}`)));
    },
    attempt: (attempt) => undoable(attempts.count(attempt)),
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
    outcome: (attempt, outcome) => within(attempts.note(attempt, outcome)),
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
  letter: nothing,
  prompt: async () => nothing,
  attempt: async () => nothing,
  follow: () => () => {},
  unknownId: nothing,
  outcome: nothing,
};
