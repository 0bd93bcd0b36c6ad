/**
 * From a buyer's selection to an open checkout session, priced and reserved. Buyers of one link who come at the same
 * time share one transaction: the row that counts its uses is locked and committed once for all of them.
 */
import type { Transaction } from 'kysely';
import { type Id, Problem, type SessionRequest, type Totals } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { fulfilled, rejected, type Settled } from '../batch.js';
import { newId } from '../new-id.js';
import { step } from '../step.js';
import { type Claim, needsOf, noteReservations, takeAll } from '../store/capacity.js';
import { findSession, insertSessions, type SessionRecord } from '../store/checkout-sessions.js';
import { transaction } from '../store/database.js';
import type { Wish } from '../store/idempotency.js';
import { findPublicLink, type LinkRecord } from '../store/payment-links.js';
import { noteCode } from '../store/promotion-codes.js';
import type { Schema } from '../store/schema.js';
import { closed, price, readLink, soldOutForNow } from './checkout.js';
import { tellAll } from './event.js';
import { checkMinimum, findPromotion, type Promotion, takePromotion } from './promotion.js';
import { abandonAtProvider, cancelForReplacement, cancelWithoutPayment } from './session-end.js';
import { type Caller, newRow } from './session-row.js';
import { merchantSession } from './session-view.js';

export interface Order {
  readonly id: Id<'checkoutSession'>;
  readonly request: SessionRequest;
  readonly from: Caller;
}

/**
 * Opens a session: what it needs is reserved in the transaction that writes it, the provider is called after it.
 * @throws Problem with one of the codes buyers can meet
 */
export async function openSession(
  backend: Backend,
  linkId: string,
  request: SessionRequest,
  from: Caller,
  wish?: Wish,
): Promise<SessionRecord> {
  const order = { id: newId('checkoutSession', wish?.idText), request, from };
  const before = wish?.isAgain ? await findSession(backend.db, order.id) : undefined;
  const session = before ?? (await reserve(backend, linkId, order));
  const { replaces } = request;
  if (replaces) await abandonAtProvider(backend, replaces, session.paymentLinkId);
  const isToStart = session.status === 'open' && session.providerRef === null;
  return isToStart ? startAtProvider(backend, session) : session;
}

/** Codes and replaced sessions have rows of their own to take: such an order is a batch of one. */
const reserve = async (backend: Backend, linkId: string, order: Order): Promise<SessionRecord> =>
  order.request.replaces === undefined && !order.request.promotionCode
    ? backend.openTogether(linkId, order)
    : outcomeOf(await openAll(backend, linkId, [order]));

function outcomeOf<Out>([settled]: readonly Settled<Out>[]): Out {
  if (settled?.status !== 'fulfilled') throw settled?.reason;
  return settled.value;
}

/** Trouble that is nobody's order is met one by one: no order fails for what stands in another. */
export async function openEach(
  backend: Backend,
  linkId: string,
  orders: readonly Order[],
): Promise<Settled<SessionRecord>[]> {
  try {
    return await openAll(backend, linkId, orders);
  } catch (error) {
    if (orders.length === 1 || error instanceof Problem) throw error;
    return Promise.allSettled(
      orders.map(async (order) => outcomeOf(await openAll(backend, linkId, [order]))),
    );
  }
}

interface Ready extends Order {
  readonly priced: Totals;
  readonly promotion: Promotion | undefined;
}

async function openAll(
  backend: Backend,
  linkId: string,
  orders: readonly Order[],
): Promise<Settled<SessionRecord>[]> {
  const link = await readLink(backend, linkId);
  const ready = await Promise.allSettled(orders.map((order) => prepare(backend, link, order)));
  const priced = ready.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const opened = priced.length
    ? await transaction(backend.db, (tx) => reserveAndWrite(backend, tx, link, priced))
    : new Map<Ready, Settled<SessionRecord>>();
  step('session committed');
  return ready.map((one) =>
    one.status === 'fulfilled' ? (opened.get(one.value) as Settled<SessionRecord>) : one,
  );
}

/** @throws Problem for an order that cannot be had, or costs something else */
async function prepare(backend: Backend, link: LinkRecord, order: Order): Promise<Ready> {
  checkOrigin(backend, link, order.from);
  const { expectedTotal, returnUrl, replaces, ...selection } = order.request;
  const isReplacing = replaces !== undefined;
  const promotion = await findPromotion(backend.db, link, selection, { isReplacing });
  const offered = isReplacing ? withoutStock(link) : link;
  const priced = price(backend, offered, selection, promotion?.discount);
  if (promotion) checkMinimum(priced);
  if (expectedTotal !== undefined && expectedTotal !== priced.total)
    throw new Problem('price_changed', 'The total is another one now.', { totals: priced });
  return { ...order, priced, promotion };
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
  link: LinkRecord,
  orders: readonly Ready[],
): Promise<Map<Ready, Settled<SessionRecord>>> {
  const [only] = orders;
  const { replaces } = only?.request ?? {};
  if (replaces !== undefined) await cancelForReplacement(backend, tx, replaces, link.id);
  const claims = orders.map((order) => ({ order, needs: needsOf(order.priced.lines) }));
  const taken = await takeAll(tx, link.id, claims);
  step('capacity taken');
  // The same for all of them: asked once, while others wait for the lock.
  const isWithoutUse = [...taken.refused.values()].includes(undefined);
  const noUse = isWithoutUse ? await whyNoUse(tx, link) : undefined;
  const refusal = (order: Ready, missing: Id<'sku'> | undefined) =>
    missing ? notEnough(order, missing) : noUse;
  if (only && orders.length === 1 && taken.refused.size)
    throw refusal(only, taken.refused.get(claims[0] as Claim<Ready>));
  for (const { order } of taken.granted)
    if (order.promotion) await takePromotion(tx, order.promotion, order.request);
  const sessions = await write(backend, tx, link, taken.granted);
  step('session written');
  const outcomes = new Map<Ready, Settled<SessionRecord>>();
  taken.granted.forEach(({ order }, index) => {
    outcomes.set(order, fulfilled(sessions[index] as SessionRecord));
  });
  for (const [{ order }, missing] of taken.refused)
    outcomes.set(order, rejected(refusal(order, missing)));
  return outcomes;
}

async function write(
  backend: Backend,
  tx: Transaction<Schema>,
  link: LinkRecord,
  claims: readonly Claim<Ready>[],
): Promise<SessionRecord[]> {
  if (!claims.length) return [];
  const { accountId } = link;
  const sessions = await insertSessions(
    tx,
    claims.map(({ order }) => newRow(backend, link, order)),
  );
  await noteReservations(
    tx,
    { accountId, linkId: link.id },
    claims.map(({ order, needs }) => ({ sessionId: order.id, needs })),
  );
  for (const { order } of claims)
    if (order.promotion)
      await noteCode(tx, {
        accountId,
        checkoutSessionId: order.id,
        promotionCodeId: order.promotion.grant.id,
      });
  const told = sessions.map((session) => merchantSession(backend, session));
  await tellAll(backend, tx, accountId, 'checkout_session.opened', told);
  return sessions;
}

function notEnough({ priced }: Ready, missing: Id<'sku'>): Problem {
  const index = priced.lines.findIndex(({ skuId }) => skuId === missing);
  const path = `items.${index}.quantity`;
  return new Problem('out_of_stock', `Not enough of ${priced.lines[index]?.name} is left.`, {
    errors: [{ path, code: 'out_of_stock', message: 'not enough is left' }],
  });
}

async function whyNoUse(tx: Transaction<Schema>, { id }: LinkRecord): Promise<Problem> {
  const link = await findPublicLink(tx, id);
  return link && link.status !== 'active' ? closed(link.status) : soldOutForNow();
}

/** @throws Problem `provider_unavailable`; what was reserved is given back then */
async function startAtProvider(backend: Backend, session: SessionRecord): Promise<SessionRecord> {
  const { provider, publicUrl } = backend;
  const { id, total, currency, totals } = session;
  try {
    const opened = await provider.open({ sessionId: id, amount: total, currency, totals });
    step('checkout opened');
    const noted = { url: opened.url ?? `${publicUrl}/c/${id}`, providerRef: opened.ref };
    await backend.noteProvider({ id, ...noted });
    step('checkout noted');
    return { ...session, ...noted };
  } catch (cause) {
    await cancelWithoutPayment(backend, id, 'provider_error');
    throw new Problem('provider_unavailable', 'The payment provider did not answer.', { cause });
  }
}
