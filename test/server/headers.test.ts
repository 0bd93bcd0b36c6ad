import { describe, expect, it, vi } from 'vitest';
import { type Answer, type House, useHouse } from './house.js';
import { begun, invoice, type Json, open, pay } from './offers.js';

const browser = { accept: 'text/html,application/xhtml+xml', 'accept-language': 'fr' };

const policyOf = ({ headers }: Answer): Record<string, string> =>
  Object.fromEntries(
    (headers.get('content-security-policy') ?? '').split('; ').map((directive) => {
      const [name = '', ...values] = directive.split(' ');
      return [name, values.join(' ')];
    }),
  );

function expectSafe(what: string, answer: Answer, isHttps: boolean): void {
  const { headers, status } = answer;
  const seen = (name: string) => `${what} ${name}: ${headers.get(name)}`;
  expect(seen('x-content-type-options')).toBe(`${what} x-content-type-options: nosniff`);
  expect(seen('referrer-policy')).toBe(`${what} referrer-policy: no-referrer`);
  expect(headers.get('strict-transport-security')).toBe(isHttps ? 'max-age=31536000' : null);
  // Refused by browsers in tabs that sandboxed frames open.
  expect(headers.get('cross-origin-opener-policy')).toBeNull();
  expect(headers.get('x-powered-by')).toBeNull();
  const policy = policyOf(answer);
  expect([what, policy['default-src']]).toEqual([what, "'none'"]);
  if (status < 300 || status > 399) expect([what, policy['frame-ancestors']]).toBeDefined();
  if (!headers.get('content-type')?.startsWith('text/html')) return;
  expect(policy).toMatchObject({ 'script-src': "'self'", 'style-src': "'self'" });
  expect(policy['base-uri']).toBe("'none'");
  expect(Object.values(policy).join(' ')).not.toMatch(/unsafe|\*/);
  // Nothing that such a policy would not let run.
  expect(answer.text).not.toMatch(
    /<script(?![^>]* src=| type="application\/ld\+json">)|\son\w+=|\sstyle=|<style/i,
  );
  expect(headers.get('cache-control')).toBe('no-store');
  expect(seen('permissions-policy')).toMatch(/camera=\(\).*geolocation=\(\).*microphone=\(\)/);
}

interface Visit {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly status: number;
  readonly form?: string;
}

async function visits(house: House): Promise<Visit[]> {
  const link = await invoice(house, { slug: 'invoice' });
  const renamed = await invoice(house, { slug: 'before' });
  await house.call('PATCH', `/v1/payment-links/${renamed.id}`, { slug: 'after' });
  const closed = await invoice(house);
  await house.call('PATCH', `/v1/payment-links/${closed.id}`, { isActive: false });
  const waiting = await open(house, link);
  const paid = await pay(house, await open(house, link));
  const left = await pay(
    house,
    await open(house, await invoice(house, { successUrl: 'https://shop.example/thanks' })),
  );
  const { subscription } = await begun(house);
  const page = new URL(subscription.manageUrl).pathname;
  const { src } = (await house.call('GET', '/pay-link.json')).body;
  const get = (path: string, status = 200): Visit => ({ method: 'GET', path, status });
  const post = (path: string, form: string, status: number): Visit => ({
    method: 'POST',
    path,
    form,
    status,
  });
  return [
    get('/', 302),
    get('/dashboard'),
    get('/dashboard/links/new'),
    get('/nothing/here', 404),
    get('/p/nobody', 404),
    get('/c/nobody', 404),
    get('/c/%00', 404),
    get('/favicon.ico'),
    get('/pay-link.js'),
    get('/pay-link.json'),
    get(new URL(src).pathname),
    get('/pay-link-9.9.9-0123456789abcdef0123.js', 404),
    get('/assets/pages.css'),
    get('/assets/pages.js'),
    get('/reference'),
    get('/assets/reference.css'),
    get('/locales/de.json'),
    get('/healthz'),
    get('/readyz'),
    get('/openapi.json'),
    get('/v1/payments'),
    get('/dashboard/session', 204),
    post('/dashboard/session', '', 403),
    { method: 'DELETE', path: '/dashboard/session', status: 403 },
    get('/v1/nothing', 404),
    get(`/v1/public/payment-links/${link.id}`),
    get(`/p/${link.id}?embed=1`),
    get('/p/invoice'),
    get('/p/before', 302),
    get(`/p/${closed.id}`, 410),
    post('/p/invoice', 'email=nonsense', 422),
    post('/p/invoice', 'email=anna%40example.com', 303),
    get(`/c/${waiting.id}`),
    get(`/c/${paid.id}`),
    get(`/c/${paid.id}?receipt=1`),
    get(`/c/${left.id}`, 303),
    post(`/c/${waiting.id}/mobile-money`, 'phone=nonsense', 422),
    post(`/c/${waiting.id}/outcome`, 'outcome=declined', 303),
    post(`/c/${waiting.id}/outcome`, 'outcome=canceled', 303),
    post(`/c/${waiting.id}/cancel`, '', 303),
    get('/s/nobody', 404),
    get(page),
    get(`${page}?cancel=1`),
    post(`${page}/pay`, '', 303),
    post(`${page}/cancel`, '', 303),
    post(`${page}/resume`, '', 303),
  ];
}

/** Of all there are outside the API. */
function pagesMissedBy(all: readonly Visit[], { app }: House): string[] {
  const pages = app.routes.filter(
    ({ path, method }) => !path.includes('*') && method !== 'ALL' && !path.startsWith('/v1'),
  );
  expect(pages.length).toBeGreaterThan(10);
  return pages.flatMap(({ method, path }) => {
    const pattern = new RegExp(`^${path.replaceAll(/:\w+(\{[^}]+\})?/g, '[^/?]+')}(\\?|$)`);
    const isSeen = all.some((one) => one.method === method && pattern.test(one.path));
    return isSeen ? [] : [`${method} ${path}`];
  });
}

describe.each([
  ['http://127.0.0.1:4242', false],
  ['https://pay.example.com', true],
])('every answer of %s', (publicUrl, isHttps) => {
  const house = useHouse(undefined, { publicUrl });

  const visit = ({ method, path, form }: Visit) =>
    house().call(method, path, undefined, {
      ...(form !== undefined && { raw: form }),
      headers: {
        ...browser,
        ...(form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
    });

  it('carries what keeps a browser from being misled', async () => {
    const all = await visits(house());
    expect(pagesMissedBy(all, house())).toEqual([]);
    for (const one of all) {
      const answer = await visit(one);
      const what = `${one.method} ${one.path} ${answer.status}`;
      expect(what).toBe(`${one.method} ${one.path} ${one.status}`);
      // The one page that anybody may show in a frame.
      const isForAll = one.path.endsWith('embed=1');
      if (isForAll) expect(policyOf(answer)['frame-ancestors']).toBe('*');
      else expectSafe(what, answer, isHttps);
      if (/pay-link[^/]*\.js|locales/.test(one.path) && one.status === 200)
        expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    }
    expect(house().logged).toEqual([]);
  });

  it('is a page where a person asked and nothing is there, or something broke', async () => {
    const gone = await visit({ method: 'GET', path: '/nothing', status: 404 });
    expect(gone.text).toContain('Il n’y a rien ici');
    const program = await house().call('GET', '/nothing');
    expect(program.body.code).toBe('not_found');
    const broken = vi.spyOn(house().backend.db, 'selectFrom').mockImplementation(() => {
      throw new Error('broken');
    });
    const page = await visit({ method: 'GET', path: '/c/cs_1', status: 500 });
    broken.mockRestore();
    expectSafe('a fault', page, isHttps);
    expect([page.status, page.text]).toEqual([500, expect.stringContaining('chez nous')]);
    expect(page.text).toContain(page.headers.get('x-request-id'));
    expect(house().logged.splice(0)).toHaveLength(1);
    const limit = vi.spyOn(house().backend.limits, 'request');
    const { Problem } = await import('../../src/contract/index.js');
    limit.mockRejectedValue(new Problem('rate_limited', 'Too often.', { retryAfter: 7 }) as Json);
    const busy = await visit({ method: 'GET', path: '/p/invoice', status: 429 });
    limit.mockRestore();
    expectSafe('a refusal', busy, isHttps);
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '7']);
    expect(busy.text).toContain('Trop de tentatives');
  });
});
