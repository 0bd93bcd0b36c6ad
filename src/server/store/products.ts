/** The catalogue's tables: products, their SKUs and prices. */
import { sql } from 'kysely';
import type { Id } from '../../contract/index.js';
import { now, type Queries } from './database.js';
import { listed, type Page } from './paging.js';
import type { NewRow, Row } from './schema.js';

export interface ProductRecord extends Row<'product'> {
  skus: Row<'sku'>[];
  prices: Row<'price'>[];
}

export interface NewProductRows {
  readonly product: NewRow<'product'>;
  readonly skus: NewRow<'sku'>[];
  readonly prices: NewRow<'price'>[];
}

export async function insertProduct(db: Queries, rows: NewProductRows): Promise<void> {
  await db.insertInto('product').values(rows.product).execute();
  await db.insertInto('sku').values(rows.skus).execute();
  await db.insertInto('price').values(rows.prices).execute();
}

const base = (db: Queries, accountId: string) =>
  db.selectFrom('product').selectAll().where('accountId', '=', accountId);

async function withParts(db: Queries, products: Row<'product'>[]): Promise<ProductRecord[]> {
  if (!products.length) return [];
  const ids = products.map(({ id }) => id);
  const skus = await db
    .selectFrom('sku')
    .selectAll()
    .where('productId', 'in', ids)
    .orderBy('position')
    .execute();
  const prices = await db
    .selectFrom('price')
    .selectAll()
    .where('productId', 'in', ids)
    .orderBy('position')
    .execute();
  return products.map((product) => ({
    ...product,
    skus: skus.filter(({ productId }) => productId === product.id),
    prices: prices.filter(({ productId }) => productId === product.id),
  }));
}

export async function findProduct(db: Queries, accountId: string, id: string) {
  const product = await base(db, accountId)
    .where('id', '=', id as Id<'product'>)
    .executeTakeFirst();
  return product && (await withParts(db, [product]))[0];
}

export async function listProducts(db: Queries, accountId: string, page: Page) {
  let query = base(db, accountId).where('isListed', '=', true);
  if (page.before !== undefined) query = query.where('seq', '<', page.before);
  const rows = await query
    .orderBy('seq', 'desc')
    .limit(page.limit + 1)
    .execute();
  const { data, nextCursor } = listed(rows, page);
  return { data: await withParts(db, data), nextCursor };
}

export const updateProduct = (
  db: Queries,
  accountId: string,
  id: string,
  changes: Partial<Pick<Row<'product'>, 'name' | 'description' | 'imageUrl'>>,
) =>
  db
    .updateTable('product')
    .set({ ...changes, updatedAt: now })
    .where('accountId', '=', accountId)
    .where('id', '=', id as Id<'product'>)
    .execute();

const archivedAt = (isArchived: boolean) =>
  isArchived ? sql<string>`coalesce(archived_at, paylink_now())` : null;

export const markProduct = (db: Queries, accountId: string, id: string, isArchived: boolean) =>
  db
    .updateTable('product')
    .set({ archivedAt: archivedAt(isArchived), updatedAt: now })
    .where('accountId', '=', accountId)
    .where('id', '=', id as Id<'product'>)
    .execute();

export const findSku = (db: Queries, accountId: string, id: string) =>
  db
    .selectFrom('sku')
    .selectAll()
    .where('accountId', '=', accountId)
    .where('id', '=', id as Id<'sku'>)
    .executeTakeFirst();

type SkuChanges = Partial<
  Pick<Row<'sku'>, 'name' | 'skuCode' | 'unitAmount' | 'stockQuantity' | 'imageUrl'>
>;

/**
 * Changes a SKU unless its stock would fall below what is reserved: undefined then.
 * Reservations are counted anew, since nobody counted while the stock was null; the row lock keeps
 * sessions that open at this moment waiting (they lock the row too).
 */
export async function updateSku(
  db: Queries,
  accountId: string,
  id: Id<'sku'>,
  changes: SkuChanges,
) {
  await db.selectFrom('sku').select('id').where('id', '=', id).forUpdate().execute();
  const held = sql<number>`(select coalesce(sum(quantity), 0) from stock_reservation
    where sku_id = ${id} and status = 'reserved')`;
  let query = db
    .updateTable('sku')
    .set(changes.stockQuantity === undefined ? changes : { ...changes, reserved: held })
    .where('accountId', '=', accountId)
    .where('id', '=', id);
  if (typeof changes.stockQuantity === 'number')
    query = query.where(held, '<=', changes.stockQuantity);
  return query.returningAll().executeTakeFirst();
}

export const findPrice = (db: Queries, accountId: string, id: Id<'price'>) =>
  db
    .selectFrom('price')
    .selectAll()
    .where('accountId', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst();

export const findPrices = (
  db: Queries,
  accountId: string,
  ids: readonly Id<'price'>[],
): Promise<Row<'price'>[]> =>
  db
    .selectFrom('price')
    .selectAll()
    .where('accountId', '=', accountId)
    .where('id', 'in', ids)
    .execute();

export const insertPrice = (db: Queries, price: NewRow<'price'>) =>
  db.insertInto('price').values(price).returningAll().executeTakeFirstOrThrow();

export const markPrice = (db: Queries, accountId: string, id: string, isArchived: boolean) =>
  db
    .updateTable('price')
    .set({ archivedAt: archivedAt(isArchived) })
    .where('accountId', '=', accountId)
    .where('id', '=', id as Id<'price'>)
    .returningAll()
    .executeTakeFirst();
