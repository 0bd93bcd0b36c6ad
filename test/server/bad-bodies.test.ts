import { describe, expect, it } from 'vitest';
import { expectSoundBooks, rowCounts } from './invariants.js';
import type { Json } from './offers.js';
import { filled, routes, useRoutes } from './routes.js';

const house = useRoutes();

const withBody = () => {
  const found = routes.filter(({ hasBody }) => hasBody);
  expect(found.length).toBeGreaterThanOrEqual(12);
  return found;
};

/** The same for every route with a body, whichever they are. */
async function eachRefuses(
  status: number,
  code: string,
  send: { body?: unknown; raw?: string; headers?: Record<string, string> },
  check: (answer: Json) => void = () => {},
) {
  const before = await rowCounts(house());
  for (const { method, path } of withBody()) {
    const { body, ...options } = send;
    const answer = await house().call(method, filled(path), body, options);
    const told = `${method} ${path}: ${answer.text}`;
    expect([answer.status, answer.body?.code], told).toEqual([status, code]);
    expect(answer.headers.get('content-type'), told).toBe('application/problem+json');
    expect(answer.body.status).toBe(status);
    check(answer.body);
  }
  expect(await rowCounts(house())).toEqual(before);
  await expectSoundBooks(house());
}

describe('every route with a body', () => {
  it.each([
    ['an unknown key', { nonsense: true }, 'nonsense'],
    ['a poisoned key', JSON.parse('{"constructor":{"x":1}}'), 'constructor'],
  ])('refuses %s, names it and stores nothing', (_name, body, path) =>
    eachRefuses(422, 'validation_failed', { body }, ({ errors }) =>
      expect(errors).toContainEqual({
        path,
        code: 'unrecognized_keys',
        message: expect.any(String),
      }),
    ),
  );

  it.each([[[]], ['text'], [7], [null], [true]])('refuses %j in place of an object', (body) =>
    eachRefuses(422, 'validation_failed', { raw: JSON.stringify(body) }, ({ errors }) =>
      expect(errors.length).toBeGreaterThan(0),
    ),
  );

  it.each(['{', '', '{"name":"x",}', '{name: 1}', '\u0000', '{"a":1}{'])(
    'refuses what is no JSON: %j',
    (raw) => eachRefuses(400, 'malformed_json', { raw }),
  );

  it('refuses more than 32 kB, said beforehand or not', async () => {
    const raw = JSON.stringify({ name: 'x'.repeat(33_000) });
    await eachRefuses(413, 'too_large', { raw });
    await eachRefuses(413, 'too_large', { raw, headers: { 'content-length': `${raw.length}` } });
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/json'])(
    'refuses a body sent as %s',
    (type) => eachRefuses(415, 'not_json', { raw: '{}', headers: { 'content-type': type } }),
  );

  it('takes JSON whatever its charset parameter', async () => {
    const headers = { 'content-type': 'application/json; charset=UTF-8' };
    const raw = '{"name":"Renamed"}';
    const path = filled('/v1/products/{id}');
    expect((await house().call('PATCH', path, undefined, { raw, headers })).status).toBe(200);
  });

  it('refuses what is nested without end', () =>
    eachRefuses(422, 'validation_failed', { raw: `{"name":${'['.repeat(99)}${']'.repeat(99)}}` }));
});

describe('what is wrong with a body', () => {
  it.each([
    ['amount', '10.5', /^a whole number/],
    ['amount', '1e3', /^a whole number/],
    ['amount', '"10"', /expected number/],
    ['amount', '-1', />=\s?0/],
    ['name', 'null', /expected string/],
    ['type', '"gift"', /product.*amount.*subscription/],
    ['expiresAt', '"tomorrow"', /date/],
    ['currency', undefined, /^required$/],
  ])('is said in words: %s as %s', async (field, value, words) => {
    const given: Record<string, string | undefined> = {
      ...{ type: '"amount"', name: '"Fee"', currency: '"EUR"', amount: '10' },
      [field]: value,
    };
    const fields = Object.entries(given).filter(([, text]) => text !== undefined);
    const raw = `{${fields.map(([name, text]) => `"${name}":${text}`).join(',')}}`;
    const { status, body } = await house().call('POST', '/v1/payment-links', undefined, { raw });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ path: field, message: expect.stringMatching(words) }]);
  });
});
