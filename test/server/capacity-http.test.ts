/** The same promise as in capacity.test.ts, to buyers who come over real connections to servers that run by themselves. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabasePlace } from '../../src/server/store/database.js';
import { type Child, killChildren, startChild } from './child.js';
import { newDatabase, openHouse, type StoreName } from './house.js';
import { expectSoundBooks } from './invariants.js';
import type { Json } from './offers.js';

const apiKey = `sk_${'http'.repeat(8)}`;
const sockets = new Agent({ connections: 128 });
const customer = { email: 'buyer@example.com' };
/** Uses are bought by 2,000 always, the rest by as many in the long run. */
const buyers = process.env.LONG ? 2_000 : 300;
const fee = { type: 'amount', name: 'Workshop', currency: 'EUR', amount: 5_000 };

afterAll(async () => {
  killChildren();
  await sockets.close();
});

const two: [string, StoreName, number] = ['two servers on one PostgreSQL', 'PostgreSQL', 2];
const one: [string, StoreName, number][] = [
  ['a server on PGlite', 'PGlite', 1],
  ['a server on PostgreSQL', 'PostgreSQL', 1],
];

describe.each(process.env.LONG ? [...one, two] : [two])('%s', (_, store, count) => {
  let folder = '';
  let place: DatabasePlace;
  let servers: Child[] = [];
  const start = async () => {
    const environment = {
      API_KEY: apiKey,
      SECRET_KEY: 'a secret of thirty-two characters, or more',
      ...(typeof place === 'object' && 'url' in place
        ? { DATABASE_URL: place.url }
        : { DATA_DIR: folder }),
    };
    servers = await Promise.all(Array.from({ length: count }, () => startChild(environment)));
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paylink-capacity-'));
    place = store === 'PostgreSQL' ? await newDatabase() : { folder: join(folder, 'database') };
    await start();
  });
  afterAll(async () => {
    expect(servers.map(({ complaints }) => complaints())).toEqual(servers.map(() => ''));
    await Promise.all(servers.map((server) => server.kill()));
    await rm(folder, { recursive: true, force: true });
  });

  async function call(method: 'GET' | 'POST', path: string, body?: unknown, at = 0) {
    const { url } = servers[at % servers.length] as Child;
    const { statusCode, body: answer } = await request(`${url}${path}`, {
      ...{ method, dispatcher: sockets },
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return { status: statusCode, body: (await answer.json()) as Json };
  }
  const make = async (path: string, body: unknown): Promise<Json> => {
    const { status, body: made } = await call('POST', path, body);
    expect(status, JSON.stringify(made)).toBe(201);
    return made;
  };
  const read = async (path: string): Promise<Json> => (await call('GET', path)).body;

  /** So many buyers at once, each with an order of their own, by turns at each server. @returns how many heard what */
  async function buyAtOnce(
    { id }: Json,
    count: number,
    order: (index: number) => Json = () => ({}),
  ) {
    const path = `/v1/public/payment-links/${id}/sessions`;
    const answers = await Promise.all(
      Array.from({ length: count }, (_buyer, index) =>
        call('POST', path, { customer, ...order(index) }, index),
      ),
    );
    const heard: Record<string, number> = {};
    for (const { status, body } of answers) {
      const kind = status === 201 ? 'opened' : `${status} ${body.code}`;
      heard[kind] = (heard[kind] ?? 0) + 1;
    }
    const opened = answers.filter(({ status }) => status === 201);
    expect(new Set(opened.map(({ body }) => body.id)).size).toBe(opened.length);
    return heard;
  }

  it('gives 100 uses to 100 of 2,000 buyers, and all of them back once their time is over', async () => {
    const link = await make('/v1/payment-links', { ...fee, maxRedemptions: 100 });
    const began = Date.now();
    const heard = await buyAtOnce(link, 2_000);
    const tookMs = Date.now() - began;
    expect(heard).toEqual({ opened: 100, '409 temporarily_sold_out': 1_900 });
    const path = `/v1/payment-links/${link.id}`;
    expect(await read(path)).toMatchObject({ redemptionCount: 0, reservedCount: 100 });
    // Their time passes while nobody serves.
    await Promise.all(servers.map((server) => server.kill()));
    const house = await openHouse(store, place);
    await house.moveClock(15 * 60);
    await house.close();
    await start();
    const restarted = Date.now();
    await expect.poll(() => read(path), { timeout: 5_000 }).toMatchObject({ reservedCount: 0 });
    console.log(
      `2,000 buyers answered in ${tookMs} ms; places back ${Date.now() - restarted} ms after the start`,
    );
  });

  it('sells no more of any SKU than there is, in orders of several', async () => {
    const product = await make('/v1/products', {
      name: 'Chess set',
      options: [{ name: 'Part', values: ['Board', 'Pieces'] }],
      skus: [
        { attributes: { Part: 'Board' }, stockQuantity: 60 },
        { attributes: { Part: 'Pieces' }, stockQuantity: 90 },
      ],
      prices: [{ unitAmount: 1_000, currency: 'EUR', type: 'one_time' }],
    });
    const item = { productId: product.id, adjustableQuantity: true };
    const link = await make('/v1/payment-links', {
      ...{ type: 'product', name: 'Chess', currency: 'EUR', items: [item, item] },
    });
    const { items } = await read(`/v1/public/payment-links/${link.id}`);
    const skus = product.skus.map(({ id }: Json) => id);
    // In both orders: whoever locked them as they stand would meet in a circle.
    const { opened, ...refused } = await buyAtOnce(link, buyers, (index) => ({
      items: items.map(({ id }: Json, at: number) => ({
        ...{ itemId: id, skuId: skus[(at + index) % 2], quantity: 1 },
      })),
    }));
    expect(opened).toBe(60);
    expect(
      Object.keys(refused).filter((kind) => !/^409 (out_of|temporarily_sold)/.test(kind)),
    ).toEqual([]);
    const left = await read(`/v1/products/${product.id}`);
    expect(left.skus.map(({ reservedQuantity }: Json) => reservedQuantity)).toEqual([60, 60]);
  });

  it('lets a code be used as often as it may', async () => {
    const coupon = await make('/v1/coupons', { percentOff: 10 });
    const code = { couponId: coupon.id, code: 'RUSH', maxRedemptions: 100 };
    const { id } = await make('/v1/promotion-codes', code);
    const link = await make('/v1/payment-links', { ...fee, allowPromotionCodes: true });
    const heard = await buyAtOnce(link, buyers, () => ({ promotionCode: 'RUSH' }));
    expect(heard).toEqual({ opened: 100, '422 promotion_code_used_up': buyers - 100 });
    expect(await read(`/v1/promotion-codes/${id}`)).toMatchObject({ redemptionCount: 0 });
    await Promise.all(servers.map((server) => server.kill()));
    const house = await openHouse(store, place);
    await expectSoundBooks(house);
    const { rows } = await sql`select used, reserved from promotion_code`.execute(house.backend.db);
    expect(rows).toEqual([{ used: 0, reserved: 100 }]);
    await house.close();
  }, 90_000);
});
