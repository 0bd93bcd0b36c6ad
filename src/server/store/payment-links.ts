/** Payment links with their items, as one read. */
import { type RawBuilder, sql } from 'kysely';
import type { Branding, Id, Interval, LinkStatus } from '../../contract/index.js';
import { now, type Queries } from './database.js';
import { listed, type Page } from './paging.js';
import type { NewRow, ProductOption, Row } from './schema.js';

export interface ItemRecord {
  id: Id<'paymentLinkItem'>;
  productId: Id<'product'>;
  priceId: Id<'price'> | null;
  name: string;
  description: string | null;
  imageUrl: string | null;
  options: ProductOption[];
  quantity: number;
  adjustableQuantity: boolean;
  minQuantity: number;
  maxQuantity: number | null;
  isOptional: boolean;
  sortOrder: number;
  skus: {
    id: Id<'sku'>;
    attributes: Record<string, string>;
    unitAmount: number | null;
    stock: number | null;
    imageUrl: string | null;
  }[];
  prices: {
    id: Id<'price'>;
    unitAmount: number;
    interval: Interval | null;
    intervalCount: number | null;
    trialPeriodDays: number | null;
  }[];
}

export interface LinkRecord extends Row<'paymentLink'> {
  slug: string | null;
  /** Derived at `now`. */
  status: LinkStatus;
  now: string;
  items: ItemRecord[];
  merchantName: string;
  /** What the merchant has settled for links that say nothing else. */
  usualBranding: Branding | null;
  usualOrigins: string[] | null;
}

/** At the database's clock. */
const status = sql<LinkStatus>`link_status(payment_link)`;

/** An amount link has none. */
const items: RawBuilder<ItemRecord[]> = sql`case payment_link.type
  when 'amount' then '[]' else link_items(payment_link.id, payment_link.currency) end`;

const base = (db: Queries) =>
  db
    .selectFrom('paymentLink')
    .leftJoin('paymentLinkSlug', (join) =>
      join
        .onRef('paymentLinkSlug.paymentLinkId', '=', 'paymentLink.id')
        .on('paymentLinkSlug.isCurrent', '=', true),
    )
    .innerJoin('account', 'account.id', 'paymentLink.accountId')
    .selectAll('paymentLink')
    .select(['paymentLinkSlug.slug', status.as('status'), now.as('now'), items.as('items')])
    .select([
      'account.name as merchantName',
      'account.branding as usualBranding',
      'account.allowedOrigins as usualOrigins',
    ]);

/** By id or by any slug the link has had; whoever's it is: the id is all a buyer has. */
export async function findPublicLink(
  db: Queries,
  idOrSlug: string,
): Promise<LinkRecord | undefined> {
  const id = await findLinkId(db, idOrSlug);
  return id && base(db).where('paymentLink.id', '=', id).executeTakeFirst();
}

/** Whether there is a link of this id is not asked. */
export async function findLinkId(db: Queries, idOrSlug: string) {
  if (idOrSlug.startsWith('plink_')) return idOrSlug as Id<'paymentLink'>;
  const slug = await db
    .selectFrom('paymentLinkSlug')
    .select('paymentLinkId')
    .where('slug', '=', idOrSlug)
    .executeTakeFirst();
  return slug?.paymentLinkId;
}

/** All at once, by their ids. */
export async function findPublicLinks(
  db: Queries,
  ids: readonly string[],
): Promise<Map<string, LinkRecord>> {
  const rows = await base(db)
    .where('paymentLink.id', '=', sql<Id<'paymentLink'>>`any(${ids}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export const findLink = (db: Queries, accountId: string, id: string) =>
  base(db)
    .where('paymentLink.accountId', '=', accountId)
    .where('paymentLink.id', '=', id as Id<'paymentLink'>)
    .executeTakeFirst();

export interface LinkFilter {
  readonly status?: LinkStatus | undefined;
  readonly type?: Row<'paymentLink'>['type'] | undefined;
  /** A part of the name, the slug or the id, in whatever case. */
  readonly search?: string | undefined;
}

/** Not by LIKE: whoever looks for `100 %` means a percent sign. */
const names = (search: string) =>
  sql<boolean>`position(lower(${search}) in lower(concat_ws(chr(10), payment_link.name, payment_link_slug.slug,
    payment_link.id))) > 0`;

export async function listLinks(db: Queries, accountId: string, filter: LinkFilter, page: Page) {
  let query = base(db).where('paymentLink.accountId', '=', accountId);
  if (filter.type) query = query.where('paymentLink.type', '=', filter.type);
  if (filter.search) query = query.where(names(filter.search));
  if (filter.status) query = query.where(status, '=', filter.status);
  if (page.before !== undefined) query = query.where('paymentLink.seq', '<', page.before);
  const rows = await query
    .orderBy('paymentLink.seq', 'desc')
    .limit(page.limit + 1)
    .execute();
  return listed(rows, page);
}

export interface UseCounts {
  /** Completed sessions. */
  used: number;
  reserved: number;
}

/** Uses of each link, from the redemptions themselves: a link without a limit keeps no counter. */
export async function countUses(db: Queries, ids: readonly Id<'paymentLink'>[]) {
  const counts = new Map<string, UseCounts>(ids.map((id) => [id, { used: 0, reserved: 0 }]));
  if (!ids.length) return counts;
  const rows = await db
    .selectFrom('redemption')
    .select(({ fn }) => ['paymentLinkId', 'status', fn.countAll<number>().as('count')])
    .where('paymentLinkId', 'in', ids)
    .where('status', 'in', ['reserved', 'confirmed'])
    .groupBy(['paymentLinkId', 'status'])
    .execute();
  for (const { paymentLinkId, status, count } of rows) {
    const uses = counts.get(paymentLinkId) as UseCounts;
    if (status === 'confirmed') uses.used = count;
    else uses.reserved = count;
  }
  return counts;
}

export const insertLink = (db: Queries, link: NewRow<'paymentLink'>) =>
  db.insertInto('paymentLink').values(link).execute();

/** @returns false when another link has, or had, this slug. */
export async function claimSlug(
  db: Queries,
  { accountId, paymentLinkId, slug }: Omit<NewRow<'paymentLinkSlug'>, 'isCurrent'>,
): Promise<boolean> {
  await retireSlug(db, paymentLinkId);
  const rows = await db
    .insertInto('paymentLinkSlug')
    .values({ accountId, paymentLinkId, slug, isCurrent: true })
    .onConflict((conflict) =>
      conflict
        .column('slug')
        .doUpdateSet({ isCurrent: true })
        .where('paymentLinkSlug.paymentLinkId', '=', paymentLinkId),
    )
    .returning('slug')
    .execute();
  return rows.length === 1;
}

export const retireSlug = (db: Queries, paymentLinkId: Id<'paymentLink'>) =>
  db
    .updateTable('paymentLinkSlug')
    .set({ isCurrent: false })
    .where('paymentLinkId', '=', paymentLinkId)
    .where('isCurrent', '=', true)
    .execute();

export async function replaceItems(
  db: Queries,
  paymentLinkId: Id<'paymentLink'>,
  rows: readonly NewRow<'paymentLinkItem'>[],
): Promise<void> {
  await db.deleteFrom('paymentLinkItem').where('paymentLinkId', '=', paymentLinkId).execute();
  if (rows.length) await db.insertInto('paymentLinkItem').values(rows).execute();
}

/** Keeps every other writer and every session that is opening out until the transaction ends. */
export const lockLink = (db: Queries, accountId: string, id: string) =>
  db
    .selectFrom('paymentLink')
    .select(['id', 'used', 'reserved', 'maxRedemptions'])
    .where('accountId', '=', accountId)
    .where('id', '=', id as Id<'paymentLink'>)
    .forUpdate()
    .executeTakeFirst();

export type LinkChanges = Partial<NewRow<'paymentLink'>>;

export const updateLink = (db: Queries, id: Id<'paymentLink'>, changes: LinkChanges) =>
  db
    .updateTable('paymentLink')
    .set({ ...changes, updatedAt: now })
    .where('id', '=', id)
    .execute();

/** Links whose expiry nobody has been told of, claimed in the same statement. */
export const claimExpiredLinks = (db: Queries) =>
  db
    .updateTable('paymentLink')
    .set({ expiryToldAt: now })
    .where('id', 'in', (from) =>
      from
        .selectFrom('paymentLink')
        .select('id')
        .where('expiryToldAt', 'is', null)
        .where('expiresAt', '<=', now)
        .limit(100)
        .forUpdate()
        .skipLocked(),
    )
    .where('expiryToldAt', 'is', null)
    .returning(['id', 'accountId'])
    .execute();
