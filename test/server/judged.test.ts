import { beforeAll, expect, it } from 'vitest';
import { type Exchange, type Judge, judgeBy } from './document.js';
import { useHouse } from './house.js';
import { invoice, type Json } from './offers.js';

const house = useHouse();
let judge: Judge;
let link: Json;
beforeAll(async () => {
  judge = judgeBy((await house().call('GET', '/openapi.json')).body);
  link = await invoice(house());
});

const body = { type: 'amount', name: 'Invoice 17', currency: 'XAF', amount: 25_000 };

const made = (other: Partial<Exchange> & { answer?: unknown; type?: string; etag?: string }) => {
  const { answer = link, type = 'application/json', etag = '"1"', ...rest } = other;
  return judge({
    method: 'POST',
    path: '/v1/payment-links',
    sent: JSON.stringify(body),
    status: 201,
    text: JSON.stringify(answer),
    headers: new Headers({
      'content-type': type,
      'x-request-id': 'an id',
      ...(etag && { etag }),
    }),
    ...rest,
  });
};

const problem = (code: string, status: number) => ({
  status,
  type: 'application/problem+json',
  answer: { type: 'urn:x', title: 'x', status, code, detail: 'x' },
});

it('lets pass what is as the document says', () => {
  expect(made({})).toBeUndefined();
  expect(made(problem('validation_failed', 422))).toBeUndefined();
});

it.each<[string, () => Parameters<typeof made>[0]]>([
  ['a status nobody told of', () => ({ status: 202 })],
  ['another content type', () => ({ type: 'text/html' })],
  ['a field nobody told of', () => ({ answer: { ...link, secret: 'x' } })],
  ['a field nobody told of, deep inside', () => ({ answer: { ...link, branding: { x: 1 } } })],
  ['a missing field', () => ({ answer: { ...link, url: undefined } })],
  ['a value of another kind', () => ({ answer: { ...link, amount: '25000' } })],
  ['a time that is none', () => ({ answer: { ...link, createdAt: 'yesterday' } })],
  ['a header that is not there', () => ({ etag: '' })],
  ['no X-Request-Id', () => ({ headers: new Headers({ etag: '"1"' }) })],
  ['a problem this operation does not name', () => problem('price_changed', 409)],
  ['a body that was taken though no schema allows it', () => ({ sent: '{"name":1}' })],
  ['a route nobody told of', () => ({ path: '/v1/elsewhere' })],
])('finds %s', (_what, exchange) => {
  expect(made(exchange())).toEqual(expect.any(String));
});
