/** The part of the API that a merchant's server calls, with a key. */
import { Hono } from 'hono';
import {
  addedPriceSchema,
  linkStatsSchema,
  linkStatuses,
  linkTypes,
  linkUpdateSchema,
  merchantLinkSchema,
  newLinkSchema,
  newProductSchema,
  productPriceSchema,
  productSchema,
  productUpdateSchema,
  skuSchema,
  skuUpdateSchema,
} from '../../contract/index.js';
import { readLinkStats } from '../domain/link-stats.js';
import {
  changeLink,
  createLink,
  etagOf,
  readLinks,
  readMerchantLink,
} from '../domain/payment-link.js';
import {
  addPrice,
  archive,
  changeProduct,
  changeSku,
  createProduct,
  readProduct,
  readProducts,
  retirePrice,
} from '../domain/product.js';
import { readChoice, readJson, readNumber, readPage } from './body.js';
import type { Env } from './env.js';
import { listOf, operation } from './operation.js';

export function productRoutes(): Hono<Env> {
  const routes = new Hono<Env>();
  const product = { answer: productSchema() };

  routes.post(
    '/products',
    operation({ ...product, summary: 'Create a product', body: newProductSchema(), status: 201 }),
    async (c) =>
      c.json(await createProduct(c.get('backend'), await readJson(c, newProductSchema())), 201),
  );
  routes.get(
    '/products',
    operation({ summary: 'List products', answer: listOf(productSchema()), filters: {} }),
    async (c) => c.json(await readProducts(c.get('backend'), readPage(c))),
  );
  routes.get('/products/:id', operation({ ...product, summary: 'Read a product' }), async (c) =>
    c.json(await readProduct(c.get('backend'), c.req.param('id'))),
  );
  routes.patch(
    '/products/:id',
    operation({ ...product, summary: 'Change a product', body: productUpdateSchema() }),
    async (c) => {
      const changes = await readJson(c, productUpdateSchema());
      return c.json(await changeProduct(c.get('backend'), c.req.param('id'), changes));
    },
  );
  routes.post(
    '/products/:id/archive',
    operation({ ...product, summary: 'Archive a product' }),
    async (c) => c.json(await archive(c.get('backend'), c.req.param('id'))),
  );
  routes.patch(
    '/skus/:id',
    operation({
      summary: 'Change a SKU: stock, name, price',
      body: skuUpdateSchema(),
      answer: skuSchema(),
    }),
    async (c) => {
      const changes = await readJson(c, skuUpdateSchema());
      return c.json(await changeSku(c.get('backend'), c.req.param('id'), changes));
    },
  );
  routes.post(
    '/prices',
    operation({
      summary: 'Add a price to a product',
      body: addedPriceSchema(),
      answer: productPriceSchema(),
      status: 201,
    }),
    async (c) => {
      const { productId, ...price } = await readJson(c, addedPriceSchema());
      return c.json(await addPrice(c.get('backend'), productId, price), 201);
    },
  );
  routes.post(
    '/prices/:id/archive',
    operation({ summary: 'Archive a price', answer: productPriceSchema() }),
    async (c) => c.json(await retirePrice(c.get('backend'), c.req.param('id'))),
  );
  return routes;
}

const lastDays = { minimum: 1, maximum: 366, default: 30 };

export function linkRoutes(): Hono<Env> {
  const routes = new Hono<Env>();
  const link = { answer: merchantLinkSchema() };

  routes.post(
    '/payment-links',
    operation({ ...link, summary: 'Create a payment link', body: newLinkSchema(), status: 201 }),
    async (c) => {
      const created = await createLink(c.get('backend'), await readJson(c, newLinkSchema()));
      c.header('ETag', etagOf(created));
      return c.json(created, 201);
    },
  );
  routes.get(
    '/payment-links',
    operation({
      summary: 'List payment links',
      answer: listOf(merchantLinkSchema()),
      filters: { status: linkStatuses, type: linkTypes },
    }),
    async (c) => {
      const filter = {
        status: readChoice(c, 'status', linkStatuses),
        type: readChoice(c, 'type', linkTypes),
      };
      return c.json(await readLinks(c.get('backend'), filter, readPage(c)));
    },
  );
  routes.get(
    '/payment-links/:id',
    operation({ ...link, summary: 'Read a payment link' }),
    async (c) => {
      const read = await readMerchantLink(c.get('backend'), c.req.param('id'));
      c.header('ETag', etagOf(read));
      return c.json(read);
    },
  );
  routes.get(
    '/payment-links/:id/stats',
    operation({
      summary: 'Read how a payment link does',
      answer: linkStatsSchema(),
      numbers: { days: lastDays },
    }),
    async (c) => {
      const days = readNumber(c, 'days', lastDays);
      return c.json(await readLinkStats(c.get('backend'), c.req.param('id'), days));
    },
  );
  routes.patch(
    '/payment-links/:id',
    operation({ ...link, summary: 'Change a payment link', body: linkUpdateSchema() }),
    async (c) => {
      const changes = await readJson(c, linkUpdateSchema());
      const ifMatch = c.req.header('if-match');
      const id = c.req.param('id');
      const changed = await changeLink(c.get('backend'), id, changes, ifMatch);
      c.header('ETag', etagOf(changed));
      return c.json(changed);
    },
  );
  return routes;
}
