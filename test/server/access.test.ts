import { describe, expect, it } from 'vitest';
import { rowCounts } from './invariants.js';
import { filled, routes, useRoutes } from './routes.js';

const house = useRoutes();

describe('the merchant’s part', () => {
  const merchantRoutes = () => {
    const found = routes.filter(({ path }) => !/^\/v1\/(public|sandbox)\//.test(path));
    expect(found.length).toBeGreaterThanOrEqual(25);
    return found;
  };

  it.each([
    ['no key', undefined],
    ['an unknown key', `Bearer sk_${'x'.repeat(40)}`],
    ['a key of another shape', 'Bearer 1234'],
    ['another scheme', 'Basic c2s6c2s='],
  ])('answers 401 on every route to %s', async (_name, authorization) => {
    const before = await rowCounts(house());
    for (const { method, path, hasBody } of merchantRoutes()) {
      const headers: Record<string, string> = authorization ? { authorization } : {};
      const body = hasBody ? { name: 'x' } : undefined;
      const answer = await house().call(method, filled(path), body, { key: null, headers });
      expect([path, answer.status, answer.body?.code]).toEqual([path, 401, 'unauthorized']);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
    expect(await rowCounts(house())).toEqual(before);
  });

  it('answers 404 to every id that is nobody’s, of any shape', async () => {
    const ids = ['nobody', `plink_${'0'.repeat(24)}`, '%00', '%ff', "'--", 'a'.repeat(3_000)];
    for (const { method, path } of merchantRoutes().filter((route) => /\{id\}/.test(route.path)))
      for (const id of ids) {
        const body = path.endsWith('/cancel') ? { at: 'now' } : method === 'PATCH' ? {} : undefined;
        const answer = await house().call(method, path.replace('{id}', id), body);
        expect([method, path, id, answer.status]).toEqual([method, path, id, 404]);
      }
    expect(house().logged).toEqual([]);
  });

  const listPaths = () =>
    merchantRoutes()
      .filter(
        ({ method, path }) => method === 'GET' && !/\{|\/(stream|settings)$|\.csv$/.test(path),
      )
      .map(({ path }) => path);
  const lists: Record<string, RegExp> = {
    status: /payment-links|checkout-sessions|payments|subscriptions/,
    type: /payment-links|events/,
  };

  it.each([
    'limit=0',
    'limit=101',
    'limit=ten',
    'cursor=nonsense',
    'cursor=%00',
    'status=unknown',
    'type=unknown',
  ])('refuses ?%s, or ignores it where it means nothing', async (query) => {
    for (const path of listPaths()) {
      const { status, body } = await house().call('GET', `${path}?${query}`);
      const name = query.split('=')[0] as string;
      const isMeant = lists[name]?.test(path) ?? true;
      expect([path, status]).toEqual([path, isMeant ? 422 : 200]);
      if (isMeant) expect(body.errors[0].path).toBe(name);
    }
    expect(house().logged).toEqual([]);
  });

  it('filters by a link: one nobody has finds nothing, what is no id is refused', async () => {
    for (const list of ['checkout-sessions', 'payments', 'subscriptions', 'events']) {
      const path = `/v1/${list}?paymentLinkId=`;
      const { body } = await house().call('GET', `${path}plink_${'0'.repeat(24)}`);
      expect(body).toEqual({ data: [], nextCursor: null });
      for (const id of ['nobody', '%00', '', 'cs_123'])
        expect((await house().call('GET', path + id)).body.errors[0].path).toBe('paymentLinkId');
    }
  });
});

describe('the buyers’ part', () => {
  it('answers 404 to unknown links and sessions', async () => {
    const publicRoutes = routes.filter(({ path }) =>
      /^\/v1\/(public|sandbox)\/.*\{id\}/.test(path),
    );
    expect(publicRoutes.length).toBeGreaterThanOrEqual(9);
    const bodies: Record<string, object> = {
      confirm: { phone: '+242 06 000 00 01' },
      sandbox: { outcome: 'succeeded' },
    };
    for (const { method, path, hasBody } of publicRoutes)
      for (const id of [
        'nobody',
        `cs_${'0'.repeat(24)}`,
        `plink_${'0'.repeat(24)}`,
        '%00',
        '%ff',
      ]) {
        const name = Object.keys(bodies).find((part) => path.includes(part)) ?? '';
        const body = hasBody ? (bodies[name] ?? {}) : undefined;
        const answer = await house().call(method, path.replace('{id}', id), body, { key: null });
        const told = [method, path, id, answer.status].join(' ');
        expect(told).toBe([method, path, id, 404].join(' '));
        const code = path.includes('payment-links')
          ? 'link_not_found'
          : path.includes('subscriptions')
            ? 'not_found'
            : 'session_not_found';
        expect([code, 'not_found'].slice(0, id === '%00' ? 2 : 1)).toContain(answer.body.code);
      }
    expect(house().logged).toEqual([]);
  });

  it('lets every page read every answer, refusals too', async () => {
    const path = filled('/v1/public/payment-links/{id}/sessions');
    const origin = { origin: 'https://shop.example' };
    for (const options of [
      { raw: '{' },
      { raw: '{"nonsense":1}' },
      { raw: `"${'x'.repeat(40_000)}"` },
      { raw: '{}', headers: { 'content-type': 'text/plain' } },
      { raw: '{}', headers: { 'idempotency-key': 'é' } },
    ]) {
      const headers = { ...origin, ...options.headers };
      const answer = await house().call('POST', path, undefined, {
        ...options,
        headers,
        key: null,
      });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.headers.get('access-control-allow-origin'), answer.text).toBe('*');
      expect(answer.headers.get('access-control-expose-headers')).toMatch(/ETag.*Retry-After/i);
    }
    const asked = await house().call('OPTIONS', path, undefined, {
      key: null,
      headers: {
        ...origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,idempotency-key',
      },
    });
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-headers')).toMatch(
      /content-type.*idempotency-key/i,
    );
    expect(asked.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('keeps the merchant’s part to itself: no page may read it', async () => {
    const headers = { origin: 'https://shop.example' };
    const { headers: given } = await house().call('GET', '/v1/payments', undefined, { headers });
    expect(given.get('access-control-allow-origin')).toBeNull();
  });
});
