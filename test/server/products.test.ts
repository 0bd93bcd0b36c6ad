import { afterAll, describe, expect, it } from 'vitest';
import { productSchema } from '../../src/contract/index.js';
import { storeNames, useHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import { anna, type Json, make, open, seenBy, tee, tryOpen } from './offers.js';

describe.each(storeNames)('products on %s', (store) => {
  const house = useHouse(store);
  afterAll(() => expectSoundBooks(house()));

  const read = async ({ id }: Json) => (await house().call('GET', `/v1/products/${id}`)).body;
  const patch = async (path: string, changes: object) => {
    const { status, body, text } = await house().call('PATCH', path, changes);
    expect(status, text).toBe(200);
    return body;
  };

  it('keep what the provider calls their prices', async () => {
    const monthly = {
      ...{ unitAmount: 500, currency: 'EUR', type: 'recurring', interval: 'month' },
      providerPriceId: 'price_there',
    };
    const product = await make(house(), '/v1/products', { name: 'Club', prices: [monthly] });
    const { providerPriceId: _, ...unnamed } = monthly;
    await make(house(), '/v1/prices', { productId: product.id, ...unnamed });
    const { prices } = await read(product);
    expect(prices.map((price: Json) => price.providerPriceId)).toEqual(['price_there', null]);
    const long = { ...monthly, providerPriceId: 'x'.repeat(101) };
    const refused = await house().call('POST', '/v1/prices', { productId: product.id, ...long });
    expect(refused.body).toMatchObject({ code: 'validation_failed' });
  });

  it('keep the colours of their values, and show them to buyers', async () => {
    const options = [{ name: 'colour', values: ['Sand'], swatches: { Sand: '#d9c7a3' } }];
    const { id, ...made } = await make(house(), '/v1/products', {
      name: 'Scarf',
      options,
      skus: [{ attributes: { colour: 'Sand' } }],
      prices: [{ unitAmount: 2_000, currency: 'EUR', type: 'one_time' }],
    });
    expect(made.options).toEqual(options);
    const link = await make(house(), '/v1/payment-links', {
      type: 'product',
      name: 'Scarf',
      currency: 'EUR',
      items: [{ productId: id }],
    });
    expect((await seenBy(house(), link)).items[0].options).toEqual(options);
  });

  it('are made with variants and prices, and read back as they were made', async () => {
    const product = await make(house(), '/v1/products', {
      name: 'T-shirt',
      description: 'Cotton',
      imageUrl: 'https://shop.example/tee.svg',
      type: 'physical',
      options: [
        { name: 'size', values: ['S', 'M'] },
        { name: 'colour', values: ['red', 'blue'] },
      ],
      skus: [
        {
          attributes: { colour: 'red', size: 'S' },
          skuCode: 'TEE-S-RED',
          unitAmount: 1_900,
          stockQuantity: 3,
        },
        { attributes: { size: 'M', colour: 'blue' }, imageUrl: 'https://shop.example/blue.svg' },
      ],
      prices: [
        { unitAmount: 2_000, currency: 'EUR', type: 'one_time' },
        {
          unitAmount: 500,
          currency: 'EUR',
          type: 'recurring',
          interval: 'week',
          intervalCount: 2,
          trialPeriodDays: 7,
        },
      ],
    });
    expect(productSchema().parse(product)).toEqual(product);
    expect(product).toMatchObject({
      object: 'product',
      name: 'T-shirt',
      type: 'physical',
      isArchived: false,
    });
    expect(product.skus).toMatchObject([
      {
        skuCode: 'TEE-S-RED',
        unitAmount: 1_900,
        stockQuantity: 3,
        reservedQuantity: 0,
        attributes: { size: 'S', colour: 'red' },
      },
      {
        skuCode: null,
        unitAmount: null,
        stockQuantity: null,
        imageUrl: 'https://shop.example/blue.svg',
      },
    ]);
    // As variants are shown: the axes in the order of the options.
    expect(Object.keys(product.skus[0].attributes)).toEqual(['size', 'colour']);
    expect(product.prices).toMatchObject([
      { unitAmount: 2_000, currency: 'EUR', type: 'one_time', interval: null, intervalCount: null },
      {
        unitAmount: 500,
        type: 'recurring',
        interval: 'week',
        intervalCount: 2,
        trialPeriodDays: 7,
      },
    ]);
    expect(await read(product)).toEqual(product);
  });

  it('have one implicit SKU where none is given', async () => {
    const price = { unitAmount: 900, currency: 'EUR', type: 'one_time' };
    const mug = await make(house(), '/v1/products', { name: 'Mug', prices: [price] });
    expect(mug.skus).toMatchObject([{ attributes: {}, stockQuantity: null, unitAmount: null }]);
  });

  it('are listed newest first, page by page', async () => {
    const price = { unitAmount: 900, currency: 'EUR', type: 'one_time' };
    const made: string[] = [];
    for (const name of ['a', 'b', 'c'])
      made.unshift((await make(house(), '/v1/products', { name, prices: [price] })).id);
    const first = (await house().call('GET', '/v1/products?limit=2')).body;
    const second = (await house().call('GET', `/v1/products?limit=2&cursor=${first.nextCursor}`))
      .body;
    const ids = [...first.data, ...second.data].map(({ id }: Json) => id);
    expect(ids.slice(0, 3)).toEqual(made);
  });

  it('change what is named and keep the rest', async () => {
    const { product } = await tee(house());
    const path = `/v1/products/${product.id}`;
    expect(await patch(path, { name: 'Tee', description: 'New' })).toMatchObject({
      name: 'Tee',
      description: 'New',
      skus: product.skus,
    });
    expect(await patch(path, { description: null })).toMatchObject({
      name: 'Tee',
      description: null,
    });
  });

  it('change a SKU’s stock and price, which its links show at once', async () => {
    const { link, product } = await tee(house(), { stock: 5 });
    const [{ id }] = product.skus;
    await patch(`/v1/skus/${id}`, { stockQuantity: 7, unitAmount: 1_500, name: 'Small' });
    const variants = async () => (await seenBy(house(), link)).items[0].variants;
    expect((await variants())[0]).toMatchObject({ stock: 7, unitAmount: 1_500 });
    await patch(`/v1/skus/${id}`, { stockQuantity: null, unitAmount: null });
    expect((await variants())[0]).toMatchObject({ stock: null, unitAmount: 2_000 });
    expect((await read(product)).skus[0]).toMatchObject({ name: 'Small', stockQuantity: null });
  });

  it('keep the pieces that buyers are paying for', async () => {
    const { link, product, seen } = await tee(house(), { stock: 5 });
    const [{ id: itemId, variants }] = seen.items;
    const skuId = variants[0].id;
    await open(house(), link, { ...anna, items: [{ itemId, skuId, quantity: 3 }] });
    expect((await read(product)).skus[0]).toMatchObject({ stockQuantity: 5, reservedQuantity: 3 });
    const less = await house().call('PATCH', `/v1/skus/${skuId}`, { stockQuantity: 2 });
    expect([less.status, less.body.errors[0].path]).toEqual([422, 'stockQuantity']);
    await patch(`/v1/skus/${skuId}`, { stockQuantity: 3 });
    const { body } = await tryOpen(house(), link, {
      ...anna,
      items: [{ itemId, skuId, quantity: 1 }],
    });
    expect(body.code).toBe('out_of_stock');
  });

  it('count what is held from the moment they are counted', async () => {
    const { link, product, seen } = await tee(house(), { stock: null });
    const [{ id: itemId, variants }] = seen.items;
    const skuId = variants[0].id;
    await open(house(), link, { ...anna, items: [{ itemId, skuId, quantity: 3 }] });
    await patch(`/v1/skus/${skuId}`, { stockQuantity: 4 });
    expect((await read(product)).skus[0]).toMatchObject({ stockQuantity: 4, reservedQuantity: 3 });
    expect((await seenBy(house(), link)).items[0].variants[0].stock).toBe(1);
  });

  it('that are archived stay readable and are offered by no new link', async () => {
    const { product } = await tee(house());
    const archived = await house().call('POST', `/v1/products/${product.id}/archive`);
    expect([archived.status, archived.body.isArchived]).toEqual([200, true]);
    const link = {
      type: 'product',
      name: 'x',
      currency: 'EUR',
      items: [{ productId: product.id }],
    };
    const { status, body } = await house().call('POST', '/v1/payment-links', link);
    expect([status, body.errors[0].path]).toEqual([422, 'items.0.productId']);
    const restored = await house().call('POST', `/v1/products/${product.id}/restore`);
    expect([restored.status, restored.body.isArchived]).toEqual([200, false]);
    expect((await house().call('POST', '/v1/payment-links', link)).status).toBe(201);
  });

  it('lose an archived price from links that offer all, keep it where a link names it', async () => {
    const { link, product } = await tee(house());
    const [{ id: priceId }] = product.prices;
    const named = await make(house(), '/v1/payment-links', {
      type: 'product',
      name: 'x',
      currency: 'EUR',
      items: [{ productId: product.id, priceId }],
    });
    const other = { productId: product.id, unitAmount: 2_500, currency: 'EUR', type: 'one_time' };
    const added = await make(house(), '/v1/prices', other);
    expect(added).toMatchObject({ object: 'price', unitAmount: 2_500, isArchived: false });
    const archived = await house().call('POST', `/v1/prices/${priceId}/archive`);
    expect([archived.status, archived.body.isArchived]).toEqual([200, true]);
    const prices = async (of: Json) =>
      (await seenBy(house(), of)).items[0].prices.map(({ unitAmount }: Json) => unitAmount);
    expect(await prices(link)).toEqual([2_500]);
    expect(await prices(named)).toEqual([2_000]);
    const restored = await house().call('POST', `/v1/prices/${priceId}/restore`);
    expect([restored.status, restored.body.isArchived]).toEqual([200, false]);
    expect((await prices(link)).sort()).toEqual([2_000, 2_500]);
  });

  it('without a price sell nothing, least of all for nothing', async () => {
    const { link, product, seen } = await tee(house());
    await house().call('POST', `/v1/prices/${product.prices[0].id}/archive`);
    const [{ id: itemId, variants }] = seen.items;
    for (const { id: skuId } of variants) {
      const items = [{ itemId, skuId, quantity: 1 }];
      expect((await tryOpen(house(), link, { ...anna, items })).status).toBe(422);
    }
  });
});
