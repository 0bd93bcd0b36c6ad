import { readFileSync } from 'node:fs';
import { CompiledQuery, Kysely, Migrator, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { expect, it } from 'vitest';
import { newDatabase, openHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import { listOf } from './offers.js';

const folder = new URL('../../src/server/store/migrations/', import.meta.url);

/** A database as a version before this one left it: the first three migrations, and what was sold under them. */
async function oldDatabase(rows: string) {
  const place = await newDatabase({ isEmpty: true });
  const db = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: place.url }) }),
  });
  const names = ['0001_first_sale', '0002_promotion_codes', '0003_phone_approval'];
  const migrations = Object.fromEntries(
    names.map((name) => {
      const text = readFileSync(new URL(`${name}.sql`, folder), 'utf8');
      const up = async (on: Kysely<unknown>) =>
        void (await on.executeQuery(CompiledQuery.raw(text)));
      return [name, { up }];
    }),
  );
  const provider = { getMigrations: async () => migrations };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  expect(error).toBeUndefined();
  await sql.raw(rows).execute(db);
  await db.destroy();
  return place;
}

const id = (prefix: string, n: number) => `${prefix}_${String(n).padStart(24, '0')}`;
const link = id('plink', 1);
const totals = (total: number) =>
  JSON.stringify({
    currency: 'EUR',
    lines: [
      {
        ...{ itemId: null, skuId: null, priceId: null },
        ...{ name: 'Old', quantity: 1, unitAmount: total, amount: total },
      },
    ],
    subtotal: total,
    discounts: [],
    discount: 0,
    total,
    recurring: null,
  });

interface Sale {
  readonly session: string;
  readonly payment: string;
  readonly refunded?: number;
}

/** A session with its redemption, its payment and what was told of them. */
const sale = (n: number, { session, payment, refunded = 0 }: Sale): string => {
  const redemption = session === 'complete' ? 'confirmed' : 'released';
  const end = session === 'complete' ? 'completed' : session;
  const events = [
    ['checkout_session.opened', id('cs', n)],
    [`checkout_session.${end}`, id('cs', n)],
    ['payment.succeeded', id('pay', n)],
    ...(payment === 'refunded' ? [['payment.refunded', id('pay', n)]] : []),
  ];
  return `
    insert into checkout_session (id, account_id, payment_link_id, status, payment_status, currency, total, totals,
      customer, custom_fields, metadata, utm, embeddable, provider, test_mode, lifetime_seconds, expires_at)
      values ('${id('cs', n)}', 'acct_main', '${link}', '${session}', '${session === 'complete' ? 'paid' : 'unpaid'}',
      'EUR', 500, '${totals(500)}', '{"email": " Old@example.com ", "name": null, "phone": null}', '{}', '{}', '{}',
      false, 'sandbox', true, 900, now());
    insert into redemption values ('${id('cs', n)}', 'acct_main', '${link}', '${redemption}');
    insert into sandbox_checkout (checkout_session_id, amount, currency) values ('${id('cs', n)}', 500, 'EUR');
    insert into payment (id, account_id, checkout_session_id, payment_link_id, amount, currency, refunded_amount,
      status, provider, provider_ref, test_mode)
      values ('${id('pay', n)}', 'acct_main', '${id('cs', n)}', '${link}', 500, 'EUR', ${refunded}, '${payment}',
      'sandbox', '${id('cs', n)}/1', true);
    ${events
      .map(
        ([type, about], index) => `
    insert into event (id, account_id, type, payment_link_id, body) values ('${id('evt', n * 10 + index)}',
      'acct_main', '${type}', '${link}', '{"data":{"id":"${about}","paymentLinkId":"${link}"}}');`,
      )
      .join('')}`;
};

it('goes on with subscriptions that were begun before they went on', async () => {
  const begun = id('cs', 1);
  const place = await oldDatabase(`
    insert into account (id, name) values ('acct_main', 'Shop');
    insert into payment_link (id, account_id, type, name, currency, collect, submit_type, metadata)
      values ('${link}', 'acct_main', 'subscription', 'Old', 'EUR',
      '{"email":"required","name":"none","phone":"none"}', 'auto', '{}');
    ${sale(1, { session: 'complete', payment: 'succeeded' })}
    update checkout_session set created_at = now() - interval '40 days', totals = jsonb_set(totals, '{recurring}',
      '{"amount": 500, "interval": "day", "intervalCount": 30, "trialEndsAt": null, "nextChargeAt": "2026-01-01T00:00:00.000Z"}');
    insert into subscription (id, account_id, checkout_session_id, payment_link_id, status, amount, currency, interval,
      interval_count, next_charge_at, customer, test_mode)
      select '${id('sub', 1)}', account_id, id, payment_link_id, 'active', 500, 'EUR', 'day', 30,
      created_at + interval '30 days', customer, true from checkout_session where id = '${begun}';`);
  const house = await openHouse('PostgreSQL', place);
  try {
    await expectSoundBooks(house);
    await house.worker.sweep();
    const payments = await listOf(house, '/v1/payments', { id: link });
    expect(payments.map(({ status, subscriptionId }) => [status, subscriptionId])).toEqual([
      ['succeeded', id('sub', 1)],
      ['succeeded', id('sub', 1)],
    ]);
    const { body } = await house.call('GET', `/v1/subscriptions/${id('sub', 1)}`);
    const session = (await house.call('GET', `/v1/checkout-sessions/${begun}`)).body;
    const days = (Date.parse(body.nextChargeAt) - Date.parse(session.createdAt)) / 86_400_000;
    expect([body.status, days]).toEqual(['active', 60]);
    await expectSoundBooks(house);
  } finally {
    await house.close();
  }
});

it('takes over what was sold before there were refunds and statistics', async () => {
  const place = await oldDatabase(`
    insert into account (id, name) values ('acct_main', 'Shop');
    insert into payment_link (id, account_id, type, name, currency, amount, max_redemptions, used, collect, submit_type,
      metadata) values ('${link}', 'acct_main', 'amount', 'Old', 'EUR', 500, 9, 2,
      '{"email":"required","name":"none","phone":"none"}', 'auto', '{}');
    ${sale(1, { session: 'complete', payment: 'succeeded' })}
    ${sale(2, { session: 'complete', payment: 'succeeded' })}
    ${sale(3, { session: 'canceled', payment: 'refunded', refunded: 500 })}
    ${sale(4, { session: 'expired', payment: 'succeeded' })}`);
  const house = await openHouse('PostgreSQL', place);
  try {
    await expectSoundBooks(house);
    const read = async (path: string) => (await house.call('GET', path)).body;
    expect((await read(`/v1/payments/${id('pay', 3)}/refunds`)).data).toMatchObject([
      { amount: 500, status: 'succeeded', reason: 'late_payment' },
    ]);
    // Its process had died before it could give the money back.
    await house.worker.sweep();
    expect(await read(`/v1/payments/${id('pay', 4)}`)).toMatchObject({ status: 'refunded' });
    const some = { amount: 200, releaseRedemption: true };
    const refund = await house.call('POST', `/v1/payments/${id('pay', 1)}/refunds`, some);
    expect([refund.status, refund.body.status]).toEqual([201, 'succeeded']);
    expect(await read(`/v1/payment-links/${link}/stats?days=1`)).toMatchObject({
      redemptionCount: 1,
      remaining: 8,
      sessions: { complete: 2, canceled: 1, expired: 1 },
      collected: { gross: 2_000, refunded: 1_200, net: 800 },
      days: [{ sessionsOpened: 4, sessionsCompleted: 2, paymentsSucceeded: 4, refunded: 1_200 }],
    });
    expect(await listOf(house, '/v1/payments', { id: link })).toHaveLength(4);
    const erased = await house.call('DELETE', '/v1/buyers/old@example.com');
    expect(erased.body).toMatchObject({ sessions: 4 });
    await expectSoundBooks(house);
  } finally {
    await house.close();
  }
});
