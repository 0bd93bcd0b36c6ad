import { expect, it } from 'vitest';
import { problemSchema, problemStatus } from '../../src/contract/index.js';

/** As the surface lists them; codes of promotion codes come with promotion codes. */
const listed: Record<number, string> = {
  400: 'malformed_json',
  401: 'unauthorized',
  403: 'origin_not_allowed cross_site',
  404: 'not_found session_not_found link_not_found',
  409: 'link_inactive link_expired link_exhausted temporarily_sold_out out_of_stock price_changed idempotency_in_flight',
  413: 'too_large',
  415: 'not_json',
  422: 'validation_failed invalid_selection idempotency_mismatch',
  429: 'rate_limited',
  500: 'internal',
  502: 'provider_unavailable',
  503: 'unavailable',
};

for (const [status, codes] of Object.entries(listed))
  it.each(codes.split(' '))(`answers ${status} for %s`, (code) => {
    expect(problemStatus[code as keyof typeof problemStatus]).toBe(Number(status));
  });

it('reads an answer of a newer server: unknown codes and keys do not hurt', () => {
  const body = {
    type: 'urn:x',
    title: 'X',
    status: 418,
    code: 'teapot',
    detail: 'Short and stout',
  };
  expect(problemSchema().parse({ ...body, spout: true })).toEqual(body);
});
