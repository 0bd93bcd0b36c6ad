/** A bot that tries stolen cards at a link, from several addresses, and what it must not achieve. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, vi } from 'vitest';
import { allowed } from '../../src/server/limits/allowed.js';
import { type Answer, type House, newDatabase, openHouse, type StoreName } from './house.js';
import { expectSoundBooks } from './invariants.js';
import { invoice, type Json, open } from './offers.js';

export const address = (n: number) => `203.0.${n >> 8}.${n & 255}`;
export const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
export const playPath = ({ id }: Json) => `/v1/sandbox/checkout-sessions/${id}`;

export function expectRefusal({ status, body, headers }: Answer): void {
  expect([status, body.code]).toEqual([429, 'rate_limited']);
  expect(headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  expect(headers.get('content-type')).toBe('application/problem+json');
}

/** As many as there are, so many at once. */
export async function each<In>(
  inputs: readonly In[],
  atOnce: number,
  work: (input: In) => Promise<void>,
) {
  const left = [...inputs];
  const lane = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

/** What has reached the far side of the provider. */
export async function reached({ backend }: House): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select coalesce(sum(attempts), 0)::int as count from sandbox_checkout`.execute(backend.db);
  return rows[0]?.count ?? 0;
}

/** What is kept of whom it was. */
async function kept({ backend }: House): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    select key as text from rate_limit
    union all select caller from limited_attempt where caller is not null`.execute(backend.db);
  return rows.map(({ text }) => text);
}

/** So many requests, from five addresses and more; of their attempts only as many as is allowed get through. */
export async function testCards(store: StoreName, requests: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'paylink-limits-'));
  const place = store === 'PostgreSQL' ? await newDatabase() : { folder };
  const house = await openHouse(store, place);
  const link = await invoice(house);
  const sessions = await Promise.all(numbers(128).map(() => open(house, link)));
  /** A share of the requests, at ever other sessions. */
  const bot = (from: string | undefined, share: number) =>
    each(numbers(requests * share), 16, async (n) => {
      const options = { key: null, ...(from && { from }) };
      const path = playPath(sessions[n % sessions.length]);
      const answer = await house.call('POST', path, { outcome: 'declined' }, options);
      if (answer.status !== 200) expectRefusal(answer);
    });
  await bot(address(1), 0.2);
  expect(await reached(house)).toBe(allowed.attempts.points);
  // Others pay meanwhile, and one sale allows the link one failure more.
  const sale = await open(house, link);
  const other = { key: null, from: address(2) };
  const paid = await house.call('POST', playPath(sale), { outcome: 'succeeded' }, other);
  expect(paid.body.status).toBe('complete');
  for (const n of [3, 4]) await bot(address(n), 0.2);
  // The one that the sale has allowed.
  await bot(address(5), 1 / requests);
  const full = 1 + allowed.declines.points + 1;
  expect(await reached(house)).toBe(full);
  // The link as a whole has had enough: wherever the next ones call from, they are let through a few times each.
  const few = allowed.attemptsPastDeclines;
  for (const n of [6, 7]) await bot(address(n), 0.2);
  expect(await reached(house)).toBe(full + 2 * few);
  // So are all together whom nobody knows.
  await bot(undefined, 0.02);
  expect(await reached(house)).toBe(full + 3 * few);
  // Who has not failed pays.
  const honest = (on: House, from: string, session: Json) =>
    on.call('POST', playPath(session), { outcome: 'succeeded' }, { key: null, from });
  expect((await honest(house, address(8), await open(house, link))).body.status).toBe('complete');
  const next = await open(house, link);
  await expectSoundBooks(house);
  await house.close();

  const again = await openHouse(store, place);
  for (const from of [undefined, address(1), address(6)])
    expectRefusal(
      await again.call(
        'POST',
        playPath(next),
        { outcome: 'succeeded' },
        { key: null, ...(from && { from }) },
      ),
    );
  expect(await reached(again)).toBe(full + 3 * few + 1);
  expect((await honest(again, address(9), next)).body.status).toBe('complete');
  // Nothing is kept of whom it was but digests, and those not for long.
  expect((await kept(again)).length).toBeGreaterThan(3);
  for (const text of await kept(again)) expect(text).not.toMatch(/203\.0\./);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
  await again.moveClock(25 * 3_600);
  await again.worker.sweep();
  expect(await kept(again)).toEqual([]);
  await again.close();
  await rm(folder, { recursive: true, force: true });
}
