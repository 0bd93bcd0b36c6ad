/** Idempotency keys over real connections: twins, a restart, a day. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabasePlace } from '../../src/server/store/database.js';
import { type Child, killChildren, startChild } from './child.js';
import { type House, longStoreNames, newDatabase, openHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import type { Json } from './offers.js';

const sockets = new Agent({ connections: 128 });
const twins = 50;
/** All of them in the long run: 10,000 requests take their time. */
const keys = process.env.LONG ? 200 : 20;
/** As many keys at once: their twins fill the connections. */
const keysAtOnce = 8;

afterAll(async () => {
  killChildren();
  await sockets.close();
});

describe.each(longStoreNames)('a key over HTTP, on %s', (store) => {
  let folder = '';
  let place: DatabasePlace;
  let server: Child;
  let link: Json;
  /** What each key was answered, to the byte. */
  const answered = new Map<string, string>();

  /** What the house does to the database while no server has it. */
  async function withHouse<T>(work: (house: House) => Promise<T>): Promise<T> {
    const house = await openHouse(store, place);
    const result = await work(house);
    await house.close();
    return result;
  }
  const start = async () => {
    server = await startChild({
      SECRET_KEY: 'a secret of thirty-two characters, or more',
      ...(typeof place === 'object' && 'url' in place
        ? { DATABASE_URL: place.url }
        : { DATA_DIR: folder }),
    });
  };
  const restartAfter = async (work: (house: House) => Promise<void>) => {
    await server.kill();
    await withHouse(work);
    await start();
  };
  const countSessions = () =>
    withHouse(async ({ backend }) => {
      const { rows } = await sql<Json>`select count(*) as sessions,
        count(distinct reference) as wishes from checkout_session`.execute(backend.db);
      return rows[0];
    });
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paylink-keys-'));
    place = store === 'PostgreSQL' ? await newDatabase() : { folder: join(folder, 'database') };
    link = await withHouse(async (house) => {
      const fee = { type: 'amount', name: 'Fee', currency: 'EUR', amount: 500 };
      return (await house.call('POST', '/v1/payment-links', { ...fee, maxRedemptions: 900 })).body;
    });
    await start();
  });
  afterAll(async () => {
    expect(server.complaints()).toBe('');
    await server.kill();
    await rm(folder, { recursive: true, force: true });
  });

  async function wish(key: string): Promise<{ status: number; text: string; isReplay: boolean }> {
    const path = `/v1/public/payment-links/${link.id}/sessions`;
    const { statusCode, headers, body } = await request(`${server.url}${path}`, {
      ...{ method: 'POST', dispatcher: sockets },
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ customer: { email: 'buyer@example.com' }, reference: key }),
    });
    const isReplay = headers['idempotent-replayed'] === 'true';
    return { status: statusCode, text: await body.text(), isReplay };
  }
  const names = Array.from({ length: keys }, (_, index) => `wish-${index}`);

  it(`has one effect however many twins come at once: ${twins} of each of ${keys}`, async () => {
    let replays = 0;
    let waiting = 0;
    for (let at = 0; at < keys; at += keysAtOnce)
      await Promise.all(
        names.slice(at, at + keysAtOnce).map(async (key) => {
          const answers = await Promise.all(Array.from({ length: twins }, () => wish(key)));
          const made = answers.filter(({ status }) => status === 201);
          const rest = answers.filter(({ status }) => status !== 201);
          for (const { status, text } of rest)
            expect([status, JSON.parse(text).code]).toEqual([409, 'idempotency_in_flight']);
          expect(made.filter(({ isReplay }) => !isReplay)).toHaveLength(1);
          expect(new Set(made.map(({ text }) => text)).size).toBe(1);
          answered.set(key, made[0]?.text as string);
          replays += made.length - 1;
          waiting += rest.length;
        }),
      );
    console.log(`${store}: ${keys} effects, ${replays} replays, ${waiting} in flight`);
    expect(new Set([...answered.values()].map((text) => JSON.parse(text).id)).size).toBe(keys);
  }, 90_000);

  it('is answered with the same bytes after a restart, for 24 hours and no longer', async () => {
    const expectReplays = async () => {
      const again = await Promise.all(names.map(wish));
      expect(again.map(({ text }) => text)).toEqual([...names].map((key) => answered.get(key)));
    };
    await restartAfter(async (house) => {
      await expectSoundBooks(house);
      await house.moveClock(23 * 3600 + 50 * 60);
    });
    await expectReplays();
    await restartAfter((house) => house.moveClock(15 * 60));
    const next = await Promise.all(names.slice(0, 5).map(wish));
    for (const { status, isReplay } of next) expect([status, isReplay]).toEqual([201, false]);
    await server.kill();
    expect(await countSessions()).toEqual({ sessions: keys + 5, wishes: keys });
  }, 90_000);
});
