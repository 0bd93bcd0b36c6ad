/**
 * A server that is killed again and again while buyers buy, at a named step of a payment's path or at any moment:
 * whatever it was doing, no payment is lost, made twice or left to nobody, and what is owed is done soon after.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { type Step, steps } from '../../src/server/step.js';
import { type Child, killChildren, startChild } from '../server/child.js';
import { type House, newDatabase, openHouse, type StoreName } from '../server/house.js';
import { type Json, make, membership, open, pay, tee } from '../server/offers.js';
import { openReceiver, verify } from '../server/receiver.js';
import { createBuyers, dice, type Offer, type Send, wait } from './buyers.js';
import { countDue, countHeld, findNow, findReconciled } from './findings.js';

const lifetime = 15 * 60;
/** A life of the server that has not met its step by then is ended as it stands. */
const longestLifeMs = 10_000;
const atOnce = 6;

const seen = new Set<string>();
/** A hundred kills, or more, leave no step out. */
afterAll(() => {
  if (kills >= 100) expect(steps.filter((step) => !seen.has(step))).toEqual([]);
});

const tenMinutes = 10 * 60_000;

/** So many kills, those of the store by turns; `npm run test:crash` sets more. */
const kills = Number(process.env.KILLS ?? 6);
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

afterAll(killChildren);

type Plan = { readonly step: Step; readonly times: number } | { readonly afterMs: number };

/** A subscription is renewed, or ends, once or twice in a life; money comes late, or goes back, a few times. */
function mostMeetings(step: Step): number {
  if (/renewal|subscription/.test(step)) return 1;
  return /refund|return|money|again|given back|charge/.test(step) ? 2 : 5;
}

/** One kill in six comes at any moment, the others at the steps, each of them before one comes again. */
function plansOf(count: number, random: () => number): Plan[] {
  let left: Step[] = [];
  return Array.from({ length: count }, () => {
    if (random() < 1 / 6) return { afterMs: Math.floor(random() * 1_500) };
    if (!left.length) left = [...steps];
    const [step] = left.splice(Math.floor(random() * left.length), 1) as [Step];
    const most = mostMeetings(step);
    return { step, times: 1 + Math.floor(random() * most) };
  });
}

const all = plansOf(kills, dice(seed));
/** A store's share, in rounds of so many kills on one database. */
const roundsOf = (share: (index: number) => boolean): Plan[][] => {
  const mine = all.filter((_, index) => share(index));
  return Array.from({ length: Math.ceil(mine.length / 10) }, (_, at) =>
    mine.slice(at * 10, at * 10 + 10),
  );
};
const isPGlites = (index: number) => index % 4 === 3;

describe.each<[StoreName, Plan[][]]>([
  ['PostgreSQL', roundsOf((index) => !isPGlites(index))],
  ['PGlite', roundsOf(isPGlites)],
])('on %s', (store, rounds) => {
  it.each(rounds.map((plans, at) => [at + 1, plans] as const))(
    'nothing is lost, made twice or left to nobody in round %i of kills',
    (round, plans) => killInRound(store, plans, seed + round),
    tenMinutes,
  );
});
async function killInRound(store: StoreName, plans: readonly Plan[], ownSeed: number) {
  const random = dice(ownSeed);
  const folder = await mkdtemp(join(tmpdir(), 'paylink-crash-'));
  const place = store === 'PostgreSQL' ? await newDatabase() : { folder: join(folder, 'database') };
  const environment: Record<string, string> = {
    SECRET_KEY: 'a secret of thirty-two characters, or more',
    ...('url' in place ? { DATABASE_URL: place.url } : { DATA_DIR: folder }),
  };
  const receiver = await openReceiver();
  let house: House | undefined = await openHouse(store, place);
  const apiKey = house.key;
  const { secret } = await make(house, '/v1/webhook-endpoints', { url: receiver.url });
  const offers = await offersOf(house);
  const late: string[] = [];
  let child: Child | undefined;
  let isOver = false;
  const send: Send = async (method, path, body, headers = {}) => {
    const init = {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };
    const ours = child || !isCalm ? undefined : house;
    const response = ours
      ? await ours.app.request(path, init)
      : await fetch(`${child?.url ?? 'http://127.0.0.1:9'}${path}`, init);
    return { status: response.status, text: await response.text() };
  };
  let isCalm = false;
  const buyers = createBuyers({ send, apiKey, offers, late, random, isOver: () => isOver });
  const coming = buyers.come(atOnce);
  const met: string[] = [];
  for (const plan of plans) {
    // PGlite belongs to one process at a time.
    await stage(house, late);
    if (store === 'PGlite') await house.close();
    child = await startChild(
      { ...environment, ...('step' in plan && { KILL_AT: `${plan.step}:${plan.times}` }) },
      { nodeOptions: ['--import', './test/crash/killer.mjs'] },
    );
    const limit = 'step' in plan ? longestLifeMs : plan.afterMs;
    const isByItself = await Promise.race([child.ended.then(() => true), wait(limit)]);
    await child.kill();
    met.push(isByItself && 'step' in plan ? plan.step : 'any moment');
    const complaints = child.complaints();
    child = undefined;
    if (store === 'PGlite') house = await openHouse(store, place);
    expect({ met, found: await findNow(house, buyers.told), complaints }).toEqual({
      ...{ met, found: [], complaints: '' },
    });
  }
  await sql`update sandbox_checkout set charge_outcome = 'succeeded'`.execute(house.backend.db);
  // What died with the last process is taken up by the next, once its leases are over.
  await house.moveClock(45);
  const restarted = Date.now();
  await house.worker.start();
  isCalm = true;
  await wait(500);
  isOver = true;
  await coming;
  while ((await countDue(house)) > 0 && Date.now() - restarted < 60_000) await wait(50);
  const reconciledMs = Date.now() - restarted;
  expect(await countDue(house)).toBe(0);
  expect(await findNow(house, buyers.told)).toEqual([]);
  expect(await findReconciled(house)).toEqual([]);
  await house.moveClock(lifetime);
  const ended = Date.now();
  while ((await countHeld(house)) > 0 && Date.now() - ended < 5_000) await wait(50);
  const releasedMs = Date.now() - ended;
  expect(await countHeld(house)).toBe(0);
  while ((await countDue(house)) > 0 && Date.now() - ended < 5_000) await wait(50);
  expect(await findNow(house, buyers.told)).toEqual([]);
  await expectHeard(house, secret, receiver.heard);
  const { opened, complete, refunded, refusals } = buyers.told;
  console.log(
    `${store}, seed ${seed}: killed at ${met.join(', ')}; ${opened.size} sessions, ${complete.size} payments, ` +
      `${refunded.size} refunds acknowledged, ${refusals} refused; reconciled in ${reconciledMs} ms, ` +
      `places back in ${releasedMs} ms`,
  );
  for (const step of met) seen.add(step);
  await house.close();
  await receiver.close();
  await rm(folder, { recursive: true, force: true });
}

async function offersOf(house: House): Promise<Offer[]> {
  const fee = { type: 'amount', name: 'Fee', currency: 'EUR', amount: 500 };
  const customer = { email: 'buyer@example.com' };
  const link = (more: object) => make(house, '/v1/payment-links', { ...fee, ...more });
  const roomy = await link({});
  const limited = await link({ maxRedemptions: 60 });
  const coupon = await make(house, '/v1/coupons', { percentOff: 10 });
  const code = { couponId: coupon.id, code: 'CRASH', maxRedemptions: 40 };
  await make(house, '/v1/promotion-codes', code);
  const withCode = await link({ allowPromotionCodes: true });
  const shirts = await tee(house, { stock: 60 });
  const plan = await membership(house);
  const [{ id: planItem, prices }] = plan.seen.items;
  const monthly = [{ itemId: planItem, priceId: prices[0].id, quantity: 1 }];
  const [{ id: itemId, variants }] = shirts.seen.items;
  return [
    { linkId: roomy.id, request: () => ({ customer }) },
    { linkId: limited.id, request: () => ({ customer }) },
    { linkId: plan.link.id, request: () => ({ customer, items: monthly }) },
    { linkId: withCode.id, request: () => ({ customer, promotionCode: 'CRASH' }) },
    {
      linkId: shirts.link.id,
      // Two sizes, in whatever order.
      request: (random) => {
        const first = Math.floor(random() * 3);
        const items = [first, (first + 1) % 3].map((size, at) => ({
          ...{ itemId, skuId: variants[size].id, quantity: 1 + at },
        }));
        return { customer, items };
      },
    },
  ];
}

/**
 * Before each life: a minute or a lifetime has passed, and there are sessions that ended for us but not for the
 * provider, whose place is still there or is not.
 */
async function stage(house: House, late: string[]): Promise<void> {
  const fee = { type: 'amount', name: 'Fee', currency: 'EUR', amount: 500, maxRedemptions: 1 };
  for (const isSold of [true, false, true]) {
    const link = await make(house, '/v1/payment-links', fee);
    const session = await open(house, link, { customer: { email: 'late@example.com' } });
    const path = `/v1/public/checkout-sessions/${session.id}/cancel`;
    await house.call('POST', path, undefined, { key: null });
    if (isSold)
      await pay(house, await open(house, link, { customer: { email: 'quick@example.com' } }));
    late.push(session.id);
    await house.backend.db
      .updateTable('sandboxCheckout')
      .set({ status: 'open' })
      .where('checkoutSessionId', '=', session.id)
      .execute();
  }
  await renewals(house);
  await house.moveClock(late.length % 2 ? lifetime : 60);
}

/** All that run are due; their charges are taken, declined, or taken with no word of it. The oldest one ends. */
async function renewals({ backend: { db } }: House): Promise<void> {
  await sql`update sandbox_checkout c set charge_outcome = case s.seq % 4
    when 0 then 'declined' when 1 then 'answer_lost' else 'succeeded' end
    from checkout_session s where s.id = c.checkout_session_id`.execute(db);
  await sql`update subscription set due_at = paylink_now(), next_charge_at = paylink_now()
    where due_at is not null and next_charge_at is not null`.execute(db);
  await sql`update subscription set cancel_at = paylink_now(), planned_reason = 'requested'
    where id in (select id from subscription where due_at is not null order by seq limit 1)`.execute(
    db,
  );
}

async function expectHeard(
  house: House,
  secret: string,
  heard: { headers: Json; raw: string }[],
): Promise<void> {
  const bodies = new Map<string, string>();
  for (const one of heard) {
    const id = one.headers['webhook-id'];
    expect(bodies.get(id) ?? one.raw).toBe(one.raw);
    bodies.set(id, one.raw);
  }
  // Signatures are dated: those of the last minutes can still be verified.
  for (const one of heard.slice(-20)) verify(secret, one);
  const events = await house.backend.db
    .selectFrom('event')
    .select('id')
    .where('type', '<>', 'payment_link.created')
    .execute();
  expect(events.filter(({ id }) => !bodies.has(id))).toEqual([]);
}
