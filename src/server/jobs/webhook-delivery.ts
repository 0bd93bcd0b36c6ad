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

export interface DeliveryDeps {
  readonly fetch: typeof fetch;
  /** Wall time, for the signature only: receivers refuse a timestamp five minutes away from theirs. */
  readonly now: () => Date;
}

export function createDeliverer(backend: Backend, deps: DeliveryDeps) {
  const { db, queue } = backend;

  async function attempt(delivery: ClaimedDelivery): Promise<void> {
    const outcome = await send(backend, deps, delivery);
    await transaction(db, async (tx) => {
      await noteAttempt(tx, delivery.id, outcome);
      if (outcome.status === 'pending')
        await queue.wakeDelivery(tx, delivery.id, outcome.retryInSeconds);
    });
  }

  return {
    async deliver(id: number): Promise<void> {
      await Promise.all((await claimDeliveries(db, { id })).map(attempt));
    },
    /** Whatever is due, should its job be lost. */
    async deliverDue(): Promise<void> {
      await Promise.all((await claimDeliveries(db)).map(attempt));
    },
  };
}

async function send(backend: Backend, { fetch, now }: DeliveryDeps, delivery: ClaimedDelivery) {
  try {
    const response = await fetch(delivery.url, {
      method: 'POST',
      headers: headersOf(backend, delivery, now()),
      body: delivery.body,
      // A redirect could lead anywhere; the merchant names the final address.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
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
