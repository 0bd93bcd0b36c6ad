/** What one buyer asks for: whether it can be had, what it costs, and the session it becomes. */
import { type Id, Problem, type SessionRequest, type Totals } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { needsOf } from '../store/capacity.js';
import type { SessionRecord } from '../store/checkout-sessions.js';
import type { Missing, Opening } from '../store/opening.js';
import type { LinkRecord } from '../store/payment-links.js';
import { closed, noLink, price, soldOutForNow } from './checkout.js';
import { eventOf } from './event.js';
import { originsOf } from './link-defaults.js';
import { checkMinimum, findPromotion, type Promotion } from './promotion.js';
import { type Caller, newRow } from './session-row.js';
import { merchantSession } from './session-view.js';

export interface Order {
  /** Of the session: a request that comes again has the one it had before. */
  readonly id: Id<'checkoutSession'>;
  readonly linkId: Id<'paymentLink'>;
  readonly request: SessionRequest;
  readonly from: Caller;
}

/** An order that can be had, if there is still enough. */
export interface PricedOrder extends Order {
  readonly link: LinkRecord;
  readonly priced: Totals;
  readonly promotion: Promotion | undefined;
}

/** @throws Problem for an order that cannot be had, or costs something else */
export async function priceOrder(
  backend: Backend,
  link: LinkRecord | undefined,
  order: Order,
): Promise<PricedOrder> {
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
  // Whoever comes when nothing is left need not wait for the row that says so.
  if (!isReplacing && isTaken(link)) throw soldOutForNow();
  return { ...order, link, priced, promotion };
}

const isTaken = ({ maxRedemptions, used, reserved }: LinkRecord) =>
  maxRedemptions !== null && used + reserved >= maxRedemptions;

/** Where neither the link nor its merchant names origins any site may use the widget; our own pages always may. */
function checkOrigin({ publicUrl }: Backend, link: LinkRecord, { origin }: Caller): void {
  const allowed = originsOf(link);
  if (!allowed || origin === undefined || origin === publicUrl) return;
  if (!allowed.includes(origin))
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

/** The session as it is written, what it needs, what the merchant is told of it; and as it is read afterwards. */
export function openingOf(
  backend: Backend,
  order: PricedOrder,
): { readonly opening: Opening; readonly session: SessionRecord } {
  const { accountId, now } = order.link;
  const row = newRow(backend, order.link, order);
  const session = { ...row, paymentId: null, subscriptionId: null, isDue: false, now };
  const told = merchantSession(backend, session);
  const event = eventOf(accountId, 'checkout_session.opened', told, now);
  return { opening: { session: row, needs: needsOf(order.priced.lines), event }, session };
}

export function refusal(order: PricedOrder, missing: Missing): Problem {
  if ('skuId' in missing) return notEnough(order, missing.skuId);
  return missing.status === 'active' ? soldOutForNow() : closed(missing.status);
}

function notEnough({ priced }: PricedOrder, missing: Id<'sku'>): Problem {
  const index = priced.lines.findIndex(({ skuId }) => skuId === missing);
  const path = `items.${index}.quantity`;
  return new Problem('out_of_stock', `Not enough of ${priced.lines[index]?.name} is left.`, {
    errors: [{ path, code: 'out_of_stock', message: 'not enough is left' }],
  });
}
