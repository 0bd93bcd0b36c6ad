/** From a buyer's selection to an open checkout session, priced and reserved. */
import type { Transaction } from 'kysely';
import {
  checkSelection,
  type Discount,
  type Id,
  isOpenLink,
  isSoldOutForNow,
  type LinkStatus,
  type OpenLink,
  Problem,
  type Selection,
  type SessionRequest,
  type Totals,
  totals,
} from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { newId } from '../new-id.js';
import { needsOf, noteReservation, takeStock, takeUse } from '../store/capacity.js';
import {
  findSession,
  insertSession,
  noteProvider,
  type SessionRecord,
} from '../store/checkout-sessions.js';
import { transaction } from '../store/database.js';
import { findPublicLink, type LinkRecord } from '../store/payment-links.js';
import { noteCode } from '../store/promotion-codes.js';
import type { Schema } from '../store/schema.js';
import { buyerRules, internationalPhone } from './buyer-rules.js';
import { collectOf, nothingCollected } from './collect.js';
import { tell } from './event.js';
import { publicLink } from './link-view.js';
import { checkFirstPurchase, checkMinimum, findPromotion, takePromotion } from './promotion.js';
import { inSentences } from './selection-sentences.js';
import { abandonAtProvider, cancelForReplacement, endWithoutPayment } from './session-end.js';
import { merchantSession, noCustomer } from './session-view.js';

/** @throws Problem `link_not_found` */
export async function readLink({ db }: Backend, idOrSlug: string): Promise<LinkRecord> {
  const link = await findPublicLink(db, idOrSlug);
  if (!link) throw new Problem('link_not_found', 'There is no payment link of this id or name.');
  return link;
}

const closedCode = {
  inactive: 'link_inactive',
  expired: 'link_expired',
  exhausted: 'link_exhausted',
} as const;

const closed = (status: Exclude<LinkStatus, 'active'>) =>
  new Problem(closedCode[status], `The payment link is ${status}.`);

const soldOutForNow = () =>
  new Problem('temporarily_sold_out', 'All that is left is held by buyers who are paying now.', {
    retryAfter: 60,
  });

/** @throws Problem for a link that takes no payments, or a selection that does not fit it */
export function price(
  backend: Backend,
  record: LinkRecord,
  selection: Selection,
  discount: Discount | null = null,
): Totals {
  const link = openLink(backend, record);
  const errors = inSentences(checkSelection(link, selection, buyerRules));
  const isOnlyStock = errors.length > 0 && errors.every(({ code }) => code === 'out_of_stock');
  if (isOnlyStock && isSoldOutForNow(link)) throw soldOutForNow();
  if (isOnlyStock) throw new Problem('out_of_stock', 'Not enough is left.', { errors });
  if (errors.length)
    throw new Problem('invalid_selection', 'The selection does not fit the link.', { errors });
  const priced = totals(link, selection, record.now, discount);
  if (priced) return priced;
  throw new Problem('invalid_selection', 'The order is too large to be priced.', {
    errors: [{ path: 'items', code: 'too_large', message: 'more than can be counted exactly' }],
  });
}

function openLink(backend: Backend, record: LinkRecord): OpenLink {
  const link = publicLink(backend, record);
  if (!isOpenLink(link)) throw closed(link.status);
  return link;
}

/** A quote asks about the order alone. */
const orderOnly = ({ customer, customFields, ...order }: Selection): Selection => order;

/** Priced as a session would be, but nothing is reserved and buyer data need not be there yet. */
export async function quote(backend: Backend, linkId: string, selection: Selection) {
  const record = await readLink(backend, linkId);
  const promotion = await findPromotion(backend.db, record, selection);
  const priced = price(
    backend,
    { ...record, collect: nothingCollected },
    orderOnly(selection),
    promotion?.discount,
  );
  if (promotion) {
    checkMinimum(priced);
    await checkFirstPurchase(backend.db, promotion, selection);
  }
  return priced;
}

export interface Request {
  /** The `Origin` header, where there is one. */
  readonly origin: string | undefined;
}

/** `allowedOrigins` absent = any site may use the widget; our own pages always may. */
function checkOrigin({ publicUrl }: Backend, link: LinkRecord, { origin }: Request): void {
  if (!link.allowedOrigins || origin === undefined || origin === publicUrl) return;
  if (!link.allowedOrigins.includes(origin))
    throw new Problem('origin_not_allowed', `The link may not be used on ${origin}.`);
}

/**
 * Counts only on the page's own origin; anything else is ignored, not refused. The scheme is looked at too:
 * `javascript:` has the origin `null`, which sandboxed frames send, and `blob:` has its page's.
 */
function returnUrlOf({ returnUrl }: SessionRequest, { origin }: Request): string | null {
  try {
    const url = new URL(returnUrl ?? '');
    const isPage = /^https?:$/.test(url.protocol) && !url.username && !url.password;
    return isPage && url.origin === origin ? url.href : null;
  } catch {
    return null;
  }
}

/**
 * Opens a session: what it needs is reserved in the same transaction, the provider is called after it.
 * @throws Problem with one of the codes buyers can meet
 */
export async function openSession(
  backend: Backend,
  linkId: string,
  request: SessionRequest,
  from: Request,
): Promise<SessionRecord> {
  const link = await readLink(backend, linkId);
  checkOrigin(backend, link, from);
  const { expectedTotal, returnUrl, replaces, ...selection } = request;
  const isReplacing = replaces !== undefined;
  const promotion = await findPromotion(backend.db, link, selection, { isReplacing });
  const offered = isReplacing ? withoutStock(link) : link;
  const priced = price(backend, offered, selection, promotion?.discount);
  if (promotion) checkMinimum(priced);
  if (expectedTotal !== undefined && expectedTotal !== priced.total)
    throw new Problem('price_changed', 'The total is another one now.', { totals: priced });
  const id = newId('checkoutSession');
  const replaced = await transaction(backend.db, async (tx) => {
    const canceled = isReplacing && (await cancelForReplacement(backend, tx, replaces, link.id));
    await reserve(tx, link, priced);
    const { accountId } = link;
    if (promotion) await takePromotion(tx, promotion, selection);
    await insertSession(tx, newRow(backend, link, { id, request, priced, from }));
    const needs = needsOf(priced.lines);
    await noteReservation(tx, { accountId, sessionId: id, linkId: link.id }, needs);
    if (promotion)
      await noteCode(tx, {
        accountId,
        checkoutSessionId: id,
        promotionCodeId: promotion.grant.id,
      });
    await tellOpened(backend, tx, link, id);
    return canceled ? replaces : undefined;
  });
  if (replaced) await abandonAtProvider(backend, replaced);
  return startAtProvider(backend, id, priced);
}

/** The buyer's own open session may hold the very stock it asks for: the reservation decides, not what is shown. */
function withoutStock(link: LinkRecord): LinkRecord {
  const items = link.items.map((item) => ({
    ...item,
    skus: item.skus.map((sku) => ({ ...sku, stock: null })),
  }));
  return { ...link, items };
}

async function reserve(tx: Transaction<Schema>, link: LinkRecord, priced: Totals): Promise<void> {
  if (!(await takeUse(tx, link.id))) throw await whyNoUse(tx, link);
  for (const need of needsOf(priced.lines))
    if (!(await takeStock(tx, need))) {
      const index = priced.lines.findIndex(({ skuId }) => skuId === need.skuId);
      throw new Problem('out_of_stock', `Not enough of ${priced.lines[index]?.name} is left.`, {
        errors: [
          { path: `items.${index}.quantity`, code: 'out_of_stock', message: 'not enough is left' },
        ],
      });
    }
}

async function whyNoUse(tx: Transaction<Schema>, { id }: LinkRecord): Promise<Problem> {
  const link = await findPublicLink(tx, id);
  if (link && link.status !== 'active') return closed(link.status);
  return soldOutForNow();
}

interface Opening {
  readonly id: Id<'checkoutSession'>;
  readonly request: SessionRequest;
  readonly priced: Totals;
  readonly from: Request;
}

function newRow({ provider }: Backend, link: LinkRecord, { id, request, priced, from }: Opening) {
  const customer = { ...noCustomer, ...request.customer };
  if (customer.phone) customer.phone = internationalPhone(customer.phone);
  const isListed = from.origin !== undefined && Boolean(link.allowedOrigins?.includes(from.origin));
  return {
    id,
    accountId: link.accountId,
    paymentLinkId: link.id,
    currency: priced.currency,
    total: priced.total,
    totals: JSON.stringify(priced),
    customer: JSON.stringify(customer),
    customFields: JSON.stringify(answersOf(link, request)),
    metadata: JSON.stringify(request.metadata ?? {}),
    utm: JSON.stringify(request.utm ?? {}),
    reference: request.reference ?? null,
    locale: request.locale ?? null,
    returnUrl: returnUrlOf(request, from),
    successUrl: link.successUrl,
    cancelUrl: link.cancelUrl,
    embeddable: isListed && provider.paysOnOurPage,
    provider: provider.name,
    testMode: provider.testMode,
    lifetimeSeconds: provider.sessionLifetimeSeconds,
  };
}

/** Numbers as numbers, unticked boxes as such, whichever way they were sent. */
function answersOf(link: LinkRecord, { customFields = {} }: SessionRequest) {
  const answers: Record<string, string | number | boolean> = {};
  for (const { key, type } of collectOf(link).customFields) {
    const value = Object.hasOwn(customFields, key) ? customFields[key] : undefined;
    if (type === 'checkbox') answers[key] = value === true;
    else if (value !== undefined && value !== '')
      answers[key] = type === 'number' ? Number(value) : value;
  }
  return answers;
}

async function tellOpened(
  backend: Backend,
  tx: Transaction<Schema>,
  { accountId }: LinkRecord,
  id: Id<'checkoutSession'>,
) {
  const session = (await findSession(tx, id)) as SessionRecord;
  await tell(backend, tx, accountId, 'checkout_session.opened', merchantSession(backend, session));
}

/** @throws Problem `provider_unavailable`; what was reserved is given back then */
async function startAtProvider(
  backend: Backend,
  id: Id<'checkoutSession'>,
  { total, currency, ...priced }: Totals,
): Promise<SessionRecord> {
  const { db, provider, publicUrl } = backend;
  try {
    const opened = await provider.open({
      sessionId: id,
      amount: total,
      currency,
      totals: { total, currency, ...priced },
    });
    const url = opened.url ?? `${publicUrl}/c/${id}`;
    await noteProvider(db, id, { url, providerRef: opened.ref });
  } catch (cause) {
    await endWithoutPayment(backend, id, { to: 'canceled', failureCode: 'provider_error' });
    throw new Problem('provider_unavailable', 'The payment provider did not answer.', { cause });
  }
  return (await findSession(db, id)) as SessionRecord;
}
