/** The part of the API that a merchant's server calls, with a key. */
import { Hono } from 'hono';
import {
  addedPriceSchema,
  linkStatsSchema,
  linkStatuses,
  linkTypes,
  linkUpdateSchema,
  linkVisitsSchema,
  merchantLinkSchema,
  newLinkSchema,
  newProductSchema,
  type Product,
  productPriceSchema,
  productSchema,
  productUpdateSchema,
  type Sku,
  skuSchema,
  skuUpdateSchema,
} from '../../contract/index.js';
import { readLinkStats } from '../domain/link-stats.js';
import { readLinkVisits } from '../domain/link-visits.js';
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
  archivePrice,
  changeProduct,
  changeSku,
  createProduct,
  readPrice,
  readProduct,
  readProducts,
  readSku,
} from '../domain/product.js';
import { readChoice, readJson, readNumber, readPage, readText } from './body.js';
import type { Env } from './env.js';
import { makeOnce } from './make-once.js';
import { listOf, operation } from './operation.js';
import { answerVersion, changeVersion, kindOf } from './versions.js';

export function productRoutes(): Hono<Env> {
  const routes = new Hono<Env>();
  const product = { answer: productSchema() };

  routes.post(
    '/products',
    operation({
      ...product,
      id: 'createProduct',
      summary: 'Create a product',
      description:
        'Makes the product with its SKUs and prices in one step. Where no SKU is given it has one that is not counted.',
      body: newProductSchema(),
      status: 201,
    }),
    async (c) => {
      const backend = c.get('backend');
      const asked = await readJson(c, newProductSchema());
      const made = await makeOnce(c, {
        kind: 'product',
        make: (id) => createProduct(backend, id, asked),
        read: (id) => readProduct(backend, id),
      });
      return c.json(made, 201);
    },
  );
  routes.get(
    '/products',
    operation({
      id: 'listProducts',
      summary: 'List products',
      description: 'Archived ones too, newest first.',
      answer: listOf(productSchema()),
      filters: {},
    }),
    async (c) => c.json(await readProducts(c.get('backend'), readPage(c))),
  );
  routes.get(
    '/products/:id',
    operation({
      ...product,
      id: 'readProduct',
      summary: 'Read a product',
      description: 'The product with all its SKUs, their stock, and its prices.',
      etag: 'told',
    }),
    async (c) => answerVersion(c, products, await readProduct(c.get('backend'), c.req.param('id'))),
  );
  routes.patch(
    '/products/:id',
    operation({
      ...product,
      id: 'updateProduct',
      summary: 'Change a product',
      description: 'Links that sell it show the change at once.',
      body: productUpdateSchema(),
      etag: 'ifMatch',
      problems: ['precondition_failed'],
    }),
    async (c) => {
      const changes = await readJson(c, productUpdateSchema());
      return changeVersion(c, products, (backend, id) => changeProduct(backend, id, changes));
    },
  );
  routes.post(
    '/products/:id/archive',
    operation({
      ...product,
      id: 'archiveProduct',
      summary: 'Archive a product',
      description: 'It cannot be put on new links any more. To archive it again changes nothing.',
    }),
    async (c) => c.json(await archive(c.get('backend'), c.req.param('id'), true)),
  );
  routes.post(
    '/products/:id/restore',
    operation({
      ...product,
      id: 'restoreProduct',
      summary: 'Bring an archived product back',
      description: 'It can be put on new links again.',
    }),
    async (c) => c.json(await archive(c.get('backend'), c.req.param('id'), false)),
  );
  routes.get(
    '/skus/:id',
    operation({
      id: 'readSku',
      summary: 'Read a SKU',
      description: 'What is on hand of it, what of that is held, and what it costs by itself.',
      answer: skuSchema(),
      etag: 'told',
    }),
    async (c) => answerVersion(c, skus, await readSku(c.get('backend'), c.req.param('id'))),
  );
  routes.patch(
    '/skus/:id',
    operation({
      id: 'updateSku',
      summary: 'Change a SKU: stock, name, price',
      description:
        'The stock is what is on hand, with what open sessions hold; it cannot fall below what they hold.',
      body: skuUpdateSchema(),
      answer: skuSchema(),
      etag: 'ifMatch',
      problems: ['precondition_failed'],
    }),
    async (c) => {
      const changes = await readJson(c, skuUpdateSchema());
      return changeVersion(c, skus, (backend, id) => changeSku(backend, id, changes));
    },
  );
  routes.post(
    '/prices',
    operation({
      id: 'createPrice',
      summary: 'Add a price to a product',
      description: 'A price never changes: add another one and archive the old.',
      problems: ['not_found'],
      body: addedPriceSchema(),
      answer: productPriceSchema(),
      status: 201,
    }),
    async (c) => {
      const backend = c.get('backend');
      const { productId, ...price } = await readJson(c, addedPriceSchema());
      const made = await makeOnce(c, {
        kind: 'price',
        make: (id) => addPrice(backend, { id, productId, price }),
        read: (id) => readPrice(backend, id),
      });
      return c.json(made, 201);
    },
  );
  routes.post(
    '/prices/:id/archive',
    operation({
      id: 'archivePrice',
      summary: 'Archive a price',
      description: 'Links offer it no longer; subscriptions go on at it.',
      answer: productPriceSchema(),
    }),
    async (c) => c.json(await archivePrice(c.get('backend'), c.req.param('id'), true)),
  );
  routes.post(
    '/prices/:id/restore',
    operation({
      id: 'restorePrice',
      summary: 'Bring an archived price back',
      description: 'Links offer it again.',
      answer: productPriceSchema(),
    }),
    async (c) => c.json(await archivePrice(c.get('backend'), c.req.param('id'), false)),
  );
  return routes;
}

const products = kindOf<Product>({
  ...{ table: 'product', changeable: ['name', 'description', 'imageUrl'] },
  read: readProduct,
});

const skus = kindOf<Sku>({
  table: 'sku',
  changeable: ['name', 'skuCode', 'unitAmount', 'stockQuantity', 'imageUrl'],
  read: readSku,
});

const searched = {
  maxLength: 100,
  description: 'Only those whose name, slug or id has this in it, in whatever case.',
};

const lastDays = {
  minimum: 1,
  maximum: 366,
  default: 30,
  description: 'How many days, today included.',
};

export function linkRoutes(): Hono<Env> {
  const routes = new Hono<Env>();
  const link = { answer: merchantLinkSchema() };

  routes.post(
    '/payment-links',
    operation({
      ...link,
      id: 'createPaymentLink',
      summary: 'Create a payment link',
      description: 'Open for payments at once. The answer has its address, to be sent or embedded.',
      body: newLinkSchema(),
      status: 201,
      etag: 'told',
    }),
    async (c) => {
      const backend = c.get('backend');
      const asked = await readJson(c, newLinkSchema());
      const made = await makeOnce(c, {
        kind: 'paymentLink',
        make: (id) => createLink(backend, id, asked),
        read: (id) => readMerchantLink(backend, id),
      });
      c.header('ETag', etagOf(made));
      return c.json(made, 201);
    },
  );
  routes.get(
    '/payment-links',
    operation({
      id: 'listPaymentLinks',
      summary: 'List payment links',
      description: 'Of every status, newest first.',
      answer: listOf(merchantLinkSchema()),
      filters: { status: linkStatuses, type: linkTypes },
      texts: { search: searched },
    }),
    async (c) => {
      const filter = {
        status: readChoice(c, 'status', linkStatuses),
        type: readChoice(c, 'type', linkTypes),
        search: readText(c, 'search', searched),
      };
      return c.json(await readLinks(c.get('backend'), filter, readPage(c)));
    },
  );
  routes.get(
    '/payment-links/:id',
    operation({
      ...link,
      id: 'readPaymentLink',
      summary: 'Read a payment link',
      description: 'As its merchant knows it; the status is as of now.',
      etag: 'told',
    }),
    async (c) => {
      const read = await readMerchantLink(c.get('backend'), c.req.param('id'));
      c.header('ETag', etagOf(read));
      return c.json(read);
    },
  );
  routes.get(
    '/payment-links/:id/stats',
    operation({
      id: 'readPaymentLinkStats',
      summary: 'Read how a payment link does',
      description:
        'Its sessions, its payments and what was collected: in all, and for each of the last days in UTC.',
      answer: linkStatsSchema(),
      numbers: { days: lastDays },
    }),
    async (c) => {
      const days = readNumber(c, 'days', lastDays);
      return c.json(await readLinkStats(c.get('backend'), c.req.param('id'), days));
    },
  );
  routes.get(
    '/payment-links/:id/visits',
    operation({
      id: 'readPaymentLinkVisits',
      summary: 'Read who comes to a payment link',
      description:
        'How often it was seen, opened, submitted and paid, for each of the last days in UTC, and over these days by the site it stood on and by `utm_source`. Sums alone, gathered without cookies, identifiers or addresses; a few seconds may be missing after a crash.',
      answer: linkVisitsSchema(),
      numbers: { days: lastDays },
    }),
    async (c) => {
      const days = readNumber(c, 'days', lastDays);
      return c.json(await readLinkVisits(c.get('backend'), c.req.param('id'), days));
    },
  );
  routes.patch(
    '/payment-links/:id',
    operation({
      ...link,
      id: 'updatePaymentLink',
      summary: 'Change a payment link',
      description:
        'Also switches it on and off (`isActive`). Buyers with an open session finish it as it was opened. A limit cannot fall below what is used and held.',
      body: linkUpdateSchema(),
      etag: 'ifMatch',
      problems: ['precondition_failed'],
    }),
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
