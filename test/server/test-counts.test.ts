import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StartRefused } from '../../src/server/data-folder.js';
import { offerReset, resetInWords, resetTestCounts } from '../../src/server/domain/test-counts.js';
import { makeKey, resetCounts } from '../../src/server/once.js';
import type { Provider } from '../../src/server/provider/provider.js';
import { run } from '../../src/server/run.js';
import { readSettings } from '../../src/server/settings.js';
import { type House, newDatabase, openHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import {
  anna,
  begun,
  eventTypesOf,
  invoice,
  make,
  open,
  pay,
  play,
  readSession,
  tee,
} from './offers.js';
import { startStripe } from './provider/stripe-stand-in.js';

describe('a merchant who goes live after trying things out', () => {
  let place: { url: string };
  let trying: House;
  let live: House;
  let provider: Provider;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const far = await startStripe();
    close = far.close;
    provider = { ...far.provider, testMode: false };
    place = await newDatabase();
    trying = await openHouse('PostgreSQL', place);
    live = await openHouse('PostgreSQL', place, { provider });
  });
  afterAll(async () => {
    await expectSoundBooks(live);
    await trying.close();
    await live.close();
    await close();
  });

  it('finds all that was tried free again, and what was sold counted', async () => {
    const coupon = await make(trying, '/v1/coupons', { percentOff: 10 });
    const code = await make(trying, '/v1/promotion-codes', {
      ...{ couponId: coupon.id, code: 'TRY', maxRedemptions: 5 },
    });
    const { link, product, seen } = await tee(trying, {
      stock: 5,
      link: { maxRedemptions: 4, allowPromotionCodes: true },
    });
    const [{ id: itemId, variants }] = seen.items;
    const order = {
      ...{ ...anna, items: [{ itemId, skuId: variants[0].id, quantity: 2 }] },
      promotionCode: 'TRY',
    };
    const one = { ...order, items: [{ itemId, skuId: variants[1].id, quantity: 1 }] };
    const paid = await open(trying, link, order);
    await pay(trying, paid);
    const refunded = await open(trying, link, one);
    await pay(trying, refunded);
    const { data: payments } = (await trying.call('GET', '/v1/payments')).body;
    const path = `/v1/payments/${payments[0].id}/refunds`;
    await make(trying, path, { releaseRedemption: true });
    const left = await open(trying, link, one);
    const underWay = await open(trying, link, one);
    await play(trying, underWay, { outcome: 'succeeded', delayMs: 3_600_000 });
    expect((await readSession(trying, underWay)).status).toBe('processing');
    const full = await invoice(trying, { maxRedemptions: 1 });
    await pay(trying, await open(trying, full));
    const { subscription, link: plan } = await begun(trying);

    // Nobody counts them out of a shop that is still tried out.
    await expect(resetTestCounts(trying.backend)).rejects.toMatchObject({ code: 'conflict' });
    expect(await offerReset(trying.backend)).toBeUndefined();
    expect(await offerReset(live.backend)).toMatch(
      / 5 test sessions .* renews 1 test subscription: npm run reset-test-counts/,
    );

    // Two at once: what one has given back the other has not.
    const [first, second] = await Promise.all([
      resetTestCounts(live.backend),
      resetTestCounts(live.backend),
    ]);
    expect([first.complete + second.complete, first.open + second.open]).toEqual([3, 2]);
    const read = async (at: string) => (await live.call('GET', at)).body;
    expect(await read(`/v1/payment-links/${link.id}`)).toMatchObject({
      ...{ redemptionCount: 0, reservedCount: 0, status: 'active' },
    });
    const { skus } = await read(`/v1/products/${product.id}`);
    for (const sku of skus) expect(sku).toMatchObject({ stockQuantity: 5, reservedQuantity: 0 });
    expect(await read(`/v1/promotion-codes/${code.id}`)).toMatchObject({ redemptionCount: 0 });
    expect(await read(`/v1/payment-links/${full.id}`)).toMatchObject({ status: 'active' });
    expect(await eventTypesOf(live, full)).toContain('payment_link.activated');
    for (const session of [left, underWay])
      expect((await readSession(live, session)).status).toBe('canceled');
    // What happened has happened.
    expect(await readSession(live, paid)).toMatchObject({ status: 'complete', testMode: true });
    expect(await offerReset(live.backend)).toBeUndefined();
    expect(await resetTestCounts(live.backend)).toEqual({
      complete: 0,
      open: 0,
      subscriptions: 0,
    });
    expect(await read(`/v1/subscriptions/${subscription.id}`)).toMatchObject({
      status: 'canceled',
    });
    const told = await eventTypesOf(live, plan);
    expect(told.filter((type) => type === 'subscription.canceled')).toHaveLength(1);

    const sold = await open(live, full);
    expect(sold).toMatchObject({ status: 'open', testMode: false });
    expect(await read(`/v1/payment-links/${full.id}/stats`)).toMatchObject({
      ...{ testMode: false, sessions: { open: 1, complete: 0 }, collected: { gross: 0 } },
    });
    expect(await read(`/v1/payment-links/${full.id}`)).toMatchObject({
      ...{ collectedAmount: 0, lastPaymentAt: null },
    });
    await resetTestCounts(live.backend);
    expect((await readSession(live, sold)).status).toBe('open');
    const [payment] = payments;
    const back = await live.call('POST', `/v1/payments/${payment.id}/refunds`, {});
    expect(back).toMatchObject({ status: 409, body: { code: 'conflict' } });
  });

  it('leaves to the test side of a provider what was opened on it', async () => {
    const testSide = await openHouse('PostgreSQL', place, {
      provider: { ...provider, testMode: true },
    });
    const session = await open(testSide, await invoice(testSide));
    const page = await live.call('GET', `/c/${session.id}`, undefined, { key: null });
    expect(page.text).toContain('This payment cannot go on');
    await live.moveClock(40 * 60);
    await live.worker.sweep();
    expect((await readSession(live, session)).status).toBe('expired');
    await testSide.close();
  });
});

it.each([
  [{ complete: 0, open: 0, subscriptions: 0 }, /nothing to reset/],
  [
    { complete: 1, open: 1, subscriptions: 1 },
    /1 complete test session used.*canceled: 1 test session that had not ended and 1 test subscription\./,
  ],
  [{ complete: 2, open: 0, subscriptions: 0 }, /2 complete test sessions used/],
])('says of %j what was done', (counts, words) => {
  expect(resetInWords(counts)).toMatch(words);
});

describe('the command', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paylink-reset-'));
    await mkdir(join(folder, 'locales'));
    await writeFile(join(folder, 'pay-link.js'), '');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('goes through the running server, or straight on the database, and says what it did', async () => {
    const far = await startStripe();
    const dataDir = { DATA_DIR: join(folder, 'data') };
    const liveSide = {
      ...{ ...far.environment, ...dataDir, PORT: '0', PUBLIC_URL: 'http://127.0.0.1:4242' },
      STRIPE_SECRET_KEY: 'sk_live_standin0000000000000000',
    };
    const start = (environment: Record<string, string>) =>
      run({
        settings: readSettings({ PORT: '0', PUBLIC_URL: 'http://127.0.0.1:4242', ...environment }),
        ...{ scriptPath: join(folder, 'pay-link.js'), log: console.error },
      });
    const sandbox = await start(dataDir);
    const key = await makeKey(readSettings(dataDir));
    const call = async (path: string, body: object) =>
      (
        await sandbox.app.request(path, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        })
      ).json();
    const fee = { type: 'amount', name: 'Fee', currency: 'EUR', amount: 100, maxRedemptions: 2 };
    const { id } = await call('/v1/payment-links', fee);
    const session = await call(`/v1/public/payment-links/${id}/sessions`, anna);
    await call(`/v1/sandbox/checkout-sessions/${session.id}`, { outcome: 'succeeded' });
    await call(`/v1/public/payment-links/${id}/sessions`, anna);
    const early = resetCounts(readSettings(liveSide));
    await expect(early).rejects.toThrow(StartRefused);
    await expect(early).rejects.toThrow(/sandbox .* Nothing was done in the database in .*data\.$/);
    await sandbox.stop();
    const live = await start(liveSide);
    expect(await resetCounts(readSettings(dataDir))).toMatch(
      /^In the database in .*data: what 1 complete .* 1 test session /,
    );
    await live.stop();
    expect(await resetCounts(readSettings(liveSide))).toMatch(/nothing to reset/);
    await far.close();
  });
});
