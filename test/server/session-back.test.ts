import { afterAll, describe, expect, it } from 'vitest';
import { useHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import {
  anna,
  eventTypesOf,
  invoice,
  type Json,
  listOf,
  open,
  pay,
  readSession,
  tee,
  tryOpen,
} from './offers.js';

const house = useHouse();
afterAll(() => expectSoundBooks(house()));

describe('the address to return to', () => {
  const backFrom = async (link: Json, returnUrl: string, origin?: string) => {
    const headers = origin === undefined ? {} : { origin };
    const session = await open(house(), link, { ...anna, returnUrl }, { headers });
    const answer = await house().call('POST', `/c/${session.id}/outcome`, undefined, {
      key: null,
      raw: 'outcome=canceled',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(answer.status).toBe(303);
    return answer.headers.get('location')?.replace(session.id, 'cs');
  };

  it('counts on the page’s own origin', async () => {
    const link = await invoice(house());
    for (const origin of ['https://shop.example', 'http://shop.example', 'http://localhost:8080']) {
      const page = `${origin}/tees?size=s#buy`;
      expect(await backFrom(link, page, origin)).toBe(page);
    }
  });

  it.each([
    ['https://evil.example/', 'https://shop.example'],
    ['https://shop.example/', undefined],
    ['https://shop.example.evil/', 'https://shop.example'],
    ['https://shop.example@evil.example/', 'https://shop.example'],
    ['https://me:secret@shop.example/', 'https://shop.example'],
    ['javascript:alert(1)', 'null'],
    ['data:text/html,hello', 'null'],
    ['blob:https://shop.example/123', 'https://shop.example'],
    ['//shop.example/', 'https://shop.example'],
    ['not an address', 'https://shop.example'],
    ['', 'https://shop.example'],
  ])('ignores %s from %s', async (returnUrl, origin) => {
    expect(await backFrom(await invoice(house()), returnUrl, origin)).toBe('/c/cs');
  });

  it('gives way to the link’s own', async () => {
    const cancelUrl = 'https://shop.example/basket?session={CHECKOUT_SESSION_ID}';
    const link = await invoice(house(), { cancelUrl });
    const page = 'https://shop.example/';
    expect(await backFrom(link, page, 'https://shop.example')).toBe(
      'https://shop.example/basket?session=cs',
    );
  });
});

describe('a buyer who submits anew', () => {
  const only = { maxRedemptions: 1 };

  it('replaces the open session in the same step', async () => {
    const link = await invoice(house(), only);
    const first = await open(house(), link);
    expect((await tryOpen(house(), link)).body.code).toBe('temporarily_sold_out');
    const second = await open(house(), link, { ...anna, replaces: first.id });
    expect((await readSession(house(), first)).status).toBe('canceled');
    expect((await pay(house(), second)).status).toBe('complete');
    expect((await pay(house(), first)).status).toBe('canceled');
    expect(await listOf(house(), '/v1/payments', link)).toHaveLength(1);
    expect(await eventTypesOf(house(), link)).toEqual([
      'payment_link.created',
      'checkout_session.opened',
      'checkout_session.canceled',
      'checkout_session.opened',
      'payment.succeeded',
      'checkout_session.completed',
      'payment_link.exhausted',
    ]);
  });

  it('asks for the stock the open session holds, and keeps that session where it is not enough', async () => {
    const { link, seen } = await tee(house(), { stock: 3 });
    const [{ id: itemId, variants }] = seen.items;
    const asking = (quantity: number) => [{ itemId, skuId: variants[0].id, quantity }];
    const first = await open(house(), link, { ...anna, items: asking(2) });
    const second = await open(house(), link, { ...anna, items: asking(3), replaces: first.id });
    const third = { ...anna, items: asking(4), replaces: second.id };
    expect((await tryOpen(house(), link, third)).body.code).toBe('out_of_stock');
    expect((await readSession(house(), second)).status).toBe('open');
  });

  it('cannot end a session of another link, nor one that is paid', async () => {
    const other = await open(house(), await invoice(house()));
    const link = await invoice(house());
    const paid = await open(house(), link);
    await pay(house(), paid);
    for (const { id } of [other, { id: `cs_${'0'.repeat(24)}` }])
      await open(house(), link, { ...anna, replaces: id });
    expect((await readSession(house(), other)).status).toBe('open');
    const again = await tryOpen(house(), link, { ...anna, replaces: paid.id });
    expect([again.status, again.body.code]).toEqual([409, 'conflict']);
    expect((await readSession(house(), paid)).status).toBe('complete');
  });

  it('is not given a second one while the first is being paid, and pays once', async () => {
    const link = await invoice(house());
    const first = await open(house(), link);
    await house().call('POST', `/v1/sandbox/checkout-sessions/${first.id}`, {
      outcome: 'succeeded',
      delayMs: 60_000,
    });
    const again = await tryOpen(house(), link, { ...anna, replaces: first.id });
    expect([again.status, again.body.code]).toEqual([409, 'conflict']);
    await house().moveClock(60);
    await house().worker.sweep();
    expect((await readSession(house(), first)).status).toBe('complete');
    expect(await listOf(house(), '/v1/payments', link)).toHaveLength(1);
  });
});
