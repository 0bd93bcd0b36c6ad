import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { useStreet } from '../journeys/street.js';

const { street, newPage } = useStreet();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

it('shows every operation, webhook and schema, and each of its links leads somewhere', async () => {
  const document = await (await fetch(`${street().api}/openapi.json`)).json();
  const page = await newPage({ javaScriptEnabled: false });
  await page.goto(`${street().api}/reference`);
  const ids = await page.locator('[id]').evaluateAll((all) => all.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
  const operations = [document.paths, document.webhooks]
    .flatMap((items) => Object.values<Record<string, { operationId: string }>>(items))
    .flatMap((item) => Object.values(item).map(({ operationId }) => operationId));
  expect(operations.length).toBeGreaterThan(60);
  const schemas = Object.keys(document.components.schemas).map((name) => `schema-${name}`);
  expect(ids).toEqual(expect.arrayContaining([...operations, ...schemas]));
  const targets = await page
    .locator('a[href^="#"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')?.slice(1) ?? ''));
  expect(targets.length).toBeGreaterThan(100);
  expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
});

it('opens by the keyboard, and by a link from outside, with nothing from elsewhere', async () => {
  const page = await newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`${street().api}/reference#openCheckoutSession`);
  await page.getByText('Two shirts for Anna').first().waitFor();
  await page.locator('details:has(#createPaymentLink) > summary').focus();
  await page.keyboard.press('Enter');
  await page.locator('#createPaymentLink').waitFor();
  expect(asked.filter((url) => !url.startsWith(`${street().api}/`))).toEqual([]);
});

it.each(['light', 'dark'] as const)(
  'is faultless to axe with all of it open, %s',
  async (scheme) => {
    const page = await newPage({ colorScheme: scheme, viewport: { width: 390, height: 844 } });
    await page.goto(`${street().api}/reference`);
    await page.locator('details').evaluateAll((all) => {
      for (const one of all as HTMLDetailsElement[]) one.open = true;
    });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.evaluate(axe);
    const violations = await page.evaluate(
      'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html))',
    );
    expect(violations).toEqual([]);
  },
);
