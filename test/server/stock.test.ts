import { afterAll, describe, expect, it } from 'vitest';
import { storeNames, useHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import { anna, invoice, type Json, open, pay, tee, tryOpen } from './offers.js';

describe.each(storeNames)('many buyers at once, on %s', (store) => {
  const house = useHouse(store);
  afterAll(() => expectSoundBooks(house()));

  const skusOf = async ({ id }: Json) =>
    (await house().call('GET', `/v1/products/${id}`)).body.skus.map((sku: Json) => [
      sku.stockQuantity,
      sku.reservedQuantity,
    ]);

  const cancel = ({ id }: Json) =>
    house().call('POST', `/v1/public/checkout-sessions/${id}/cancel`, undefined, { key: null });
  const piecesIn = (sessions: Json[], variants: Json[]): number[] =>
    variants.map(({ id }) =>
      sessions
        .flatMap(({ totals }) => totals.lines)
        .filter(({ skuId }) => skuId === id)
        .reduce((sum, { quantity }) => sum + quantity, 0),
    );

  it('never buy more pieces than there are, whatever they put together in whatever order', async () => {
    const stock = 12;
    const { link, product, seen } = await tee(house(), { stock });
    const [{ id: itemId, variants }] = seen.items;
    // Pairs of sizes in both orders: whoever locked them as they stand would meet in a circle.
    const baskets = Array.from({ length: 60 }, (_, buyer) => {
      const sizes = [buyer % 3, (buyer + 1 + (buyer % 2)) % 3];
      return [...new Set(sizes)].map((size, at) => ({
        itemId,
        skuId: variants[size].id,
        quantity: 1 + ((buyer + at) % 2),
      }));
    });
    const answers = await Promise.all(
      baskets.map((items) => tryOpen(house(), link, { ...anna, items })),
    );
    const refused = answers.filter(({ status }) => status !== 201);
    expect(new Set(refused.map(({ body }) => body.code))).toEqual(new Set(['out_of_stock']));
    const opened = answers.filter(({ status }) => status === 201).map(({ body }) => body);
    const held = piecesIn(opened, variants);
    expect(await skusOf(product)).toEqual(held.map((reserved) => [stock, reserved]));
    // Whoever was refused asked for a piece more than is left now, too: nobody was turned away for nothing.
    answers.forEach(({ status }, buyer) => {
      const isServable = (baskets[buyer] as Json[]).every(
        ({ skuId, quantity }) =>
          quantity <= stock - (held[variants.findIndex(({ id }: Json) => id === skuId)] as number),
      );
      if (status !== 201) expect(isServable).toBe(false);
    });
    // Half pay, half go, all at once: what is left is what was not sold.
    await Promise.all(
      opened.map((session, at) => (at % 2 ? pay(house(), session) : cancel(session))),
    );
    const sold = piecesIn(
      opened.filter((_, at) => at % 2),
      variants,
    );
    expect(await skusOf(product)).toEqual(sold.map((pieces) => [stock - pieces, 0]));
  });

  it('share the last piece between one of them', async () => {
    const { link, seen } = await tee(house(), { stock: 1 });
    const [{ id: itemId, variants }] = seen.items;
    const items = [{ itemId, skuId: variants[0].id, quantity: 1 }];
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => tryOpen(house(), link, { ...anna, items })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  it('stay counted while the merchant begins to count, or stops', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { link, product, seen } = await tee(house(), { stock: null });
      const [{ id: itemId, variants }] = seen.items;
      const skuId = variants[0].id;
      const items = [{ itemId, skuId, quantity: 2 }];
      const sessions = await Promise.all(
        Array.from({ length: 8 }, () => open(house(), link, { ...anna, items })),
      );
      const [limited, counted] = await Promise.all([
        house().call('PATCH', `/v1/payment-links/${link.id}`, { maxRedemptions: 50 }),
        house().call('PATCH', `/v1/skus/${skuId}`, { stockQuantity: 50 }),
        ...sessions.map((session, index) => (index % 2 ? pay(house(), session) : cancel(session))),
      ]);
      expect([limited.status, counted.status]).toEqual([200, 200]);
      const [[, reserved]] = await skusOf(product);
      expect(reserved).toBe(0);
      await expectSoundBooks(house());
    }
  });

  it('never pass a limit that is lowered while they come', async () => {
    const link = await invoice(house());
    const answers = await Promise.all([
      ...Array.from({ length: 20 }, () => tryOpen(house(), link)),
      house().call('PATCH', `/v1/payment-links/${link.id}`, { maxRedemptions: 5 }),
      ...Array.from({ length: 20 }, () => tryOpen(house(), link)),
    ]);
    const refusals = answers.flatMap(({ status, body }) => (status < 300 ? [] : [body.code]));
    expect(
      refusals.every((code) => ['temporarily_sold_out', 'validation_failed'].includes(code)),
    ).toBe(true);
    await expectSoundBooks(house());
  });
});
