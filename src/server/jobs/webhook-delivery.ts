/**
 * Delivers events by Standard Webhooks. The delivery's row says what is due; the queue only wakes this,
 * so a job that is lost or comes twice changes nothing.
 */
import type { Backend } from '../backend.js';
import { step } from '../step.js';
import { transaction } from '../store/database.js';
import {
  type ClaimedDelivery,
  claimDeliveries,
  noteAttempt,
  releaseDelivery,
} from '../store/webhook-deliveries.js';
import { disableEndpoint, isGivenUp } from '../store/webhook-endpoints.js';
import { mostAttempts, retryIn } from './retry-schedule.js';
import type { Outcome } from './webhook-sender.js';

/** A receiver that answers late has no more than these under way: what is due beyond them waits its turn. */
const mostAtOnce = 10;

/** An endpoint is given up when for five days, and for a whole schedule of attempts, nothing was answered well. */
const patience = { days: 5, attempts: mostAttempts };

const gone = 410;

export interface DelivererDeps {
  /** From 0 up to 1: spreads retries. */
  readonly random: () => number;
  readonly onError: (error: unknown) => void;
}

/** Deliveries are started, not waited for: a receiver that never answers keeps no other waiting. */
export interface Deliverer {
  /** Starts whatever is due. */
  deliverDue(): Promise<void>;
  /** Waits for all that is under way, and for what waited its turn behind it. */
  settled(): Promise<void>;
  /** Breaks off what is under way: it comes again. */
  stop(): Promise<void>;
}

interface UnderWay {
  readonly endpointId: ClaimedDelivery['endpointId'];
  readonly breaking: AbortController;
}

export function createDeliverer(
  { db, queue, sender, tally }: Backend,
  { random, onError }: DelivererDeps,
): Deliverer {
  const underWay = new Map<Promise<void>, UnderWay>();
  /** Endpoints that had their fill at the last look: more of theirs may be due once a place is free. */
  const waiting = new Set<string>();
  let looking: Promise<void> | undefined;
  let isToLookAgain = false;
  let isStopping = false;

  async function attempt(delivery: ClaimedDelivery, breaking: AbortController): Promise<void> {
    const { secret, previousSecret, ...message } = delivery;
    const secrets = previousSecret ? [secret, previousSecret] : [secret];
    const outcome = await sender.send({ ...message, secrets }, breaking.signal);
    step('delivery sent');
    // A stop of ours is no failure of theirs.
    if (outcome.error !== null && breaking.signal.aborted) return releaseDelivery(db, delivery.id);
    const next = after(delivery, outcome, random());
    tally(talliedAs[next.status]);
    if (next.status === 'delivered') {
      await noteAttempt(db, delivery, { ...outcome, ...next });
      return step('delivery noted');
    }
    await transaction(db, async (tx) => {
      await noteAttempt(tx, delivery, { ...outcome, ...next });
      if (next.status === 'pending') await queue.wakeDelivery(tx, next.retryInSeconds);
    });
    step('delivery noted');
    // A test says nothing of how events are answered.
    if (!delivery.isTest) await judge(delivery, outcome);
  }

  async function judge({ endpointId }: ClaimedDelivery, { responseStatus }: Outcome) {
    if (responseStatus === gone) await disableEndpoint(db, endpointId, 'gone');
    else if (await isGivenUp(db, endpointId, patience))
      await disableEndpoint(db, endpointId, 'failing');
  }

  const counted = (deliveries: Iterable<Pick<UnderWay, 'endpointId'>>) => {
    const counts: Record<ClaimedDelivery['endpointId'], number> = {};
    for (const { endpointId } of deliveries) counts[endpointId] = (counts[endpointId] ?? 0) + 1;
    return counts;
  };

  async function startDue(): Promise<void> {
    if (isStopping) return;
    const before = counted(underWay.values());
    const claimed = await claimDeliveries(db, { mostAtOnce, underWay: before });
    if (claimed.length) step('delivery claimed');
    const full = { ...before };
    for (const { endpointId } of claimed) full[endpointId] = (full[endpointId] ?? 0) + 1;
    waiting.clear();
    for (const [id, count] of Object.entries(full)) if (count >= mostAtOnce) waiting.add(id);
    for (const delivery of claimed) start(delivery);
  }

  function start(delivery: ClaimedDelivery): void {
    const { endpointId } = delivery;
    const breaking = new AbortController();
    // Claimed while the stop began: given back like the others.
    if (isStopping) breaking.abort();
    const attempted: Promise<void> = attempt(delivery, breaking)
      .catch(onError)
      .finally(() => {
        underWay.delete(attempted);
        if (waiting.has(endpointId)) deliverDue().catch(onError);
      });
    underWay.set(attempted, { endpointId, breaking });
  }

  /** One look at a time: whoever asks during one is answered by the next. */
  function deliverDue(): Promise<void> {
    isToLookAgain = true;
    looking ??= lookWhileAsked().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  async function lookWhileAsked(): Promise<void> {
    while (isToLookAgain && !isStopping) {
      isToLookAgain = false;
      await startDue();
    }
  }

  async function settled(): Promise<void> {
    while (looking || underWay.size) await Promise.all([looking, ...underWay.keys()]);
  }

  return {
    deliverDue,
    settled,
    async stop() {
      isStopping = true;
      for (const { breaking } of underWay.values()) breaking.abort();
      await settled().catch(onError);
    },
  };
}

const talliedAs = {
  delivered: 'deliveries_delivered',
  pending: 'deliveries_failed',
  dead: 'deliveries_given_up',
} as const;

type Next = Pick<Parameters<typeof noteAttempt>[2], 'status' | 'retryInSeconds'>;

function after({ attempts, isTest }: ClaimedDelivery, { error }: Outcome, chance: number): Next {
  if (error === null) return { status: 'delivered', retryInSeconds: 0 };
  const retryInSeconds = isTest ? undefined : retryIn(attempts, chance);
  return retryInSeconds === undefined
    ? { status: 'dead', retryInSeconds: 0 }
    : { status: 'pending', retryInSeconds };
}
