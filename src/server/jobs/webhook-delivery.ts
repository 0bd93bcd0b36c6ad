/**
 * Delivers events by Standard Webhooks. The delivery's row says what is due; the queue only wakes this,
 * so a job that is lost or comes twice changes nothing.
 */
import { Webhook } from 'standardwebhooks';
import type { Backend } from '../backend.js';
import { transaction } from '../store/database.js';
import {
  type Attempt,
  type ClaimedDelivery,
  claimDeliveries,
  noteAttempt,
} from '../store/events.js';

/** Seconds to the next try after each failure: the specification's schedule, 75 h 35 m in all. */
export const retrySeconds = [
  5,
  5 * 60,
  30 * 60,
  2 * 3600,
  5 * 3600,
  10 * 3600,
  14 * 3600,
  20 * 3600,
  24 * 3600,
];

const timeoutMs = 15_000;

/** A receiver that answers late has no more than these under way: what is due beyond them waits its turn. */
const mostAtOnce = 10;

export interface DeliveryDeps {
  readonly fetch: typeof fetch;
  /** Wall time, for the signature only: receivers refuse a timestamp five minutes away from theirs. */
  readonly now: () => Date;
}

interface DelivererDeps extends DeliveryDeps {
  readonly onError: (error: unknown) => void;
}

/** Deliveries are started, not waited for: a receiver that never answers keeps no other waiting. */
export interface Deliverer {
  /** Starts one delivery, if it is due. */
  deliver(id: number): Promise<void>;
  /** Starts whatever is due, should its job be lost. */
  deliverDue(): Promise<void>;
  /** Waits for all that is under way. */
  settled(): Promise<void>;
  /** Breaks off what is under way: it comes again. */
  stop(): Promise<void>;
}

interface UnderWay {
  readonly endpointId: ClaimedDelivery['endpointId'];
  readonly breaking: AbortController;
}

class NoAnswer extends Error {
  override readonly name = 'TimeoutError';
}

export function createDeliverer(
  backend: Backend,
  { onError, fetch, now }: DelivererDeps,
): Deliverer {
  const { db, queue } = backend;
  const underWay = new Map<Promise<void>, UnderWay>();
  let isStopping = false;

  async function attempt(delivery: ClaimedDelivery, breaking: AbortController): Promise<void> {
    const timer = setTimeout(() => breaking.abort(new NoAnswer()), timeoutMs);
    const outcome = await send(backend, { fetch, now, signal: breaking.signal }, delivery);
    clearTimeout(timer);
    await transaction(db, async (tx) => {
      await noteAttempt(tx, delivery.id, outcome);
      if (outcome.status === 'pending')
        await queue.wakeDelivery(tx, delivery.id, outcome.retryInSeconds);
    });
  }

  function busyEndpoints() {
    const counts = new Map<ClaimedDelivery['endpointId'], number>();
    for (const { endpointId } of underWay.values())
      counts.set(endpointId, (counts.get(endpointId) ?? 0) + 1);
    return [...counts].filter(([, count]) => count >= mostAtOnce).map(([id]) => id);
  }

  async function start(id?: number): Promise<void> {
    if (isStopping) return;
    for (const delivery of await claimDeliveries(db, { id, except: busyEndpoints() })) {
      const breaking = new AbortController();
      const attempted: Promise<void> = attempt(delivery, breaking)
        .catch(onError)
        .finally(() => underWay.delete(attempted));
      underWay.set(attempted, { endpointId: delivery.endpointId, breaking });
    }
  }

  const settled = async () => void (await Promise.all(underWay.keys()));

  return {
    deliver: (id) => start(id),
    deliverDue: () => start(),
    settled,
    async stop() {
      isStopping = true;
      for (const { breaking } of underWay.values()) breaking.abort();
      await settled();
    },
  };
}

interface Sending extends DeliveryDeps {
  readonly signal: AbortSignal;
}

async function send(
  backend: Backend,
  { fetch, now, signal }: Sending,
  delivery: ClaimedDelivery,
): Promise<Attempt> {
  try {
    const response = await fetch(delivery.url, {
      method: 'POST',
      headers: headersOf(backend, delivery, now()),
      body: delivery.body,
      // A redirect could lead anywhere; the merchant names the final address.
      redirect: 'manual',
      signal,
    });
    await response.body?.cancel();
    return afterAnswer(delivery, response.status);
  } catch (error) {
    return afterFailure(delivery, null, reasonOf(error));
  }
}

function headersOf({ sealer }: Backend, delivery: ClaimedDelivery, at: Date) {
  const webhook = new Webhook(sealer.open(delivery.secret));
  return {
    'content-type': 'application/json',
    'user-agent': 'PayLink-Webhooks/1',
    'webhook-id': delivery.eventId,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': webhook.sign(delivery.eventId, at, delivery.body),
  };
}

function afterAnswer(delivery: ClaimedDelivery, responseStatus: number): Attempt {
  if (responseStatus >= 200 && responseStatus < 300)
    return { status: 'delivered', responseStatus, error: null, retryInSeconds: 0 };
  return afterFailure(delivery, responseStatus, `answered ${responseStatus}`);
}

function afterFailure(
  { attempts }: ClaimedDelivery,
  responseStatus: number | null,
  error: string,
): Attempt {
  const wait = retrySeconds[attempts - 1];
  return wait === undefined
    ? { status: 'dead', responseStatus, error, retryInSeconds: 0 }
    : { status: 'pending', responseStatus, error, retryInSeconds: wait };
}

const reasonOf = (error: unknown): string => {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  return cause?.code ?? name ?? 'failed';
};
