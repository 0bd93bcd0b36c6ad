/** Telling merchants: an event is written, with its deliveries and their jobs, in the transaction of the change. */
import type { Transaction } from 'kysely';
import {
  type EventType,
  type Id,
  type MerchantLink,
  type MerchantSession,
  type Payment,
  Problem,
  type Refund,
  type Subscription,
  type WebhookEvent,
} from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { newId } from '../new-id.js';
import { step } from '../step.js';
import { onCommit, readNow } from '../store/database.js';
import {
  type EventRow,
  eventsAfter,
  findEvent,
  findPosition,
  insertEvents,
  lastPosition,
  listEvents,
  placeEvents,
} from '../store/events.js';
import type { Page } from '../store/paging.js';
import type { Schema } from '../store/schema.js';
import { insertDeliveries } from '../store/webhook-deliveries.js';

type Told = (
  | MerchantLink
  | MerchantSession
  | Payment
  | (Payment & { refund: Refund })
  | Subscription
) & {
  paymentLinkId: Id<'paymentLink'>;
};

/** The event as it is kept: its body is made here, once, and never again. */
export function eventOf(accountId: string, type: EventType, data: Told, createdAt: string) {
  const id = newId('event');
  const body = JSON.stringify({ id, type, createdAt, data });
  const { paymentLinkId, id: objectId } = data;
  return { id, accountId, type, paymentLinkId, objectId, body, createdAt } satisfies EventRow;
}

export const tell = (
  backend: Backend,
  tx: Transaction<Schema>,
  accountId: string,
  type: EventType,
  data: Told,
): Promise<void> => tellAll(backend, tx, accountId, type, [data]);

/** One event for each. */
export async function tellAll(
  { queue, shownLinks }: Backend,
  tx: Transaction<Schema>,
  accountId: string,
  type: EventType,
  all: readonly Told[],
): Promise<void> {
  // What is told of a link, or of what was sold by it, may change what is left of it.
  for (const { paymentLinkId } of all) onCommit(tx, () => shownLinks.forget(paymentLinkId));
  const createdAt = await readNow(tx);
  const events = all.map((data) => eventOf(accountId, type, data, createdAt));
  await insertEvents(tx, events);
  if (!(await insertDeliveries(tx, { events, type }))) return;
  step('delivery written');
  await queue.wakeDelivery(tx);
}

const parsed = ({ body }: { body: string }) => JSON.parse(body) as WebhookEvent;

/** @throws Problem `not_found` */
export async function readEvent({ db, account }: Backend, id: string): Promise<WebhookEvent> {
  const event = await findEvent(db, account.id, id);
  if (!event) throw new Problem('not_found', 'There is no event of this id.');
  return parsed(event);
}

interface Filter {
  readonly type?: EventType | undefined;
  readonly paymentLinkId?: string | undefined;
  readonly objectId?: string | undefined;
}

export async function readEvents({ db, account }: Backend, filter: Filter, page: Page) {
  const { data, nextCursor } = await listEvents(db, account.id, filter, page);
  return { data: data.map(parsed), nextCursor };
}

/** Where to go on in the stream: after the event of this id, or after all that has happened so far. */
export async function streamPosition({ db, account }: Backend, after?: string): Promise<number> {
  await placeEvents(db);
  if (after === undefined) return lastPosition(db, account.id);
  const position = await findPosition(db, account.id, after);
  if (position !== undefined) return position;
  throw new Problem('validation_failed', 'The stream cannot go on from there.', {
    errors: [{ path: 'Last-Event-ID', code: 'invalid_value', message: 'no event of the stream' }],
  });
}

const mostAtOnce = 100;

/** The next events of the stream, a hundred at most: their ids, their bodies and places. */
export async function nextEvents({ db, account }: Backend, position: number) {
  await placeEvents(db);
  return eventsAfter(db, account.id, position, mostAtOnce);
}
