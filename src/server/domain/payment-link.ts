/** Payment links as merchants make and change them. */
import type { Transaction } from 'kysely';
import {
  type EventType,
  type FieldProblem,
  type Id,
  type LinkType,
  type LinkUpdate,
  type MerchantLink,
  type NewItem,
  type NewLink,
  Problem,
} from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { namesVersion } from '../etag.js';
import { newId } from '../new-id.js';
import { type Queries, readNow, transaction } from '../store/database.js';
import { type LinkFigures, readLinkFigures } from '../store/link-stats.js';
import type { Page } from '../store/paging.js';
import {
  claimExpiredLinks,
  claimSlug,
  countUses,
  findLink,
  insertLink,
  type LinkChanges,
  type LinkFilter,
  type LinkRecord,
  listLinks,
  lockLink,
  replaceItems,
  retireSlug,
  updateLink,
} from '../store/payment-links.js';
import { findProduct, insertProduct } from '../store/products.js';
import type { NewRow, Schema } from '../store/schema.js';
import { checkAmounts } from './amounts.js';
import { changedCollect, checkQuestions, collectOf, nothingCollected } from './collect.js';
import { tell } from './event.js';
import { checkLink } from './link-check.js';
import { merchantLink } from './link-view.js';
import { productRows } from './product.js';
import { billingOf, checkBilling } from './written-item.js';

type Tx = Transaction<Schema>;

const refuse = (errors: readonly FieldProblem[]) => {
  if (errors.length)
    throw new Problem('validation_failed', 'The payment link is not valid.', { errors });
};

const noUses = { used: 0, reserved: 0 };

async function view(backend: Backend, db: Queries, id: string): Promise<MerchantLink> {
  const link = await findLink(db, backend.account.id, id);
  if (!link) throw new Problem('not_found', 'There is no payment link of this id.');
  const figures = await readLinkFigures(db, [link.id], backend.provider);
  return merchantLink(backend, link, figures.get(link.id) as LinkFigures);
}

export async function tellOfLink(backend: Backend, tx: Tx, id: Id<'paymentLink'>, type: EventType) {
  const link = await view(backend, tx, id);
  await tell(backend, tx, backend.account.id, type, { ...link, paymentLinkId: link.id });
}

/** @throws Problem `not_found` */
export const readMerchantLink = (backend: Backend, id: string) => view(backend, backend.db, id);

export async function readLinks(backend: Backend, filter: LinkFilter, page: Page) {
  const { data, nextCursor } = await listLinks(backend.db, backend.account.id, filter, page);
  const ids = data.map(({ id }) => id);
  const figures = await readLinkFigures(backend.db, ids, backend.provider);
  return {
    data: data.map((link) => merchantLink(backend, link, figures.get(link.id) as LinkFigures)),
    nextCursor,
  };
}

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

export const createLink = (
  backend: Backend,
  id: Id<'paymentLink'>,
  link: NewLink,
): Promise<MerchantLink> =>
  transaction(backend.db, async (tx) => {
    await writeNew(backend, tx, id, link);
    await tellOfLink(backend, tx, id, 'payment_link.created');
    return view(backend, tx, id);
  });

/** The link alone: nobody is told. @throws Problem `validation_failed` */
export async function writeNew(
  backend: Backend,
  tx: Tx,
  id: Id<'paymentLink'>,
  link: NewLink,
): Promise<void> {
  const accountId = backend.account.id;
  refuse([
    ...checkLink({ ...emptyLink, ...link, now: await readNow(tx) }),
    ...checkQuestions(link),
    ...checkAmounts(backend, link.currency, amountsOf(link)),
  ]);
  const isChosen = link.type === 'amount' && typeof link.amount !== 'number';
  await insertLink(tx, {
    ...columnsOf(link),
    id,
    accountId,
    type: link.type,
    name: link.name,
    currency: link.currency,
    amount: link.amount ?? null,
    minAmount: isChosen ? (link.minAmount ?? 1) : null,
    maxAmount: isChosen ? (link.maxAmount ?? null) : null,
    suggestedAmounts: isChosen ? JSON.stringify(link.suggestedAmounts ?? []) : null,
    collect: JSON.stringify(changedCollect(link, { ...nothingCollected, email: 'required' })),
    submitType: link.submitType ?? 'auto',
    metadata: JSON.stringify(link.metadata ?? {}),
  });
  const { type, currency, items = [] } = link;
  await setItems(backend, tx, { id, type, currency, items, old: [] });
  if (link.slug) await setSlug(tx, { accountId, paymentLinkId: id, slug: link.slug });
}

/** All that is asked for, with its path. Bounds are amounts that a buyer may choose. */
const amountsOf = ({ amount, minAmount, maxAmount, suggestedAmounts }: LinkUpdate) => [
  ...Object.entries({ amount, minAmount, maxAmount }),
  ...(suggestedAmounts ?? []).map((one, index) => [`suggestedAmounts.${index}`, one] as const),
];

const emptyLink = { amount: null, minAmount: null, maxAmount: null, suggestedAmounts: null };
/** Columns that are named alike in the request; absent stays absent. */
function columnsOf(link: LinkUpdate) {
  const columns = {
    description: link.description,
    imageUrl: link.imageUrl,
    expiresAt: link.expiresAt,
    maxRedemptions: link.maxRedemptions,
    allowPromotionCodes: link.allowPromotionCodes,
    submitMessage: link.submitMessage,
    inactiveMessage: link.inactiveMessage,
    fallbackUrl: link.fallbackUrl,
    successUrl: link.successUrl,
    cancelUrl: link.cancelUrl,
    allowedOrigins: link.allowedOrigins === undefined ? undefined : json(link.allowedOrigins),
    branding: link.branding === undefined ? undefined : json(link.branding),
  };
  return Object.fromEntries(
    Object.entries(columns).filter(([, value]) => value !== undefined),
  ) as LinkChanges;
}

async function setSlug(tx: Tx, claim: Omit<NewRow<'paymentLinkSlug'>, 'isCurrent'>) {
  if (!(await claimSlug(tx, claim)))
    refuse([{ path: 'slug', code: 'taken', message: 'another link has, or had, this slug' }]);
}

interface ItemsToSet {
  readonly id: Id<'paymentLink'>;
  readonly type: LinkType;
  readonly currency: string;
  readonly items: readonly NewItem[];
  readonly old: LinkRecord['items'];
}

/** A full replacement; an item that names its id keeps it. An inline item stands on a product of its own. */
async function setItems(backend: Backend, tx: Tx, { id, type, currency, items, old }: ItemsToSet) {
  const rows: NewRow<'paymentLinkItem'>[] = [];
  let hasRecurring = false;
  for (const [index, item] of items.entries()) {
    const kept = 'id' in item && old.find((before) => before.id === item.id);
    const isCount = item.minQuantity === 0;
    const place = { type, currency, path: `items.${index}` };
    const { isRecurring, ...base } = await standsOn(backend, tx, item, place);
    hasRecurring ||= isRecurring;
    rows.push({
      id: kept ? kept.id : newId('paymentLinkItem'),
      accountId: backend.account.id,
      paymentLinkId: id,
      ...base,
      quantity: item.quantity ?? (isCount ? 0 : Math.max(1, item.minQuantity ?? 1)),
      adjustableQuantity:
        item.adjustableQuantity ??
        (item.minQuantity !== undefined || typeof item.maxQuantity === 'number'),
      minQuantity: item.minQuantity ?? 1,
      maxQuantity: item.maxQuantity ?? null,
      isOptional: item.isOptional ?? false,
      sortOrder: item.sortOrder ?? index,
    });
  }
  if (type === 'subscription' && !hasRecurring)
    refuse([{ path: 'items', code: 'required', message: 'at least one recurring price' }]);
  await replaceItems(tx, id, rows);
}

interface Place {
  readonly type: LinkType;
  readonly currency: string;
  readonly path: string;
}

async function standsOn(backend: Backend, tx: Tx, item: NewItem, { type, currency, path }: Place) {
  const { account } = backend;
  if ('productId' in item) {
    const product = await findProduct(tx, account.id, item.productId);
    if (!product || product.archivedAt)
      refuse([{ path: `${path}.productId`, code: 'not_found', message: 'no such product' }]);
    const prices = product?.prices.filter(
      (price) =>
        price.currency === currency &&
        !price.archivedAt &&
        (item.priceId ?? price.id) === price.id &&
        (type === 'subscription' || price.interval === null),
    );
    if (!prices?.length)
      refuse([
        { path: `${path}.priceId`, code: 'not_found', message: `no ${type} price in ${currency}` },
      ]);
    const skus = product?.skus.filter((sku) => sku.currency === currency) ?? [];
    const offered = [...(prices ?? []), ...skus].map(
      ({ unitAmount }) => [`${path}.productId`, unitAmount] as const,
    );
    refuse(checkAmounts(backend, currency, offered).slice(0, 1));
    const isRecurring = Boolean(prices?.some(({ interval }) => interval !== null));
    return { productId: item.productId, priceId: item.priceId ?? null, isRecurring };
  }
  const { name, description, imageUrl, unitAmount, stockQuantity } = item;
  refuse(checkBilling(item, { type, path }));
  refuse(checkAmounts(backend, currency, [[`${path}.unitAmount`, unitAmount]]));
  const rows = productRows(
    {
      name,
      ...(description !== undefined && { description }),
      ...(imageUrl !== undefined && { imageUrl }),
      skus: [{ attributes: {}, ...(stockQuantity !== undefined && { stockQuantity }) }],
      prices: [{ unitAmount, currency, ...billingOf(item) }],
    },
    { id: newId('product'), accountId: account.id, isListed: false },
  );
  await insertProduct(tx, rows);
  return { productId: rows.product.id, priceId: null, isRecurring: item.interval !== undefined };
}

/** Absent keeps, null clears. @throws Problem `not_found`, `validation_failed`, `precondition_failed` */
export const changeLink = (
  backend: Backend,
  id: string,
  changes: LinkUpdate,
  ifMatch?: string,
): Promise<MerchantLink> =>
  transaction(backend.db, async (tx) => {
    const before = await writeChanges(backend, tx, id, changes, ifMatch);
    await tellChanges(backend, tx, before, changes);
    return view(backend, tx, id);
  });

/** The link alone: nobody is told. @returns it as it was before @throws as `changeLink` does */
export async function writeChanges(
  backend: Backend,
  tx: Tx,
  id: string,
  changes: LinkUpdate,
  ifMatch?: string,
): Promise<LinkRecord> {
  const accountId = backend.account.id;
  await lockLink(tx, accountId, id);
  const before = await findLink(tx, accountId, id);
  if (!before) throw new Problem('not_found', 'There is no payment link of this id.');
  if (ifMatch && !namesVersion(ifMatch, etagOf(before)))
    throw new Problem('precondition_failed', 'The link was changed in the meantime.');
  const uses = (await countUses(tx, [before.id])).get(before.id) ?? noUses;
  const after = { ...before, ...changes, type: before.type, currency: before.currency };
  const items = changes.items ?? before.items;
  refuse([
    ...checkLink({ ...after, items, now: before.now, uses, changes }),
    ...checkQuestions(changes),
    ...checkAmounts(backend, before.currency, amountsOf(changes)),
  ]);
  await updateLink(tx, before.id, updateOf(before, changes, uses));
  if (changes.items) {
    const { type, currency, items: old } = before;
    await setItems(backend, tx, { id: before.id, type, currency, items: changes.items, old });
  }
  if (changes.slug) await setSlug(tx, { accountId, paymentLinkId: before.id, slug: changes.slug });
  if (changes.slug === null) await retireSlug(tx, before.id);
  return before;
}

export const etagOf = ({ id, updatedAt }: { id: string; updatedAt: string }): string =>
  `"${id}-${Date.parse(updatedAt)}"`;

/** Absent keeps, null clears. */
const keptOr = <T>(changed: T | undefined, before: T): T =>
  changed === undefined ? before : changed;

function updateOf(before: LinkRecord, changes: LinkUpdate, uses: typeof noUses): LinkChanges {
  // Null clears the fixed amount: the buyer chooses from now on.
  const amount = keptOr(changes.amount, before.amount);
  const isChosen = before.type === 'amount' && amount === null;
  const suggested = keptOr(changes.suggestedAmounts, before.suggestedAmounts);
  return {
    ...columnsOf(changes),
    name: changes.name ?? before.name,
    isActive: changes.isActive ?? before.isActive,
    submitType: changes.submitType ?? before.submitType,
    collect: JSON.stringify(changedCollect(changes, collectOf(before))),
    ...(changes.metadata !== undefined && { metadata: JSON.stringify(changes.metadata ?? {}) }),
    ...(before.type === 'amount' && {
      amount,
      minAmount: isChosen ? (keptOr(changes.minAmount, before.minAmount) ?? 1) : null,
      maxAmount: isChosen ? keptOr(changes.maxAmount, before.maxAmount) : null,
      suggestedAmounts: isChosen ? JSON.stringify(suggested ?? []) : null,
    }),
    // Nobody counted while there was no limit: the redemptions know, and the row is locked.
    ...(typeof changes.maxRedemptions === 'number' && uses),
    ...(changes.expiresAt !== undefined && { expiryToldAt: null }),
  };
}

async function tellChanges(backend: Backend, tx: Tx, before: LinkRecord, changes: LinkUpdate) {
  const { isActive, ...others } = changes;
  if (isActive !== undefined && isActive !== before.isActive) {
    const type = isActive ? 'payment_link.activated' : 'payment_link.deactivated';
    await tellOfLink(backend, tx, before.id, type);
  }
  if (Object.keys(others).length) await tellOfLink(backend, tx, before.id, 'payment_link.updated');
}

/** Tells once of each link whose time has passed. */
export const tellExpiredLinks = (backend: Backend): Promise<void> =>
  transaction(backend.db, async (tx) => {
    for (const { id } of await claimExpiredLinks(tx))
      await tellOfLink(backend, tx, id, 'payment_link.expired');
  });
