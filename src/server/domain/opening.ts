/**
 * From a buyer's selection to an open checkout session, priced and reserved. Buyers who come at the same time share
 * one transaction: the rows that count uses are locked and committed once for all of them.
 */
import type { Transaction } from 'kysely';
import { type Id, Problem, type SessionRequest, type Totals } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { createBatches, fulfilled, rejected, type Settled } from '../batch.js';
import { newId } from '../new-id.js';
import { step } from '../step.js';
import { type Missing, needsOf, takeAll } from '../store/capacity.js';
import { findSession, noteProvider, type SessionRecord } from '../store/checkout-sessions.js';
import { onCommit, transaction } from '../store/database.js';
import { writeOpened } from '../store/opening.js';
import { findLinkId, findPublicLinks, type LinkRecord } from '../store/payment-links.js';
import { noteCode } from '../store/promotion-codes.js';
import type { Schema } from '../store/schema.js';
import { closed, noLink, price, soldOutForNow } from './checkout.js';
import { eventOf } from './event.js';
import { checkMinimum, findPromotion, type Promotion, takePromotion } from './promotion.js';
import { abandonAtProvider, cancelForReplacement, cancelWithoutPayment } from './session-end.js';
import { type Caller, newRow } from './session-row.js';
import { merchantSession } from './session-view.js';

export interface Order {
  readonly linkId: Id<'paymentLink'>;
  readonly request: SessionRequest;
  readonly from: Caller;
}

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
  const before = from.wish?.isAgain && (await findSession(backend.db, idOf(from)));
  if (before) return before.status === 'open' ? startAtProvider(backend, before) : before;
  const linkId = await findLinkId(backend.db, idOrSlug);
  if (!linkId) throw noLink();
  const order = { linkId, request, from };
  const { replaces, promotionCode } = request;
  // Codes and replaced sessions have rows of their own to take: such an order is a batch of one.
  const session =
    replaces === undefined && !promotionCode
      ? await backend.openTogether(order)
      : outcomeOf(await openAll(backend, [order], { isPatient: true }));
  if (replaces) await abandonAtProvider(backend, replaces, session.paymentLinkId);
  return startAtProvider(backend, session);
}

const idOf = ({ wish }: Caller) => newId('checkoutSession', wish?.idText);

function outcomeOf<Out>([settled]: readonly Settled<Out>[]): Out {
  if (settled?.status !== 'fulfilled') throw settled?.reason;
  return settled.value;
}

/** Whether a link whose row somebody else holds is waited for. */
interface Options {
  readonly isPatient: boolean;
}

type OpenMany = (
  orders: readonly Order[],
  options: Options,
) => Promise<readonly Settled<SessionRecord>[]>;

const postponed = Symbol('the link is held');

/**
 * All orders go one way, whichever their links. Those of a link that is held just now (by another process, or by
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
      if (reason !== postponed) throw reason;
      return apart(order.linkId, order);
    });
}

/** Trouble that is nobody's order is met one by one: no order fails for what stands in another. */
export async function openEach(
  backend: Backend,
  orders: readonly Order[],
  options: Options,
): Promise<Settled<SessionRecord>[]> {
  try {
    return await openAll(backend, orders, options);
  } catch (error) {
    if (orders.length === 1 || error instanceof Problem) throw error;
    return Promise.allSettled(
      orders.map(async (order) => outcomeOf(await openAll(backend, [order], options))),
    );
  }
}

interface Ready extends Order {
  readonly id: Id<'checkoutSession'>;
  readonly link: LinkRecord;
  readonly priced: Totals;
  readonly promotion: Promotion | undefined;
}

async function openAll(
  backend: Backend,
  orders: readonly Order[],
  options: Options,
): Promise<Settled<SessionRecord>[]> {
  const ids = [...new Set(orders.map(({ linkId }) => linkId))];
  const links = await findPublicLinks(backend.db, ids);
  const ready = await Promise.allSettled(
    orders.map((order) => prepare(backend, links.get(order.linkId), order)),
  );
  const priced = ready.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const opened = priced.length
    ? await transaction(backend.db, (tx) => reserveAndWrite(backend, tx, priced, options))
    : new Map<Ready, Settled<SessionRecord>>();
  step('session committed');
  return ready.map((one) =>
    one.status === 'fulfilled' ? (opened.get(one.value) as Settled<SessionRecord>) : one,
  );
}

/** @throws Problem for an order that cannot be had, or costs something else */
async function prepare(
  backend: Backend,
  link: LinkRecord | undefined,
  order: Order,
): Promise<Ready> {
  if (!link) throw noLink();
  checkOrigin(backend, link, order.from);
  const { expectedTotal, returnUrl, replaces, ...selection } = order.request;
  const isReplacing = replaces !== undefined;
  const promotion = await findPromotion(backend.db, link, selection, { isReplacing });
  const offered = isReplacing ? withoutStock(link) : link;
  const priced = price(backend, offered, selection, promotion?.discount);
  if (promotion) checkMinimum(priced);
  if (expectedTotal !== undefined && expectedTotal !== priced.total)
    throw new Problem('price_changed', 'The total is another one now.', { totals: priced });
  return { ...order, link, id: idOf(order.from), priced, promotion };
}

/** `allowedOrigins` absent = any site may use the widget; our own pages always may. */
function checkOrigin({ publicUrl }: Backend, link: LinkRecord, { origin }: Caller): void {
  if (!link.allowedOrigins || origin === undefined || origin === publicUrl) return;
  if (!link.allowedOrigins.includes(origin))
    throw new Problem('origin_not_allowed', `The link may not be used on ${origin}.`);
}

/** The buyer's own open session may hold the very stock it asks for: the reservation decides, not what is shown. */
function withoutStock(link: LinkRecord): LinkRecord {
  const items = link.items.map((item) => ({
    ...item,
    skus: item.skus.map((sku) => ({ ...sku, stock: null })),
  }));
  return { ...link, items };
}

/** @throws Problem where an order of its own takes more than uses and stock, so that nothing of it stays */
async function reserveAndWrite(
  backend: Backend,
  tx: Transaction<Schema>,
  orders: readonly Ready[],
  options: Options,
): Promise<Map<Ready, Settled<SessionRecord>>> {
  const [only] = orders;
  const { replaces } = only?.request ?? {};
  if (only && replaces !== undefined)
    await cancelForReplacement(backend, tx, replaces, only.linkId);
  const claims = orders.map((order) => {
    return { order, linkId: order.linkId, needs: needsOf(order.priced.lines) };
  });
  const { granted, uses, ...others } = await takeAll(tx, claims, options);
  step('capacity taken');
  const outcomes = new Map<Ready, Settled<SessionRecord>>();
  for (const { order } of others.postponed) outcomes.set(order, rejected(postponed));
  for (const [{ order }, missing] of others.refused) {
    if (orders.length === 1) throw refusal(order, missing);
    outcomes.set(order, rejected(refusal(order, missing)));
  }
  for (const { order } of granted)
    if (order.promotion) await takePromotion(tx, order.promotion, order.request);
  if (!granted.length) return outcomes;
  const opened = granted.map(({ order, needs }) => ({ ...openedOf(backend, order), needs }));
  if (await writeOpened(tx, opened, uses)) await backend.queue.wakeDelivery(tx);
  const counting = granted.flatMap(({ linkId, needs }) => (needs.length ? [linkId] : []));
  for (const id of new Set([...counting, ...uses.map(({ id }) => id)]))
    onCommit(tx, () => backend.shownLinks.forget(id));
  for (const { order } of granted) if (order.promotion) await notePromotion(tx, order);
  step('session written');
  granted.forEach(({ order }, index) => {
    outcomes.set(order, fulfilled(opened[index]?.record as SessionRecord));
  });
  return outcomes;
}

/** The session as it is written, as it is read, and what the merchant is told of it. */
function openedOf(backend: Backend, order: Ready) {
  const { accountId, now } = order.link;
  const session = newRow(backend, order.link, order);
  const record = { ...session, paymentId: null, subscriptionId: null, isDue: false, now };
  const told = merchantSession(backend, record);
  return { session, record, event: eventOf(accountId, 'checkout_session.opened', told, now) };
}

const notePromotion = (tx: Transaction<Schema>, { id, link, promotion }: Ready) =>
  noteCode(tx, {
    accountId: link.accountId,
    checkoutSessionId: id,
    promotionCodeId: promotion?.grant.id as Id<'promotionCode'>,
  });

function refusal(order: Ready, missing: Missing): Problem {
  if ('skuId' in missing) return notEnough(order, missing.skuId);
  return missing.status === 'active' ? soldOutForNow() : closed(missing.status);
}

function notEnough({ priced }: Ready, missing: Id<'sku'>): Problem {
  const index = priced.lines.findIndex(({ skuId }) => skuId === missing);
  const path = `items.${index}.quantity`;
  return new Problem('out_of_stock', `Not enough of ${priced.lines[index]?.name} is left.`, {
    errors: [{ path, code: 'out_of_stock', message: 'not enough is left' }],
  });
}

/** @throws Problem `provider_unavailable`; what was reserved is given back then */
async function startAtProvider(backend: Backend, session: SessionRecord): Promise<SessionRecord> {
  const { id, total, currency, totals } = session;
  try {
    const { ref, url } = await backend.provider.open({
      sessionId: id,
      amount: total,
      currency,
      totals,
    });
    step('checkout opened');
    if (ref === session.providerRef && url === session.url) return session;
    await noteProvider(backend.db, { id, url, providerRef: ref });
    step('checkout noted');
    return { ...session, url, providerRef: ref };
  } catch (cause) {
    await cancelWithoutPayment(backend, id, 'provider_error');
    throw new Problem('provider_unavailable', 'The payment provider did not answer.', { cause });
  }
}
