/**
 * From a buyer's selection to an open checkout session, priced and reserved. Buyers who come at the same time share
 * one call to the database: the rows that count uses are locked and committed once for all of them.
 */
import { Problem, type SessionRequest } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { createBatches, fulfilled, rejected, type Settled } from '../batch.js';
import { newId } from '../new-id.js';
import type { OpenedCheckout } from '../provider/provider.js';
import { step } from '../step.js';
import { findSession, noteProvider, type SessionRecord } from '../store/checkout-sessions.js';
import { DatabaseAway, onCommit, retried, transaction } from '../store/database.js';
import { type Opened, openSessions } from '../store/opening.js';
import { findLinkId, findPublicLinks } from '../store/payment-links.js';
import { noteCode } from '../store/promotion-codes.js';
import { noLink } from './checkout.js';
import { type Order, openingOf, type PricedOrder, priceOrder, refusal } from './order.js';
import { orderLines } from './order-lines.js';
import { takePromotion } from './promotion.js';
import { providerTrouble } from './provider-trouble.js';
import { abandonAtProvider, cancelForReplacement, cancelWithoutPayment } from './session-end.js';
import type { Caller } from './session-row.js';
import { applyProviderEvent } from './settlement.js';
import { isSoldHere } from './sold-here.js';

/**
 * Opens a session: what it needs is reserved in the transaction that writes it, the provider is called after it.
 * @throws Problem with one of the codes buyers can meet
 */
export async function openSession(
  backend: Backend,
  idOrSlug: string,
  request: SessionRequest,
  from: Caller,
): Promise<SessionRecord> {
  const id = newId('checkoutSession', from.wish?.idText);
  const before = from.wish?.isAgain ? await findSession(backend.db, id) : undefined;
  const session = before ?? (await reserve(backend, idOrSlug, { id, request, from }));
  if (!before) countOpening(backend, session, request);
  const { replaces } = request;
  if (replaces) await abandonAtProvider(backend, replaces, session.paymentLinkId);
  const isToStart = session.status === 'open' && isSoldHere(backend, session);
  return isToStart ? startAtProvider(backend, session) : session;
}

/** Whoever pays anew was counted before. */
function countOpening({ visits }: Backend, session: SessionRecord, request: SessionRequest): void {
  const { paymentLinkId: linkId, visitHost: host, utm } = session;
  if (host === null || request.replaces !== undefined) return;
  visits.count('submitted', { linkId, host, source: utm.utm_source });
}

async function reserve(
  backend: Backend,
  idOrSlug: string,
  wish: Omit<Order, 'linkId'>,
): Promise<SessionRecord> {
  const linkId = await findLinkId(backend.db, idOrSlug);
  if (!linkId) throw noLink();
  const order = { ...wish, linkId };
  const { replaces, promotionCode } = wish.request;
  // Codes and replaced sessions have rows of their own to take: such an order is a batch of one.
  return replaces === undefined && !promotionCode
    ? backend.openTogether(order)
    : openAlone(backend, order);
}

/** Whether what somebody else holds is waited for. */
interface Options {
  readonly isPatient: boolean;
}

type OpenMany = (
  orders: readonly Order[],
  options: Options,
) => Promise<readonly Settled<SessionRecord>[]>;

const isHeld = Symbol('held by somebody else');

/**
 * All orders go one way, whichever their links. Those whose link or stock is held just now (by another process, or by
 * whoever edits it) wait for it on a way of their own, so that no other link's buyers wait with them.
 */
export function createOpening(openMany: OpenMany): (order: Order) => Promise<SessionRecord> {
  const together = createBatches((_, orders: readonly Order[]) =>
    openMany(orders, { isPatient: false }),
  );
  const apart = createBatches((_, orders: readonly Order[]) =>
    openMany(orders, { isPatient: true }),
  );
  return (order) =>
    together('', order).catch((reason) => {
      if (reason !== isHeld) throw reason;
      return apart(order.linkId, order);
    });
}

/**
 * Trouble that is nobody's order is met one by one: no order fails for what stands in another, and none is opened
 * again that is open already, its answer lost. A database that is away is away for all of them.
 */
export async function openEach(
  backend: Backend,
  orders: readonly Order[],
  options: Options,
): Promise<Settled<SessionRecord>[]> {
  try {
    return await openAll(backend, orders, options);
  } catch (error) {
    if (error instanceof DatabaseAway || error instanceof Problem) throw error;
    return Promise.all(orders.map((order) => openOrFind(backend, order, options)));
  }
}

async function openOrFind(
  backend: Backend,
  order: Order,
  options: Options,
): Promise<Settled<SessionRecord>> {
  try {
    const before = await findSession(backend.db, order.id);
    if (before) return fulfilled(before);
    return (await openAll(backend, [order], options))[0] as Settled<SessionRecord>;
  } catch (error) {
    return rejected(error);
  }
}

async function openAll(
  backend: Backend,
  orders: readonly Order[],
  options: Options,
): Promise<Settled<SessionRecord>[]> {
  const links = await findPublicLinks(backend.db, [...new Set(orders.map(({ linkId }) => linkId))]);
  const asked = await Promise.allSettled(
    orders.map((order) => priceOrder(backend, links.get(order.linkId), order)),
  );
  const priced = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const outcomes = priced.length ? await openPriced(backend, priced, options) : [];
  return asked.map((one) =>
    one.status === 'fulfilled' ? (outcomes.shift() as Settled<SessionRecord>) : one,
  );
}

/** @returns the outcomes, in the order of the orders */
async function openPriced(
  backend: Backend,
  orders: readonly PricedOrder[],
  options: Options,
): Promise<Settled<SessionRecord>[]> {
  const ready = orders.map((order) => ({ order, ...openingOf(backend, order) }));
  const openings = ready.map(({ opening }) => opening);
  const opened = await retried(() => openSessions(backend.db, openings, options));
  step('session committed');
  for (const { linkId } of orders) backend.shownLinks.forget(linkId);
  // Whoever delivers looks for what is due anyway: this makes it soon, and what is open stays open without it.
  if (opened.due) await backend.queue.wakeDelivery(backend.db).catch(() => {});
  return ready.map(({ order, session }) => outcomeOf(opened, order, session));
}

function outcomeOf(
  { refused, postponed }: Opened,
  order: PricedOrder,
  session: SessionRecord,
): Settled<SessionRecord> {
  const missing = refused[order.id];
  if (missing) return rejected(refusal(order, missing));
  return postponed.includes(order.id) ? rejected(isHeld) : fulfilled(session);
}

/**
 * Codes, and sessions that are replaced, have rows of their own to take: all of it together, or nothing.
 * @throws Problem
 */
async function openAlone(backend: Backend, order: Order): Promise<SessionRecord> {
  const { db, queue, shownLinks } = backend;
  const links = await findPublicLinks(db, [order.linkId]);
  const priced = await priceOrder(backend, links.get(order.linkId), order);
  const { opening, session } = openingOf(backend, priced);
  const { promotion, request, id, link } = priced;
  await transaction(db, async (tx) => {
    if (request.replaces !== undefined) {
      const { replaces } = request;
      await cancelForReplacement(backend, tx, { replaces, linkId: link.id, needs: opening.needs });
    }
    const { refused, due } = await openSessions(tx, [opening], { isPatient: true });
    step('capacity taken');
    const missing = refused[id];
    if (missing) throw refusal(priced, missing);
    if (promotion) {
      await takePromotion(tx, promotion, request);
      await noteCode(tx, {
        accountId: link.accountId,
        checkoutSessionId: id,
        promotionCodeId: promotion.grant.id,
      });
    }
    if (due) await queue.wakeDelivery(tx);
    onCommit(tx, () => shownLinks.forget(link.id));
    step('session written');
  });
  step('session committed');
  return session;
}

/** @throws Problem for what the provider cannot take, or does not answer; what was reserved is given back then */
export async function startAtProvider(
  backend: Backend,
  session: SessionRecord,
): Promise<SessionRecord> {
  const opened = await openAtProvider(backend, session);
  if (!opened) return completeAtOnce(backend, session);
  const { ref, url, renewsItself = false } = opened;
  if (ref === session.providerRef && url === session.url) return session;
  await noteProvider(backend.db, { id: session.id, url, providerRef: ref, renewsItself });
  return { ...session, url, providerRef: ref };
}

async function openAtProvider(
  backend: Backend,
  session: SessionRecord,
): Promise<OpenedCheckout | null> {
  const { id, total, currency, totals, customer, expiresAt } = session;
  try {
    const opened = await backend.provider.open({
      sessionId: id,
      amount: total,
      currency,
      totals,
      lines: await orderLines(backend.db, session),
      customerEmail: customer.email,
      pageUrl: `${backend.publicUrl}/c/${id}`,
      expiresAt,
    });
    step('checkout opened');
    return opened;
  } catch (cause) {
    await cancelWithoutPayment(backend, id, { failureCode: 'provider_error', isUnopened: true });
    if (cause instanceof Problem) throw cause;
    throw providerTrouble(cause);
  }
}

/** Nothing is due, and the provider has no part in it. */
async function completeAtOnce(backend: Backend, session: SessionRecord): Promise<SessionRecord> {
  const { id: sessionId, currency } = session;
  await applyProviderEvent(backend, {
    provider: backend.provider.name,
    id: `${sessionId}/nothing-due`,
    sessionId,
    attempt: sessionId,
    type: 'succeeded',
    amount: 0,
    currency,
    failureCode: null,
  });
  return (await findSession(backend.db, sessionId)) as SessionRecord;
}
