import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { apiKeySchema } from '../../src/contract/index.js';
import { merchantOfKey } from '../../src/server/store/merchants.js';
import { signIn, trySignIn } from './at-desk.js';
import { openHouse, storeNames, useHouse } from './house.js';
import { expectSoundBooks, rowCounts } from './invariants.js';
import { type Json, make } from './offers.js';

const path = '/v1/api-keys';

describe.each(storeNames)('API keys on %s', (store) => {
  const house = useHouse(store);
  afterAll(() => expectSoundBooks(house()));
  const newKey = (name = 'The shop'): Promise<Json> => make(house(), path, { name });
  const statusOf = async (key: string) =>
    (await house().call('GET', '/v1/payments', undefined, { key })).status;
  const listed = async (query = ''): Promise<Json> =>
    (await house().call('GET', path + query)).body;
  const inList = async ({ id }: Json) =>
    (await listed('?limit=100')).data.find((one: Json) => one.id === id);

  it('are told once, and open what the first one opens', async () => {
    const made = await newKey('  The shop ');
    expect(made).toEqual({
      id: expect.stringMatching(/^key_[A-Za-z0-9]{24}$/),
      object: 'api_key',
      name: 'The shop',
      hint: made.key.slice(-4),
      createdAt: expect.any(String),
      lastUsedAt: null,
      revokedAt: null,
      key: expect.stringMatching(/^sk_[A-Za-z0-9]{40}$/),
    });
    expect(await statusOf(made.key)).toBe(200);
    const { key, lastUsedAt, ...shown } = apiKeySchema().parse(made);
    expect(await inList(made)).toMatchObject(shown);
    expect(JSON.stringify(await listed())).not.toContain('sk_');
  });

  it('stand in no table as they are', async () => {
    const made = await house().call(
      'POST',
      path,
      { name: 'x' },
      {
        headers: { 'idempotency-key': 'in-no-table' },
      },
    );
    const { db } = house().backend;
    const { rows } = await sql<{ name: string }>`select table_name as name
      from information_schema.tables where table_schema = 'public'`.execute(db);
    for (const { name } of rows) {
      const hits = await sql`select 1 from ${sql.table(name)} as row
        where row::text like ${`%${made.body.key.slice(3)}%`}`.execute(db);
      expect([name, hits.rows.length]).toEqual([name, 0]);
    }
  });

  it('are listed newest first, page by page, with those a command has made', async () => {
    for (const name of ['one', 'two', 'three']) await newKey(name);
    const first = await listed('?limit=2');
    expect(first.data.map(({ name }: Json) => name)).toEqual(['three', 'two']);
    const names: (string | null)[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Json = await listed(`?limit=2${cursor && `&cursor=${cursor}`}`);
      names.push(...page.data.map(({ name }: Json) => name));
      cursor = page.nextCursor;
    }
    expect(names.slice(0, 3)).toEqual(['three', 'two', 'one']);
    expect(names.at(-1)).toBeNull();
    expect(new Set((await listed('?limit=100')).data.map(({ id }: Json) => id)).size).toBe(
      names.length,
    );
  });

  it.each(['POST', 'DELETE'])('open nothing once they are revoked, by %s', async (method) => {
    const made = await newKey();
    const at = method === 'POST' ? `${path}/${made.id}/revoke` : `${path}/${made.id}`;
    const desk = await signIn(house(), made.key);
    const { status } = await house().call(method, at);
    expect(status).toBe(method === 'POST' ? 200 : 204);
    expect([await statusOf(made.key), await statusOf(house().key)]).toEqual([401, 200]);
    expect((await desk.call('GET', '/dashboard/session')).status).toBe(204);
    expect((await trySignIn(house(), made.key)).status).toBe(401);
    const { revokedAt } = await inList(made);
    expect(revokedAt).toEqual(expect.any(String));
    await house().moveClock(5);
    expect((await house().call(method, at)).status).toBe(status);
    expect((await inList(made)).revokedAt).toBe(revokedAt);
    const { rows } = await sql`select 1 from desk_session where api_key_id = ${made.id}`.execute(
      house().backend.db,
    );
    expect(rows).toEqual([]);
  });

  it('tell when they were last used, to the minute, and are written to no more often', async () => {
    const made = await newKey();
    expect((await inList(made)).lastUsedAt).toBeNull();
    await statusOf(made.key);
    const lastUse = async () => (await inList(made)).lastUsedAt;
    await expect.poll(lastUse).toEqual(expect.any(String));
    const first = await lastUse();
    await house().moveClock(50);
    await Promise.all(Array.from({ length: 5 }, () => statusOf(made.key)));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await lastUse()).toBe(first);
    await house().moveClock(11);
    await Promise.all(Array.from({ length: 5 }, () => statusOf(made.key)));
    await expect.poll(lastUse).not.toBe(first);
  });

  it('are in use where a desk is that was opened with them', async () => {
    const made = await newKey();
    const desk = await signIn(house(), made.key);
    const { lastUsedAt } = await inList(made);
    expect(lastUsedAt).toEqual(expect.any(String));
    await house().moveClock(90);
    await desk.call('GET', '/v1/payments');
    await expect.poll(async () => (await inList(made)).lastUsedAt).not.toBe(lastUsedAt);
  });

  it('are made once for an idempotency key; the answer that comes again masks them', async () => {
    const headers = { 'idempotency-key': 'one-key' };
    const make = () => house().call('POST', path, { name: 'Once' }, { headers });
    const first = await make();
    const before = await rowCounts(house());
    const again = await make();
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
    expect(again.body).toEqual({ ...first.body, key: 'sk_…' });
    expect(await rowCounts(house())).toEqual(before);
    expect(await statusOf(first.body.key)).toBe(200);
  });

  /** As a process leaves it that dies between the work and the answer. */
  const forgetAnswer = (key: string) =>
    sql`update idempotency_key set response_status = null, response_body = null,
      locked_at = paylink_now() - interval '2 minutes' where key = ${key}`.execute(
      house().backend.db,
    );

  it('whose answer got lost are made anew under the same id, and the lost one opens nothing', async () => {
    const headers = { 'idempotency-key': 'lost' };
    const make = () => house().call('POST', path, { name: 'Lost' }, { headers });
    const lost = await make();
    await forgetAnswer('lost');
    const found = await make();
    expect([found.status, found.body.id]).toEqual([201, lost.body.id]);
    expect([await statusOf(lost.body.key), await statusOf(found.body.key)]).toEqual([401, 200]);
    expect(found.body.hint).toBe(found.body.key.slice(-4));
  });

  it('that are in use are not exchanged under whoever uses them', async () => {
    const headers = { 'idempotency-key': 'got-it' };
    const make = () => house().call('POST', path, { name: 'Got it' }, { headers });
    const first = await make();
    await statusOf(first.body.key);
    await expect.poll(async () => (await inList(first.body)).lastUsedAt).not.toBeNull();
    await forgetAnswer('got-it');
    const again = await make();
    expect([again.status, again.body.key]).toEqual([201, undefined]);
    expect(await statusOf(first.body.key)).toBe(200);
  });
});

describe.each(storeNames)('the last key on %s', (store) => {
  it('is never revoked, even where the last two are at the same moment', async () => {
    const house = await openHouse(store);
    try {
      const { db } = house.backend;
      const [own] = (await house.call('GET', path)).body.data;
      for (const [method, at] of [
        ['POST', `${path}/${own.id}/revoke`],
        ['DELETE', `${path}/${own.id}`],
      ] as const) {
        const { status, body } = await house.call(method, at);
        expect([status, body.code, body.detail]).toEqual([
          409,
          'conflict',
          'This is the last valid key: make another one first, or nobody can call the API any more.',
        ]);
      }
      for (let times = 0; times < 5; times += 1) {
        const keys = (await house.call('GET', path)).body.data;
        const valid = keys.filter(({ revokedAt }: Json) => revokedAt === null);
        expect(valid).toHaveLength(1);
        const other = await make(house, path, { name: 'The other' });
        const call = async (id: string, key: string) =>
          (await house.call('DELETE', `${path}/${id}`, undefined, { key })).status;
        const caller = await merchantOfKey(db, house.key);
        expect(caller?.apiKeyId).toBe(own.id);
        const statuses = await Promise.all([call(own.id, other.key), call(other.id, other.key)]);
        expect(statuses.filter((status) => status === 204)).toHaveLength(1);
        // Either is left; the next turn goes on with the one of the house.
        await sql`update api_key set revoked_at = null where id = ${own.id}`.execute(db);
        await house.call('DELETE', `${path}/${other.id}`);
      }
      await expectSoundBooks(house);
    } finally {
      await house.close();
    }
  });
});
