import { sql, type Transaction } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BooksBroken } from '../../src/server/domain/audit.js';
import { renewEarly } from '../../src/server/domain/renewal.js';
import { readAudit } from '../../src/server/store/audit.js';
import { findAllBroken, promises } from '../../src/server/store/promises.js';
import type { Schema } from '../../src/server/store/schema.js';
import { openHouse, storeNames, useHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import {
  anna,
  invoice,
  type Json,
  listOf,
  make,
  membership,
  open,
  pay,
  play,
  tee,
} from './offers.js';

/** What a bug, or a hand in the database, could do, and the promises it breaks. `$` stands for the sold session. */
const damages: [string, readonly string[]][] = [
  [
    `update payment_link set used = used + 1 where max_redemptions is not null`,
    ['the counters of a limited link are its redemptions'],
  ],
  [
    `update sku set reserved = reserved + 1 where stock_quantity > reserved`,
    ['the reserved stock of a SKU is what its sessions hold'],
  ],
  [`update promotion_code set used = 0`, ['the counters of a promotion code are its redemptions']],
  [
    `delete from redemption where checkout_session_id = '$'`,
    [
      'the counters of a limited link are its redemptions',
      'a session holds one redemption that fits its status',
    ],
  ],
  [
    `update redemption set status = 'released' where checkout_session_id = '$'`,
    [
      'the counters of a limited link are its redemptions',
      'a session holds one redemption that fits its status',
      'a session’s stock goes the way of its redemption',
      'a session’s promotion code goes the way of its redemption',
    ],
  ],
  [
    `update stock_reservation set status = 'released' where checkout_session_id = '$'`,
    ['a session’s stock goes the way of its redemption'],
  ],
  [
    `update payment set status = 'failed' where checkout_session_id = '$'`,
    [
      'complete means paid once, or nothing to pay',
      'a payment gives back what its refunds say, and its status tells it',
      'the failure of a payment is told once',
    ],
  ],
  [
    `update checkout_session set payment_status = 'unpaid' where id = '$'`,
    ['the payment status tells the truth'],
  ],
  [
    `update checkout_session set totals = jsonb_set(totals, '{discount}', '1') where id = '$'`,
    ['a total is the sum of its lines, less the discount'],
  ],
  [
    `update payment set amount = amount + 1 where checkout_session_id = '$'`,
    ['what is kept is what was priced', 'the statistics of a link are what its rows say'],
  ],
  [`update payment set refunded_amount = 2`, ['a payment gives back what its refunds say']],
  [`update payment set pending_refund = 1`, ['a payment gives back what its refunds say']],
  [
    `update refund set status = 'pending', settled_at = null`,
    ['a payment gives back what its refunds say'],
  ],
  [
    `update checkout_session set status = 'canceled', payment_status = 'unpaid' where id = '$'`,
    ['money that bought nothing goes back', 'the end of a session is told once'],
  ],
  [
    `update payment set status = 'processing' where status = 'failed'`,
    ['an attempt under way holds its session'],
  ],
  [
    `with free as (update payment set subscription_id = null, renewal_period = null)
      delete from subscription`,
    ['a recurring order that is complete has one subscription'],
  ],
  [
    `insert into payment (id, account_id, checkout_session_id, payment_link_id, amount, currency, status, provider,
        provider_ref, test_mode, subscription_id, renewal_period, unattended)
      select 'pay_again', account_id, checkout_session_id, payment_link_id, amount, currency, status, provider,
        'again', test_mode, subscription_id, renewal_period, unattended from payment where unattended`,
    ['a period of a subscription is paid once', 'the success of a payment is told once'],
  ],
  [
    `update payment set amount = amount + 1 where unattended`,
    ['a renewal costs what was agreed', 'the statistics of a link are what its rows say'],
  ],
  [`update subscription set next_period = 1`, ['a renewal moves its subscription on']],
  [
    `update subscription set status = 'canceled', cancel_reason = 'requested', canceled_at = now(),
      next_charge_at = null`,
    ['the end of a subscription is told once'],
  ],
  [
    `delete from event where type = 'checkout_session.opened'`,
    ['the opening of a session is told once'],
  ],
  [
    `delete from event where type = 'checkout_session.completed'`,
    ['the end of a session is told once'],
  ],
  [`delete from event where type = 'payment.succeeded'`, ['the success of a payment is told once']],
  [`delete from event where type = 'payment.failed'`, ['the failure of a payment is told once']],
  [`delete from event where type = 'payment.refunded'`, ['the end of a refund is told once']],
  [
    `insert into event (id, account_id, type, payment_link_id, object_id, body)
      select 'evt_again', account_id, type, payment_link_id, object_id, body from event where type = 'payment.refunded' limit 1`,
    ['the end of a refund is told once', 'what happens once is told once'],
  ],
  [`update link_total set gross = gross + 1`, ['the statistics of a link are what its rows say']],
  [`delete from link_total`, ['the statistics of a link are what its rows say']],
  [`update link_day set opened = opened - 1`, ['the statistics of a day are what its rows say']],
  [
    `insert into link_day select payment_link_id, '2001-01-01', 1, 0, 0, 0, 0, true from link_day limit 1`,
    ['the statistics of a day are what its rows say'],
  ],
];

/** What the database itself refuses, so that no audit has to find it. */
const refused = [
  `update payment_link set used = -1`,
  `update payment_link set reserved = max_redemptions + 1`,
  `update sku set reserved = stock_quantity + 1`,
  `update sku set stock_quantity = -1`,
  `update promotion_code set used = max_redemptions + 1`,
  `update payment set refunded_amount = amount, pending_refund = 1`,
  `update payment set pending_refund = -1`,
  `update refund set amount = 0`,
  `update subscription set status = 'canceled'`,
  `update subscription set due_at = null`,
  `update payment set status = 'succeeded' where checkout_session_id = '$'`,
];

describe.each(storeNames)('the auditor on %s', (store) => {
  const house = useHouse(store);
  let sold: Json;
  beforeAll(async () => {
    const { link, seen } = await tee(house(), {
      link: { maxRedemptions: 5, allowPromotionCodes: true },
    });
    const coupon = await make(house(), '/v1/coupons', { percentOff: 50 });
    const code = { couponId: coupon.id, code: 'HALF', maxRedemptions: 3 };
    await make(house(), '/v1/promotion-codes', code);
    const [{ id: itemId, variants }] = seen.items;
    const items = [{ itemId, skuId: variants[0].id, quantity: 1 }];
    sold = await open(house(), link, { ...anna, items, promotionCode: 'HALF' });
    await play(house(), sold, { outcome: 'declined' });
    await pay(house(), sold);
    const [, payment] = await listOf(house(), '/v1/payments', link);
    await make(house(), `/v1/payments/${payment?.id}/refunds`, { amount: 1 });
    await play(house(), await open(house(), link, { ...anna, items }), { outcome: 'declined' });
    const plan = await membership(house());
    const [member] = plan.seen.items;
    const order = [{ itemId: member.id, priceId: member.prices[0].id, quantity: 1 }];
    await pay(house(), await open(house(), plan.link, { ...anna, items: order }));
    const [subscription] = await listOf(house(), '/v1/subscriptions', plan.link);
    await renewEarly(house().backend, subscription?.id);
    await house().worker.sweep();
  });
  afterAll(() => expectSoundBooks(house()));

  class Undo extends Error {}
  const undone = (work: (tx: Transaction<Schema>) => Promise<void>) =>
    house()
      .backend.db.transaction()
      .execute(async (tx) => {
        await work(tx);
        throw new Undo();
      })
      .catch((error) => {
        if (!(error instanceof Undo)) throw error;
      });
  const damage = (text: string) => sql.raw(text.replaceAll('$', sold.id));

  it.each(damages)('notices: %s', (text, promises) =>
    undone(async (tx) => {
      await damage(text).execute(tx);
      const found = (await findAllBroken(tx)).map(({ promise }) => promise);
      for (const promise of promises)
        expect(found).toContainEqual(expect.stringMatching(`^${promise}`));
    }),
  );

  it('has every promise tried that a table does not keep by itself', () => {
    const kept = ['uses and reservations stay', 'stock is never negative'];
    const tried = damages.flatMap(([, promises]) => promises);
    expect(promises.length).toBeGreaterThanOrEqual(24);
    for (const promise of promises)
      expect(
        [...tried, ...kept].some((one) => promise.startsWith(one)),
        promise,
      ).toBe(true);
  });

  it.each(refused)('need not look for: %s', (text) =>
    expect(undone(async (tx) => void (await damage(text).execute(tx)))).rejects.toThrow(
      /constraint/,
    ),
  );

  it('looks every hour, says what is broken until it is mended, and leaves its figures', async () => {
    const { backend, logged, worker } = house();
    const anHourOn = async () => {
      await house().moveClock(3_601);
      await worker.sweep();
      return readAudit(backend.db);
    };
    const sound = await anHourOn();
    expect(sound).toMatchObject({ broken: 0, milliseconds: expect.any(Number) });
    await sql`update checkout_session set payment_status = 'unpaid', updated_at = paylink_now()
      where id = ${sold.id}`.execute(backend.db);
    await worker.sweep();
    expect(await readAudit(backend.db)).toEqual(sound);
    for (let hours = 1; hours <= 3; hours += 1) {
      expect(await anHourOn()).toMatchObject({ broken: 1 });
      const [error] = logged.splice(0) as [BooksBroken];
      expect(error).toBeInstanceOf(BooksBroken);
      expect(error.message).toContain(`the payment status tells the truth (${sold.id})`);
    }
    await sql`update checkout_session set payment_status = 'paid' where id = ${sold.id}`.execute(
      backend.db,
    );
    expect(await anHourOn()).toMatchObject({ broken: 0 });
    expect(logged).toEqual([]);
  });

  it('hears of a session that holds its place for ever, and of a refund nobody answers', async () => {
    const { backend, logged, worker } = house();
    const { link, seen } = await tee(house());
    const [{ id: itemId, variants }] = seen.items;
    const items = [{ itemId, skuId: variants[0].id, quantity: 1 }];
    const session = await open(house(), link, { ...anna, items });
    await pay(house(), session);
    const held = await open(house(), link, { ...anna, items });
    const script = `/v1/sandbox/checkout-sessions/${session.id}/refunds`;
    await house().call('POST', script, { outcome: 'unreachable' }, { key: null });
    const [payment] = await listOf(house(), '/v1/payments', link);
    const refund = await make(house(), `/v1/payments/${payment?.id}/refunds`, {});
    // The provider says that an attempt is under way, and never more.
    await sql`update sandbox_checkout set status = 'pending' where checkout_session_id = ${held.id}`.execute(
      backend.db,
    );
    await house().moveClock(3 * 24 * 3600 + 60);
    await worker.sweep();
    const [error] = logged.splice(0) as [BooksBroken];
    expect(error.broken).toEqual([
      { promise: 'no session holds its place an hour after its end', id: held.id },
      { promise: 'a refund does not wait for the provider for three days', id: refund.id },
    ]);
  });
});

it('audits when the worker starts', async () => {
  const house = await openHouse();
  try {
    await house.worker.sweep();
    const { finishedAt } = await readAudit(house.backend.db);
    await house.worker.start();
    await expect
      .poll(async () => (await readAudit(house.backend.db)).finishedAt, { timeout: 10_000 })
      .not.toBe(finishedAt);
    expect(house.logged).toEqual([]);
  } finally {
    await house.close();
  }
});

it('blames no session for the hours in which no process ran', async () => {
  const house = await openHouse('PostgreSQL');
  try {
    const link = await invoice(house);
    await Promise.all(Array.from({ length: 60 }, () => open(house, link)));
    await house.moveClock(2 * 3600);
    await house.worker.start();
    const ended = async () =>
      (await house.call('GET', '/v1/checkout-sessions?status=open')).body.data.length;
    await expect.poll(ended, { timeout: 20_000 }).toBe(0);
    await expect
      .poll(async () => (await readAudit(house.backend.db)).finishedAt, { timeout: 10_000 })
      .not.toBeNull();
    expect(house.logged).toEqual([]);
  } finally {
    await house.close();
  }
});
