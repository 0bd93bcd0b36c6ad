/**
 * How often a caller, and a link, may fail to pay. Here alone a count is taken off again: by what was sold, and by what
 * reached no provider.
 */
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  type RateLimiterRes,
} from 'rate-limiter-flexible';
import type { Id } from '../../contract/index.js';
import type { Database } from '../store/database.js';
import { readDays } from '../store/link-stats.js';
import { noteLimitedAttempt, takeLimitedAttempt } from '../store/rate-limits.js';
import { type Allowance, allowed } from './allowed.js';

export interface Attempt {
  readonly sessionId: Id<'checkoutSession'>;
  readonly linkId: Id<'paymentLink'>;
  readonly caller: string | undefined;
}

/** `none`: nothing failed, and nothing was sold. */
export type Outcome = 'paid' | 'failed' | 'none';

/** Undoes a count. */
export type TakeBack = () => Promise<void>;

const momentSeconds = 2;

/** A sale takes its own attempt off the count, and this many failed ones: honest buyers fail too. */
const forgivenBySale = 4;

export interface AttemptLimits {
  /** An attempt is about to reach the provider. @throws what the library has counted, where it is too much */
  count(attempt: Attempt): Promise<TakeBack>;
  note(attempt: Omit<Attempt, 'caller'>, outcome: Outcome): Promise<void>;
}

interface AttemptLimitsOptions {
  readonly db: Database;
  readonly digest: (text: string) => string;
  readonly kept: (name: string, allowance: Allowance, isBlocking: boolean) => RateLimiterAbstract;
}

export function createAttemptLimits({ db, digest, kept }: AttemptLimitsOptions): AttemptLimits {
  // What a sale forgives is taken off again, so these two are asked of the database each time.
  const attempts = kept('attempt', allowed.attempts, false);
  const declines = kept('decline', allowed.declines, false);
  /** Callers at a link, and links, that were over their limit a moment ago: a flood costs the database little. */
  const lately = new RateLimiterMemory({ points: 1, duration: momentSeconds });

  const keyAt = (linkId: string, caller: string) => digest(`${linkId}\n${caller}`);

  async function latelyOver(key: string): Promise<RateLimiterRes | undefined> {
    const over = await lately.get(key);
    return over && over.msBeforeNext > 0 ? over : undefined;
  }

  /**
   * A link that sells well sees more cards declined than one that sells nothing. Below half of what is allowed only
   * failures count, so that however many pay at once nobody waits; from then on each attempt counts as it begins.
   */
  async function countAtLink(
    linkId: Id<'paymentLink'>,
  ): Promise<'counted' | 'not counted' | 'over'> {
    if (await latelyOver(linkId)) return 'over';
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
    const refused = await latelyOver(atLink);
    if (refused) throw refused;
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

  return { count: countAttempt, note: noteOutcome };
}
