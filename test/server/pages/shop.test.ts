import { expect, test } from 'vitest';
import { cast, castNames } from '../../../demo/cast.js';
import { seedCast } from '../../../demo/seed.js';
import { shopPage } from '../../../demo/shop.js';
import { newLinkSchema, newProductSchema } from '../../../src/contract/index.js';

const origin = 'http://127.0.0.1:4242';
const id = (prefix: string, index: number) => `${prefix}_${String(index).padStart(24, 'a')}`;

const now = '2026-11-23T12:00:00.000Z';

/** Answers like the API of a new database, and keeps what was asked of it. */
function recorder() {
  const calls: { method: string; path: string; body: unknown }[] = [];
  const known = new Map<string, object>();
  const call = async (method: string, path: string, body?: unknown) => {
    const index = calls.length;
    if (method === 'GET') {
      const found = known.get(path.split('/').at(-1) ?? '');
      if (found) return found;
      throw new Error('404');
    }
    calls.push({ method, path, body });
    if (path === '/v1/products') return { id: id('prod', index) };
    if (path.endsWith('/sessions')) return { id: id('cs', index) };
    const link = { id: id('plink', index), url: `${origin}/p/${index}`, status: 'active', now };
    known.set(link.id, link);
    return link;
  };
  return { call, calls };
}

test('the cast is made of bodies the API accepts, with pictures on the shop’s origin', async () => {
  const { call, calls } = recorder();
  await seedCast(call, origin);
  for (const { method, path, body } of calls) {
    if (method === 'POST' && path === '/v1/products')
      expect(newProductSchema().safeParse(body).error).toBeUndefined();
    if (method === 'POST' && path === '/v1/payment-links')
      expect(newLinkSchema().safeParse(body).error).toBeUndefined();
  }
  expect(JSON.stringify(calls)).toContain(`${origin}/shop/tee-sand.svg`);
  expect(JSON.stringify(calls)).not.toMatch(/"(imageUrl|fallbackUrl)":"\//);
});

test('one link is bought up, one expires by the server’s clock, one is switched off', async () => {
  const { call, calls } = recorder();
  await seedCast(call, origin);
  const after = calls.filter(({ path }) => !/^\/v1\/(products|payment-links)$/.test(path));
  expect(after.map(({ method, path }) => `${method} ${path.replace(/_\w+/g, '_…')}`)).toEqual([
    'POST /v1/public/payment-links/plink_…/sessions',
    'POST /v1/sandbox/checkout-sessions/cs_…',
    'PATCH /v1/payment-links/plink_…',
    'PATCH /v1/payment-links/plink_…',
  ]);
  expect(after[2]?.body).toEqual({ expiresAt: '2026-11-23T12:00:03.000Z' });
  expect(after[3]?.body).toEqual({ isActive: false });
});

test('the T-shirt has twelve SKUs, one sold out, one with three left, one dearer', () => {
  const skus = cast.tee.product?.skus ?? [];
  expect(skus).toHaveLength(12);
  expect(skus.filter(({ stockQuantity }) => stockQuantity === 0)).toHaveLength(1);
  expect(skus.filter(({ stockQuantity }) => stockQuantity === 3)).toHaveLength(1);
  expect(skus.filter(({ unitAmount }) => unitAmount !== undefined)).toHaveLength(1);
});

test('the shop embeds every link as a merchant would, with nothing inline', async () => {
  const links = await seedCast(recorder().call, origin);
  const page = shopPage({ api: 'https://pay.example', links, shopOrigin: origin });
  expect(page).toContain('<script async src="https://pay.example/pay-link.js"></script>');
  for (const name of castNames) expect(page).toContain(`link="${links[name].id}"`);
  expect(page).not.toMatch(/\sstyle="|<style|\son[a-z]+="|<script(?![^>]*src=)/);
});
