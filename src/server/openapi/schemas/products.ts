import {
  addedPriceSchema,
  newPriceSchema,
  newProductSchema,
  type Product,
  type ProductPrice,
  productPriceSchema,
  productSchema,
  productUpdateSchema,
  type Sku,
  skuSchema,
  skuUpdateSchema,
} from '../../../contract/index.js';
import { described } from '../described.js';
import { minute, shop, storyId } from '../story.js';

const productId = storyId('product');

const small: Sku = {
  id: storyId('sku'),
  object: 'sku',
  productId,
  name: null,
  skuCode: 'TEE-S',
  attributes: { size: 'S' },
  unitAmount: null,
  stockQuantity: 20,
  reservedQuantity: 1,
  imageUrl: null,
};

const price: ProductPrice = {
  id: storyId('price'),
  object: 'price',
  productId,
  unitAmount: 2_000,
  currency: 'EUR',
  type: 'one_time',
  interval: null,
  intervalCount: null,
  trialPeriodDays: null,
  providerPriceId: null,
  isArchived: false,
};

const tee: Product = {
  id: productId,
  object: 'product',
  name: 'T-shirt',
  description: 'Organic cotton.',
  imageUrl: `${shop}/tee.jpg`,
  type: 'physical',
  options: [{ name: 'size', values: ['S', 'L'] }],
  skus: [
    small,
    {
      ...small,
      id: storyId('sku', 2),
      skuCode: 'TEE-L',
      attributes: { size: 'L' },
      unitAmount: 2_200,
      reservedQuantity: 0,
    },
  ],
  prices: [price],
  isArchived: false,
  createdAt: minute,
  updatedAt: minute,
};

export const products = [
  described('NewPrice', newPriceSchema(), {
    description: 'A price of a new product.',
  }),
  described('NewProduct', newProductSchema(), {
    description:
      'A product with its prices; without `skus` it has one that is not counted. Options and their values name the SKUs.',
    fields: {
      skus: 'One for each combination of option values that can be bought.',
      type: '`physical` where nothing is said.',
    },
    examples: {
      'A T-shirt in two sizes': {
        name: 'T-shirt',
        description: 'Organic cotton.',
        imageUrl: `${shop}/tee.jpg`,
        options: [{ name: 'size', values: ['S', 'L'] }],
        skus: [
          { attributes: { size: 'S' }, skuCode: 'TEE-S', stockQuantity: 20 },
          { attributes: { size: 'L' }, skuCode: 'TEE-L', stockQuantity: 20, unitAmount: 2_200 },
        ],
        prices: [{ unitAmount: 2_000, currency: 'EUR', type: 'one_time' }],
      },
      'A membership by the month or the year': {
        name: 'Membership',
        type: 'service',
        prices: [
          {
            unitAmount: 1_000,
            currency: 'EUR',
            type: 'recurring',
            interval: 'month',
            trialPeriodDays: 14,
          },
          { unitAmount: 10_000, currency: 'EUR', type: 'recurring', interval: 'year' },
        ],
      },
    },
  }),
  described('ProductUpdate', productUpdateSchema(), {
    description: 'What is absent is kept; `null` clears.',
    examples: { 'Another description': { description: 'Organic cotton, printed by hand.' } },
  }),
  described('Product', productSchema(), {
    description: 'What is sold, with its SKUs and prices.',
    fields: { skus: 'What can be bought of it, each with its stock.' },
    examples: { 'A T-shirt in two sizes': tee },
  }),
  described('SkuUpdate', skuUpdateSchema(), {
    description: 'What is absent is kept; `null` clears. A stock of `null` is not counted.',
    examples: { 'New stock': { stockQuantity: 50 } },
  }),
  described('Sku', skuSchema(), {
    description: 'One variant of a product, as it lies on the shelf.',
    examples: { 'A size': small },
  }),
  described('AddedPrice', addedPriceSchema(), {
    description: 'A further price of a product that exists.',
    examples: {
      'By the quarter': {
        productId,
        unitAmount: 2_700,
        currency: 'EUR',
        type: 'recurring',
        interval: 'month',
        intervalCount: 3,
      },
    },
  }),
  described('Price', productPriceSchema(), {
    description: 'What a product costs once, or for each interval.',
    examples: { 'Twenty euros, once': price },
  }),
];
