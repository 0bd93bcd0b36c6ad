/** Buyers who come at the same time, and what must not happen to one because of another. */
import { Hono } from 'hono';
import { type KyselyPlugin, sql } from 'kysely';
import pg from 'pg';
import { describe, expect, inject, it } from 'vitest';
import { openEach } from '../../src/server/domain/opening.js';
import { newId } from '../../src/server/new-id.js';
import type { Env } from '../../src/server/routes/env.js';
import { idempotent } from '../../src/server/routes/idempotency.js';
import { onError } from '../../src/server/routes/problems.js';
import { DatabaseAway } from '../../src/server/store/database.js';
import type { Wish } from '../../src/server/store/idempotency.js';
import { type House, openHouse, storeNames, useHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import { anna, invoice, type Json, listOf, make, open } from './offers.js';

async function urlOf({ backend }: House): Promise<string> {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(
    backend.db,
  );
  return new URL(rows[0]?.name ?? '', inject('postgresUrl')).href;
}

async function deadlocksOf({ backend }: House): Promise<number> {
  const { rows } = await sql<{ deadlocks: number }>`select deadlocks from pg_stat_database
    where datname = current_database()`.execute(backend.db);
  return rows[0]?.deadlocks ?? 0;
}

const chess = (house: House): Promise<Json> =>
  make(house, '/v1/products', {
    name: 'Chess set',
    options: [{ name: 'Part', values: ['Board', 'Pieces'] }],
    skus: ['Board', 'Pieces'].map((Part) => ({ attributes: { Part }, stockQuantity: 100_000 })),
    prices: [{ unitAmount: 1_000, currency: 'EUR', type: 'one_time' }],
  });

async function linkOf(house: House, { id: productId }: Json) {
  const item = { productId, adjustableQuantity: true, isOptional: true };
  const link = await make(house, '/v1/payment-links', {
    ...{ type: 'product', name: 'Chess', currency: 'EUR', items: [item, item] },
  });
  const { body } = await house.call('GET', `/v1/public/payment-links/${link.id}`);
  return { id: link.id as string, items: body.items.map(({ id }: Json) => id) as string[] };
}

const path = (id: string) => `/v1/public/payment-links/${id}/sessions`;

describe.each(storeNames)('a batch on %s', (store) => {
  const house = useHouse(store);

  /** The database, which does all it is asked and loses the first answer to an opening. */
  function losing(error: Error) {
    const openings = new Set<object>();
    let isLost = false;
    const plugin: KyselyPlugin = {
      transformQuery({ node, queryId }) {
        if (JSON.stringify(node).includes('open_sessions')) openings.add(queryId);
        return node;
      },
      async transformResult({ queryId, result }) {
        if (isLost || !openings.has(queryId)) return result;
        isLost = true;
        throw error;
      },
    };
    return { ...house().backend, db: house().backend.db.withPlugin(plugin) };
  }
  const ordersOf = (link: Json) =>
    Array.from({ length: 5 }, () => ({
      id: newId('checkoutSession'),
      linkId: link.id,
      request: anna,
      from: { origin: undefined },
    }));

  it('whose answer is lost after the commit is found, not opened again', async () => {
    const link = await invoice(house(), { maxRedemptions: 10 });
    const orders = ordersOf(link);
    const backend = losing(new Error('The line broke.'));
    const opened = await openEach(backend, orders, { isPatient: false });
    expect(opened.map((one) => one.status === 'fulfilled' && one.value.id)).toEqual(
      orders.map(({ id }) => id),
    );
    expect(await listOf(house(), '/v1/checkout-sessions', link)).toHaveLength(5);
    await expectSoundBooks(house());
  });

  it('is not tried order by order at a database that is away', async () => {
    const link = await invoice(house(), { maxRedemptions: 10 });
    const away = new DatabaseAway('it is away');
    const tried = openEach(losing(away), ordersOf(link), { isPatient: false });
    await expect(tried).rejects.toBe(away);
  });
});

describe('a request whose end nobody knows', () => {
  const house = useHouse();

  it('keeps its key: whoever asks again a minute later is led to what it made', async () => {
    const wishes: (Wish | undefined)[] = [];
    const app = new Hono<Env>();
    app.onError(onError({ publicUrl: 'http://127.0.0.1:4242', log: () => {} }));
    app.use(async (c, next) => {
      c.set('backend', house().backend);
      await next();
    });
    app.post('/v1/things', idempotent(), (c) => {
      wishes.push(c.get('wish'));
      if (wishes.length === 1) throw new DatabaseAway('after the commit, perhaps');
      return c.json({ id: 'thing' }, 201);
    });
    const ask = () =>
      app.request('/v1/things', { method: 'POST', headers: { 'idempotency-key': 'unknown-end' } });
    expect((await ask()).status).toBe(503);
    expect((await ask()).status).toBe(409);
    await house().moveClock(61);
    expect((await ask()).status).toBe(201);
    const [first, second] = wishes;
    expect(second).toMatchObject({ idText: first?.idText, isAgain: true });
  });
});

describe('what somebody holds', () => {
  const house = useHouse('PostgreSQL');

  it.each(['payment_link', 'sku'])(
    '(a row of %s) keeps no buyer of another link waiting',
    async (table) => {
      const product = await chess(house());
      const link = await linkOf(house(), product);
      const other = await invoice(house(), { maxRedemptions: 5 });
      const holder = new pg.Client({ connectionString: await urlOf(house()) });
      await holder.connect();
      await holder.query('begin');
      const held = table === 'sku' ? product.skus[0].id : link.id;
      await holder.query(`select from ${table} where id = $1 for update`, [held]);
      const items = [{ itemId: link.items[0], skuId: product.skus[0].id, quantity: 1 }];
      const waiting = house().call('POST', path(link.id), { ...anna, items });
      const sold = [await open(house(), other), await open(house(), other)];
      expect(sold.map(({ status }) => status)).toEqual(['open', 'open']);
      await holder.query('commit');
      await holder.end();
      const { status, text } = await waiting;
      expect(status, text).toBe(201);
      await expectSoundBooks(house());
    },
  );

  it('is waited for in one order by all, who change their minds and who do not', async () => {
    const product = await chess(house());
    const links = [await linkOf(house(), product), await linkOf(house(), product)];
    const answers: number[] = [];
    const buyer = async (index: number) => {
      const { id, items } = links[(index >> 1) % 2] as { id: string; items: string[] };
      const order = items.map((itemId, at) => {
        return { itemId, skuId: product.skus[at].id, quantity: 1 };
      });
      let replaces: string | undefined;
      for (let turn = 0; turn < 40; turn++) {
        // One takes now the one part and now the other for it, the next always takes both.
        const chosen = index % 2 ? order : [order[turn % 2]];
        const { status, body } = await house().call('POST', path(id), {
          ...{ ...anna, items: chosen },
          ...(replaces && { replaces }),
        });
        answers.push(status);
        if (index % 2 === 0) replaces = body.id;
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, index) => buyer(index)));
    expect(new Set(answers)).toEqual(new Set([201]));
    expect(await deadlocksOf(house())).toBe(0);
    await expectSoundBooks(house());
  }, 60_000);

  it('of idempotency keys is claimed in one order by every process', async () => {
    const other = await openHouse('PostgreSQL', { url: await urlOf(house()) });
    try {
      for (let round = 0; round < 20; round++) {
        const names = Array.from({ length: 60 }, (_, index) => `${round}-${index}`);
        const claim = (at: House, all: string[]) =>
          all.map((key) => at.backend.keys.claim({ scope: 'public', key, requestHash: 'same' }));
        const states = await Promise.all([
          ...claim(house(), names),
          ...claim(other, [...names].reverse()),
        ]);
        expect(states.filter(({ state }) => state === 'new')).toHaveLength(60);
      }
      expect(await deadlocksOf(house())).toBe(0);
    } finally {
      await other.close();
    }
  });
});
