/** The catalogue: every product has SKUs (an implicit one where none is named) and prices. */
import {
  type FieldProblem,
  type Id,
  type NewPrice,
  type NewProduct,
  Problem,
  type Product,
  type ProductPrice,
  type ProductUpdate,
  type Sku,
  type SkuUpdate,
} from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { newId } from '../new-id.js';
import { type Queries, transaction } from '../store/database.js';
import type { Page } from '../store/paging.js';
import {
  findPrice,
  findProduct,
  findSku,
  insertPrice,
  insertProduct,
  listProducts,
  markPrice,
  markProduct,
  type NewProductRows,
  type ProductRecord,
  updateProduct,
  updateSku,
} from '../store/products.js';
import type { NewRow, Row } from '../store/schema.js';
import { checkAmounts } from './amounts.js';

const notFound = (what: string) => new Problem('not_found', `There is no ${what} of this id.`);

export const priceView = (price: Row<'price'>): ProductPrice => ({
  id: price.id,
  object: 'price',
  productId: price.productId,
  unitAmount: price.unitAmount,
  currency: price.currency,
  type: price.interval ? 'recurring' : 'one_time',
  interval: price.interval,
  intervalCount: price.intervalCount,
  trialPeriodDays: price.trialPeriodDays,
  providerPriceId: price.providerPriceId,
  isArchived: price.archivedAt !== null,
});

export const skuView = (sku: Row<'sku'>): Sku => ({
  id: sku.id,
  object: 'sku',
  productId: sku.productId,
  name: sku.name,
  skuCode: sku.skuCode,
  attributes: sku.attributes,
  unitAmount: sku.unitAmount,
  stockQuantity: sku.stockQuantity,
  reservedQuantity: sku.reserved,
  imageUrl: sku.imageUrl,
});

export const productView = (product: ProductRecord): Product => ({
  id: product.id,
  object: 'product',
  name: product.name,
  description: product.description,
  imageUrl: product.imageUrl,
  type: product.type,
  options: product.options,
  skus: product.skus.map(skuView),
  prices: product.prices.map(priceView),
  isArchived: product.archivedAt !== null,
  createdAt: product.createdAt,
  updatedAt: product.updatedAt,
});

/** Every SKU names one value of each option, and no two name the same. */
function checkSkus({ options = [], skus = [] }: NewProduct): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const seen = new Set<string>();
  if (options.length && !skus.length)
    problems.push({ path: 'skus', code: 'required', message: 'options need SKUs to choose from' });
  if (!options.length && skus.length > 1)
    problems.push({ path: 'options', code: 'required', message: 'several SKUs need options' });
  options.forEach(({ values, swatches = {} }, index) => {
    for (const value of Object.keys(swatches))
      if (!values.includes(value))
        problems.push({
          path: `options.${index}.swatches.${value}`,
          code: 'invalid',
          message: 'not a value of the option',
        });
  });
  skus.forEach(({ attributes }, index) => {
    const path = `skus.${index}.attributes`;
    const names = Object.keys(attributes);
    for (const { name, values } of options)
      if (!values.includes(attributes[name] ?? ''))
        problems.push({
          path: `${path}.${name}`,
          code: 'invalid',
          message: 'not a value of the option',
        });
    for (const name of names)
      if (!options.some((option) => option.name === name))
        problems.push({ path: `${path}.${name}`, code: 'invalid', message: 'not an option' });
    const key = JSON.stringify(options.map(({ name }) => attributes[name]));
    if (seen.has(key))
      problems.push({ path, code: 'duplicate', message: 'another SKU is the same' });
    seen.add(key);
  });
  return problems;
}

interface RowOptions {
  readonly id: Id<'product'>;
  readonly accountId: string;
  readonly isListed: boolean;
}

type PriceOptions = Pick<NewRow<'price'>, 'id' | 'accountId' | 'productId' | 'position'>;

const priceRow = (
  price: NewPrice,
  { id, accountId, productId, position }: PriceOptions,
): NewRow<'price'> => ({
  id,
  accountId,
  productId,
  position,
  unitAmount: price.unitAmount,
  currency: price.currency,
  interval: price.interval ?? null,
  intervalCount: price.interval ? (price.intervalCount ?? 1) : null,
  trialPeriodDays: price.trialPeriodDays ?? null,
  providerPriceId: price.providerPriceId ?? null,
});

/** The rows of a new product. */
export function productRows(
  product: NewProduct,
  { id: productId, accountId, isListed }: RowOptions,
): NewProductRows {
  const skus = product.skus?.length ? product.skus : [{ attributes: {} }];
  return {
    product: {
      id: productId,
      accountId,
      name: product.name,
      description: product.description ?? null,
      imageUrl: product.imageUrl ?? null,
      type: product.type ?? 'physical',
      options: JSON.stringify(product.options ?? []),
      isListed,
    },
    skus: skus.map(({ attributes, skuCode, unitAmount, stockQuantity, imageUrl }, position) => ({
      id: newId('sku'),
      accountId,
      productId,
      position,
      skuCode: skuCode ?? null,
      // In the order of the options, whatever order they were written in.
      attributes: JSON.stringify(
        Object.fromEntries((product.options ?? []).map(({ name }) => [name, attributes[name]])),
      ),
      unitAmount: unitAmount ?? null,
      currency: product.prices[0]?.currency ?? '',
      stockQuantity: stockQuantity ?? null,
      imageUrl: imageUrl ?? null,
    })),
    prices: product.prices.map((price, position) =>
      priceRow(price, { id: newId('price'), accountId, productId, position }),
    ),
  };
}

/** A SKU's own amount is in the currency of the first price. */
function checkPrices(backend: Backend, { skus = [], prices }: NewProduct): FieldProblem[] {
  const own = skus.map(
    ({ unitAmount }, index) => [`skus.${index}.unitAmount`, unitAmount] as const,
  );
  return [
    ...checkAmounts(backend, prices[0]?.currency ?? '', own),
    ...prices.flatMap(({ currency, unitAmount }, index) =>
      checkAmounts(backend, currency, [[`prices.${index}.unitAmount`, unitAmount]]),
    ),
  ];
}

const refuseAmounts = (errors: FieldProblem[]) => {
  if (errors.length)
    throw new Problem('validation_failed', 'The payment provider cannot take this amount.', {
      errors,
    });
};

export async function createProduct(backend: Backend, id: Id<'product'>, product: NewProduct) {
  const { db, account } = backend;
  const errors = checkSkus(product);
  if (errors.length) throw new Problem('validation_failed', 'The SKUs do not fit.', { errors });
  refuseAmounts(checkPrices(backend, product));
  const rows = productRows(product, { id, accountId: account.id, isListed: true });
  await transaction(db, (tx) => insertProduct(tx, rows));
  return readProduct({ db, account }, id);
}

type Reader = Pick<Backend, 'account'> & { readonly db: Queries };

/** @throws Problem `not_found` */
export async function readProduct({ db, account }: Reader, id: string): Promise<Product> {
  const product = await findProduct(db, account.id, id);
  if (!product) throw notFound('product');
  return productView(product);
}

export async function readProducts({ db, account }: Backend, page: Page) {
  const { data, nextCursor } = await listProducts(db, account.id, page);
  return { data: data.map(productView), nextCursor };
}

/** Only what is named changes. */
const present = <T extends object>(changes: T) =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };

export async function changeProduct(backend: Backend, id: string, changes: ProductUpdate) {
  await updateProduct(backend.db, backend.account.id, id, present(changes));
  return readProduct(backend, id);
}

/** @throws Problem `not_found` */
export async function archive(backend: Backend, id: string, isArchived: boolean) {
  await markProduct(backend.db, backend.account.id, id, isArchived);
  return readProduct(backend, id);
}

/** @throws Problem `not_found` */
export async function readSku({ db, account }: Backend, id: string): Promise<Sku> {
  const sku = await findSku(db, account.id, id);
  if (!sku) throw notFound('SKU');
  return skuView(sku);
}

/** @throws Problem `not_found`, or `validation_failed` for less stock than is reserved */
export const changeSku = (backend: Backend, id: string, changes: SkuUpdate): Promise<Sku> =>
  transaction(backend.db, async (tx) => {
    const { account } = backend;
    const sku = await findSku(tx, account.id, id);
    if (!sku) throw notFound('SKU');
    refuseAmounts(checkAmounts(backend, sku.currency, [['unitAmount', changes.unitAmount]]));
    if (!Object.keys(changes).length) return skuView(sku);
    const changed = await updateSku(tx, account.id, sku.id, present(changes));
    if (changed) return skuView(changed);
    throw new Problem('validation_failed', 'More is reserved by open sessions than this stock.', {
      errors: [{ path: 'stockQuantity', code: 'too_small', message: 'less than is reserved' }],
    });
  });

interface AddedPrice {
  readonly id: Id<'price'>;
  readonly productId: string;
  readonly price: NewPrice;
}

/** @throws Problem `not_found` */
export async function addPrice(backend: Backend, { id, productId, price }: AddedPrice) {
  const { db, account } = backend;
  const product = await findProduct(db, account.id, productId);
  if (!product) throw notFound('product');
  refuseAmounts(checkAmounts(backend, price.currency, [['unitAmount', price.unitAmount]]));
  const position = product.prices.length;
  const row = priceRow(price, { id, accountId: account.id, productId: product.id, position });
  return priceView(await insertPrice(db, row));
}

/** @throws Problem `not_found` */
export async function readPrice({ db, account }: Backend, id: Id<'price'>) {
  const price = await findPrice(db, account.id, id);
  if (!price) throw notFound('price');
  return priceView(price);
}

/** @throws Problem `not_found` */
export async function archivePrice({ db, account }: Backend, id: string, isArchived: boolean) {
  const price = await markPrice(db, account.id, id, isArchived);
  if (!price) throw notFound('price');
  return priceView(price);
}
