import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { applyProviderEvent } from '../../src/server/domain/settlement.js';
import { storeNames, useHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import {
  anna,
  eventTypesOf,
  invoice,
  type Json,
  listOf,
  open,
  pay,
  play,
  readSession,
  seenBy,
  tee,
  tryOpen,
} from './offers.js';

const quarter = 15 * 60;

describe.each(storeNames)('the end of a session on %s', (store) => {
  const house = useHouse(store);
  afterAll(() => expectSoundBooks(house()));

  const act = async (session: Json, what: 'cancel' | 'extend') =>
    house().call('POST', `/v1/public/checkout-sessions/${session.id}/${what}`, undefined, {
      key: null,
    });
  const nowOf = async (link: Json) => (await seenBy(house(), link)).now;
  const onlyOne = { maxRedemptions: 1 };
  const usesOf = async (link: Json) => {
    const { body } = await house().call('GET', `/v1/payment-links/${link.id}`);
    return [body.redemptionCount, body.reservedCount];
  };
  /** One piece of the smallest size, of `stock`. */
  async function lastPieces(stock: number) {
    const { link, product, seen } = await tee(house(), { stock });
    const [{ id: itemId, variants }] = seen.items;
    const items = [{ itemId, skuId: variants[0].id, quantity: stock }];
    const counts = async () => {
      const { body } = await house().call('GET', `/v1/products/${product.id}`);
      return [body.skus[0].stockQuantity, body.skus[0].reservedQuantity];
    };
    return { link, request: { ...anna, items }, counts };
  }
  /** Money that arrives whatever has become of the session. */
  const paidLate = async (session: Json) => {
    await applyProviderEvent(house().backend, {
      provider: 'sandbox',
      id: `${session.id}/late`,
      sessionId: session.id,
      attempt: `${session.id}/late`,
      type: 'succeeded',
      amount: session.total,
      currency: session.currency,
      failureCode: null,
    });
    return readSession(house(), session);
  };
  const paymentsOf = async (link: Json) =>
    (await listOf(house(), '/v1/payments', link)).map(({ status }) => status);

  it('comes when the buyer cancels: use and stock are back at once, and no payment was made', async () => {
    const { link, request, counts } = await lastPieces(3);
    await house().call('PATCH', `/v1/payment-links/${link.id}`, onlyOne);
    const session = await open(house(), link, request);
    expect(await counts()).toEqual([3, 3]);
    const canceled = await act(session, 'cancel');
    expect([canceled.status, canceled.body.status]).toEqual([200, 'canceled']);
    expect((await act(session, 'cancel')).body.status).toBe('canceled');
    expect(await counts()).toEqual([3, 0]);
    expect(await usesOf(link)).toEqual([0, 0]);
    expect(await paymentsOf(link)).toEqual([]);
    expect((await pay(house(), await open(house(), link, request))).status).toBe('complete');
    expect(await counts()).toEqual([0, 0]);
  });

  it('comes when its time is over, to the second, and gives everything back', async () => {
    const { link, request, counts } = await lastPieces(2);
    const session = await open(house(), link, request);
    const lifetime = (Date.parse(session.expiresAt) - Date.parse(await nowOf(link))) / 1000;
    expect(lifetime).toBeGreaterThan(quarter - 5);
    expect(lifetime).toBeLessThanOrEqual(quarter);
    await house().moveClock(quarter - 60);
    expect((await readSession(house(), session)).status).toBe('open');
    await house().moveClock(61);
    expect((await readSession(house(), session)).status).toBe('expired');
    expect(await counts()).toEqual([2, 0]);
    expect((await pay(house(), session)).status).toBe('expired');
    expect((await act(session, 'cancel')).body.status).toBe('expired');
    expect(await eventTypesOf(house(), link)).toContain('checkout_session.expired');
  });
  it('is swept where nobody looks', async () => {
    const link = await invoice(house(), onlyOne);
    await open(house(), link);
    await house().moveClock(quarter + 1);
    await house().worker.sweep();
    expect(await usesOf(link)).toEqual([0, 0]);
    expect((await listOf(house(), '/v1/checkout-sessions', link))[0].status).toBe('expired');
  });

  it('comes to all in one sweep, however many stand before them that cannot end yet', async () => {
    const link = await invoice(house(), { maxRedemptions: 250 });
    const sessions = await Promise.all(
      Array.from({ length: 250 }, () => open(house(), link, anna)),
    );
    const waiting = sessions.slice(0, 210).map(({ id }) => id);
    await house()
      .backend.db.updateTable('sandboxCheckout')
      .set({ status: 'pending' })
      .where('checkoutSessionId', 'in', waiting)
      .execute();
    await sql`update checkout_session set expires_at = expires_at - interval '1 minute'
      where id in (${sql.join(waiting)})`.execute(house().backend.db);
    await house().moveClock(quarter + 1);
    await house().worker.sweep();
    expect(await usesOf(link)).toEqual([0, 210]);
    await house()
      .backend.db.updateTable('sandboxCheckout')
      .set({ status: 'open' })
      .where('checkoutSessionId', 'in', waiting)
      .execute();
    await house().worker.sweep();
    expect(await usesOf(link)).toEqual([0, 0]);
    const told = await sql<Json>`select object_id, count(*) as times from event
      where type = 'checkout_session.expired' and payment_link_id = ${link.id}
      group by object_id`.execute(house().backend.db);
    expect(told.rows).toHaveLength(250);
    expect(told.rows.every(({ times }) => times === 1)).toBe(true);
  });

  it('can be put off once', async () => {
    const session = await open(house(), await invoice(house()));
    const extended = (await act(session, 'extend')).body;
    expect(Date.parse(extended.expiresAt) - Date.parse(session.expiresAt)).toBe(quarter * 1000);
    const again = await act(session, 'extend');
    expect([again.status, again.body.code]).toEqual([409, 'conflict']);
    await house().moveClock(quarter + 60);
    expect((await readSession(house(), session)).status).toBe('open');
    await house().moveClock(quarter);
    expect((await readSession(house(), session)).status).toBe('expired');
    expect((await act(session, 'extend')).status).toBe(409);
  });

  it('waits for an attempt that is under way', async () => {
    const link = await invoice(house(), onlyOne);
    const session = await open(house(), link);
    const wish = { outcome: 'succeeded', delayMs: 3_600_000 };
    expect((await play(house(), session, wish)).status).toBe('processing');
    await house().moveClock(quarter + 1);
    await house().worker.sweep();
    expect((await act(session, 'cancel')).body.status).toBe('processing');
    expect((await tryOpen(house(), link)).body.code).toBe('temporarily_sold_out');
    await house().moveClock(3_600);
    await house().worker.sweep();
    expect((await readSession(house(), session)).status).toBe('complete');
  });

  it('is not brought forward by the end of its link', async () => {
    const expiresAt = new Date(Date.parse(await nowOf(await invoice(house()))) + 60_000);
    const link = await invoice(house(), { expiresAt: expiresAt.toISOString() });
    const session = await open(house(), link);
    await house().moveClock(61);
    expect((await tryOpen(house(), link)).body.code).toBe('link_expired');
    expect((await pay(house(), session)).status).toBe('complete');
  });

  it('is undone by late money where the place is still free', async () => {
    const { link, request, counts } = await lastPieces(2);
    const expired = await open(house(), link, request);
    await house().moveClock(quarter + 1);
    await house().worker.sweep();
    expect(await paidLate(expired)).toMatchObject({ status: 'complete', paymentStatus: 'paid' });
    expect(await counts()).toEqual([0, 0]);
    const other = await invoice(house(), onlyOne);
    const given = await open(house(), other);
    await act(given, 'cancel');
    await house().call('PATCH', `/v1/payment-links/${other.id}`, { isActive: false });
    expect((await paidLate(given)).status).toBe('complete');
    expect(await usesOf(other)).toEqual([1, 0]);
  });

  it('stands against late money where the last use is taken: the money goes back', async () => {
    const link = await invoice(house(), onlyOne);
    const late = await open(house(), link);
    await act(late, 'cancel');
    await pay(house(), await open(house(), link));
    expect(await paidLate(late)).toMatchObject({ status: 'canceled', paymentStatus: 'unpaid' });
    expect(await usesOf(link)).toEqual([1, 0]);
    const [, refunded] = await listOf(house(), '/v1/payments', link);
    expect(refunded).toMatchObject({ status: 'refunded', amount: 25_000, refundedAmount: 25_000 });
    expect((await eventTypesOf(house(), link)).slice(-2)).toEqual([
      'payment.succeeded',
      'payment.refunded',
    ]);
  });

  it('stands against late money where the stock is gone, and takes none of the rest', async () => {
    const { link, seen, product } = await tee(house(), { stock: 2, link: { maxRedemptions: 9 } });
    const [{ id: itemId, variants }] = seen.items;
    const line = (index: number) => ({ itemId, skuId: variants[index].id, quantity: 2 });
    const late = await open(house(), link, { ...anna, items: [line(0), line(1)] });
    await act(late, 'cancel');
    await pay(house(), await open(house(), link, { ...anna, items: [line(1)] }));
    expect((await paidLate(late)).status).toBe('canceled');
    expect(await paymentsOf(link)).toEqual(['succeeded', 'refunded']);
    const { body } = await house().call('GET', `/v1/products/${product.id}`);
    expect(body.skus.map((sku: Json) => [sku.stockQuantity, sku.reservedQuantity])).toEqual([
      [2, 0],
      [0, 0],
      [2, 0],
    ]);
  });

  it('comes to all that can end, whatever keeps another one', async () => {
    const [broken, sound] = [await invoice(house(), onlyOne), await invoice(house(), onlyOne)];
    const kept = await open(house(), broken);
    const ended = await open(house(), sound);
    await house().moveClock(quarter);
    const { db } = house().backend;
    const reserved = (count: number) =>
      sql`update payment_link set reserved = ${count} where id = ${broken.id}`.execute(db);
    await reserved(0);
    await house().worker.sweep();
    expect(house().logged.splice(0)).toHaveLength(1);
    expect((await readSession(house(), ended)).status).toBe('expired');
    await reserved(1);
    await house().worker.sweep();
    expect((await readSession(house(), kept)).status).toBe('expired');
  });
});
