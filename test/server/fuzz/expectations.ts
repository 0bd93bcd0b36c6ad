/** What holds of a house after anything was sent to it. */
import { expect } from 'vitest';
import { operationsOf } from '../document.js';
import type { House } from '../house.js';
import { expectSoundBooks } from '../invariants.js';
import { fuzz } from './fuzz.js';

/** `FUZZ_SEED` repeats a run. */
const seedOf = () => Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

export async function expectFuzzed(house: House, count: number): Promise<void> {
  const seed = seedOf();
  const { byOperation, faults } = await fuzz(house, seed, count);
  expect(faults, `FUZZ_SEED=${seed}`).toEqual([]);
  const isFine = ([status]: [number, number]) => status >= 200 && status < 300;
  const sum = (tallies: [number, number][]) => tallies.reduce((all, [, times]) => all + times, 0);
  const all = [...byOperation.values()].flatMap((statuses) => [...statuses]);
  expect(sum(all)).toBe(count);
  expect(sum(all.filter(isFine)) / count).toBeGreaterThan(0.25);
  expect(sum(all.filter(([status]) => status >= 400)) / count).toBeGreaterThan(0.25);
  const { body: document } = await house.call('GET', '/openapi.json');
  const neverFine = operationsOf(document)
    .map(({ operation }) => operation.operationId)
    .filter((id) => ![...(byOperation.get(id) ?? [])].some(isFine));
  expect(neverFine).toEqual([]);
  // Some requests say that they came by a proxy, of which nobody told the server.
  const about = house.logged.findIndex((said) => /TRUST_PROXY/.test(String(said)));
  if (about >= 0) house.logged.splice(about, 1);
  await expectSoundBooks(house);
}
