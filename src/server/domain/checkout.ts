/** A link as it is now, and what a selection of it costs. */
import {
  checkSelection,
  type Discount,
  isOpenLink,
  isSoldOutForNow,
  type LinkStatus,
  type OpenLink,
  Problem,
  type Selection,
  type Totals,
  totals,
} from '../../contract/index.js';
import type { Backend } from '../backend.js';
import type { ShownLink } from '../shown-links.js';
import { findLinkId, findPublicLink, type LinkRecord } from '../store/payment-links.js';
import { checkPayable } from './amounts.js';
import { buyerRules } from './buyer-rules.js';
import { nothingCollected } from './collect.js';
import { publicLink } from './link-view.js';
import { checkFirstPurchase, checkMinimum, findPromotion } from './promotion.js';
import { inSentences } from './selection-sentences.js';

/** @throws Problem `link_not_found` */
export async function readLink({ db }: Backend, idOrSlug: string): Promise<LinkRecord> {
  const link = await findPublicLink(db, idOrSlug);
  if (!link) throw noLink();
  return link;
}

/** As buyers are shown it. @throws Problem `link_not_found` */
export async function showLink({ db, shownLinks }: Backend, idOrSlug: string): Promise<ShownLink> {
  const id = await findLinkId(db, idOrSlug);
  if (!id) throw noLink();
  return shownLinks.read(id);
}

export const noLink = () =>
  new Problem('link_not_found', 'There is no payment link of this id or name.');

const closedCode = {
  inactive: 'link_inactive',
  expired: 'link_expired',
  exhausted: 'link_exhausted',
} as const;

export const closed = (status: Exclude<LinkStatus, 'active'>) =>
  new Problem(closedCode[status], `The payment link is ${status}.`);

export const soldOutForNow = () =>
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
  if (priced) {
    checkPayable(backend, priced, selection.amount !== undefined);
    return priced;
  }
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
