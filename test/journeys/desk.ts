/** A merchant in front of the desk, who knows only what is written there. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { createKey } from '../../src/server/store/accounts.js';
import type { Street } from './street.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Signs in with a key of its own, and stands before the list of links. */
export async function sitDown(page: Page, { api, backend }: Street, path = ''): Promise<void> {
  await page.goto(`${api}/dashboard${path}`);
  await page.getByLabel('API key').fill(await createKey(backend.db, backend.account.id));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Desk' }).waitFor();
}

/** @returns what axe finds wrong, and how far the page is wider than its window */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const violations = (await page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html))',
  )) as string[];
  const wide = (await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )) as number;
  return wide > 0 ? [...violations, `${wide} pixels too wide`] : violations;
}

/** In either scheme, on a phone and on a desk; every width in every scheme where there is time. */
export async function expectFaultless(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of process.env.LONG ? [390, 1280] : [colorScheme === 'dark' ? 390 : 1280]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 844 });
      expect(await faultsOf(page), `${colorScheme} ${width}`).toEqual([]);
    }
}
