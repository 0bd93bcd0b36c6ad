/** What came of each event sent to each endpoint: read, asked for again, tried out. */
import {
  type DeliveryStatus,
  type EventType,
  eventTypes,
  Problem,
  type WebhookDelivery,
} from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { newId } from '../new-id.js';
import { readNow, transaction } from '../store/database.js';
import { type DeliveryRecord, findDeliveries, listDeliveries } from '../store/delivery-log.js';
import { findEvent, insertEvents } from '../store/events.js';
import type { Page } from '../store/paging.js';
import { insertClaimedDelivery, noteAttempt, wakeDeliveries } from '../store/webhook-deliveries.js';
import { findEndpoint } from '../store/webhook-endpoints.js';
import { exampleOf } from './example-event.js';
import { theEndpoint } from './webhook-endpoint.js';

const view = (delivery: DeliveryRecord): WebhookDelivery => ({
  object: 'webhook_delivery',
  endpointId: delivery.endpointId,
  eventId: delivery.eventId,
  eventType: delivery.type,
  isTest: delivery.isTest,
  status: delivery.status,
  attempts: delivery.attempts.map(({ startedAt, durationMs, responseStatus, error }) => ({
    startedAt,
    durationMs,
    responseStatus,
    error,
  })),
  nextAttemptAt:
    delivery.status === 'pending' && delivery.isEnabled ? delivery.nextAttemptAt : null,
  createdAt: delivery.createdAt,
});

/** @throws Problem `not_found` */
export async function readDeliveries(
  backend: Backend,
  id: string,
  filter: { status?: DeliveryStatus | undefined },
  page: Page,
) {
  const endpointId = (await theEndpoint(backend, id)).id;
  const { db, account } = backend;
  const found = await listDeliveries(db, account.id, { ...filter, endpointId }, page);
  return { data: found.data.map(view), nextCursor: found.nextCursor };
}

const conflict = (sentence: string) => new Problem('conflict', sentence);

/**
 * Sends an event again, under its id and with its bytes, to each endpoint that hears of its type today, or to
 * the named one; delivered or dead, its schedule begins anew.
 * @throws Problem `not_found` `validation_failed` `conflict`
 */
export async function resend(
  backend: Backend,
  id: string,
  { endpointId }: { endpointId?: string | undefined },
): Promise<{ data: WebhookDelivery[] }> {
  const { db, account, queue } = backend;
  const event = await findEvent(db, account.id, id);
  if (!event) throw new Problem('not_found', 'There is no event of this id.');
  if (event.isTest) throw conflict('A test is not sent again: ask for another one.');
  const endpoint = endpointId ? await findEndpoint(db, account.id, endpointId) : undefined;
  if (endpointId && !endpoint)
    throw new Problem('validation_failed', 'There is no webhook endpoint of this id.', {
      errors: [{ path: 'endpointId', code: 'not_found', message: 'no endpoint of yours' }],
    });
  const told = { events: [event], type: event.type };
  const deliveries = await transaction(db, async (tx) => {
    const ids = await wakeDeliveries(tx, told, endpoint?.id);
    if (ids.length) await queue.wakeDelivery(tx);
    return findDeliveries(tx, account.id, ids);
  });
  if (endpoint && deliveries.length === 0)
    throw conflict('This endpoint is disabled, or does not hear of events of this type.');
  return { data: deliveries.map(view) };
}

/**
 * Sends one event that never happened, marked by `isTest`, and waits for the answer; disabled endpoints can be
 * tried too. It is in the endpoint's log and in no list of events; it is not tried again, and counts neither
 * for the endpoint nor against it.
 * @throws Problem `not_found` `validation_failed`
 */
export async function testEndpoint(
  backend: Backend,
  id: string,
  { eventType }: { eventType?: EventType | undefined },
): Promise<WebhookDelivery> {
  const { db, account, sender, stopping } = backend;
  const endpoint = await theEndpoint(backend, id);
  const hears = endpoint.eventTypes.length ? endpoint.eventTypes : eventTypes;
  const type = eventType ?? usual.find((one) => hears.includes(one)) ?? (hears[0] as EventType);
  if (!hears.includes(type))
    throw new Problem('validation_failed', 'The endpoint does not hear of events of this type.', {
      errors: [{ path: 'eventType', code: 'invalid_value', message: 'not among its eventTypes' }],
    });
  const { eventId, body, delivery } = await transaction(db, async (tx) => {
    const createdAt = await readNow(tx);
    const eventId = newId('event');
    const data = exampleOf(type, createdAt);
    const body = JSON.stringify({ id: eventId, type, createdAt, data, isTest: true });
    const accountId = account.id;
    const event = { id: eventId, accountId, type, body, createdAt, isTest: true };
    await insertEvents(tx, [{ ...event, paymentLinkId: null, objectId: data.id }]);
    const told = { accountId, eventId, endpointId: endpoint.id };
    return { eventId, body, delivery: await insertClaimedDelivery(tx, told) };
  });
  const secrets = secretsOf(endpoint, await readNow(db));
  const outcome = await sender.send({ eventId, body, url: endpoint.url, secrets }, stopping);
  const status = outcome.error === null ? 'delivered' : 'dead';
  const noted = { ...outcome, status, retryInSeconds: 0 } as const;
  const tested = { id: delivery, accountId: account.id, endpointId: endpoint.id, isTest: true };
  await noteAttempt(db, tested, noted);
  const [done] = await findDeliveries(db, account.id, [delivery]);
  return view(done as DeliveryRecord);
}

/** What a merchant most wants to hear, where the endpoint hears of it. */
const usual: readonly EventType[] = ['checkout_session.completed', 'payment.succeeded'];

interface Secrets {
  readonly secret: string;
  readonly previousSecret: string | null;
  readonly previousSecretUntil: string | null;
}

const secretsOf = ({ secret, previousSecret, previousSecretUntil }: Secrets, now: string) =>
  previousSecret && previousSecretUntil && previousSecretUntil > now
    ? [secret, previousSecret]
    : [secret];
