/** What a request may have wrong: its body, its bytes, its headers, its ids. */
import fc from 'fast-check';
import type { Json } from '../offers.js';

const huge = 'x'.repeat(40_000);

/** Values that are of the wrong kind almost everywhere, or at an edge. */
const odd: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json[]>(
    null,
    true,
    '',
    ' ',
    [],
    {},
    [[]],
    0,
    -1,
    1,
    2 ** 31,
    2 ** 53 - 1,
    2 ** 53,
    -(2 ** 53),
    1e308,
    0.5,
    'a\u0000b',
    '\ud800',
    '\udc00x',
    '\u202e',
    '🧾'.repeat(3_000),
    huge,
    '1e3',
    '2026-02-30T00:00:00Z',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999+14:00',
    'https://shop.example/\u0000',
    'https://[',
    "'; drop table payment; --",
  ),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.jsonValue() as fc.Arbitrary<Json>,
);

const poisoned = fc.constantFrom('__proto__', 'constructor', 'prototype', 'a\u0000', 'unknown', '');

function* placesIn(value: Json, path: readonly (string | number)[] = []): Generator<Json> {
  yield path;
  if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) yield* placesIn(inner, [...path, key]);
}

/** Own keys only, so that `__proto__` is one like any other. */
const put = (target: Json, key: string, value: Json): void => {
  Object.defineProperty(target, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
};

function changedAt(
  value: Json,
  [key, ...rest]: readonly string[],
  change: (at: Json) => Json,
): Json {
  if (key === undefined) return change(value);
  const copy = Array.isArray(value) ? [...value] : { ...value };
  put(copy, key, changedAt(value[key], rest, change));
  return copy;
}

/** The body with something wrong in it: a value, a field too much, a field too few. */
export const withFault = (body: Json): fc.Arbitrary<Json> => {
  const places = [...placesIn(body)];
  return fc
    .tuple(fc.constantFrom(...places), fc.nat({ max: 9 }), odd, poisoned)
    .map(([place, way, value, key]) =>
      changedAt(body, place, (at) => {
        if (way < 6 || typeof at !== 'object' || at === null) return value;
        const copy = Array.isArray(at) ? [...at] : { ...at };
        if (way < 8) put(copy, key, value);
        else delete copy[Object.keys(copy)[0] ?? ''];
        return copy;
      }),
    );
};

/** Bytes that are no JSON, or not what they look like. */
export const brokenText = (text: string): fc.Arbitrary<string> =>
  fc.oneof(
    fc.nat({ max: text.length }).map((length) => text.slice(0, length)),
    fc.constantFrom(
      '',
      '{',
      '[]',
      'null',
      '"text"',
      '{"a":1,"a":2}',
      '{"amount":1e3}',
      '{"amount":10.0}',
      '{"__proto__":{"isAdmin":true}}',
      `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
      `{"name":"${huge}"}`,
      '\ufeff{}',
      '{"name":"\\ud800"}',
    ),
    fc.string({ unit: 'binary', maxLength: 300 }),
  );

export const contentTypes = fc.constantFrom(
  'application/json; charset=utf-16',
  'APPLICATION/JSON',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  '',
);

export const oddHeaders = fc.constantFrom<Record<string, string>>(
  { 'idempotency-key': '' },
  { 'idempotency-key': 'two words' },
  { 'idempotency-key': 'k'.repeat(300) },
  { 'idempotency-key': 'always the same'.replaceAll(' ', '-') },
  { 'idempotency-key': 'é' },
  { 'if-match': '"0"' },
  { 'if-match': '*' },
  { 'if-match': ',,, W/' },
  { 'if-none-match': '*' },
  { 'if-none-match': '"\u00e9"' },
  { 'last-event-id': 'evt_Place0000000000000000003' },
  { 'last-event-id': 'x'.repeat(9_000) },
  { origin: 'null' },
  { origin: 'https://elsewhere.example' },
  { origin: 'no origin at all' },
  { 'accept-language': '*;q=zzz' },
  { 'x-forwarded-for': '999.999.999.999' },
  { range: 'bytes=0-1' },
);

/** In place of an id in a path; percent-encoded as it is. */
export const oddPaths = fc.oneof(
  fc.constantFrom(
    '%00',
    '%ff',
    '%ED%A0%80',
    '..%2f..',
    '%',
    'null',
    '-1',
    `${'x'.repeat(3_000)}`,
    'plink_AAAAAAAAAAAAAAAAAAAAAAAA',
    'cs_AAAAAAAAAAAAAAAAAAAAAAAA',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).map(encodeURIComponent),
);

export const oddQueries = fc.oneof(
  fc.constantFrom(
    'limit=0',
    'limit=101',
    'limit=1e1',
    'limit=-1',
    'limit=١',
    'limit=',
    'cursor=',
    'cursor=%00',
    'cursor=c2VxOi0x',
    'cursor=c2VxOjk5OTk5OTk5OTk5OTk5OQ',
    'days=0',
    'days=367',
    'status=nothing',
    'type=%ED%A0%80',
    'paymentLinkId=plink_',
    'paymentLinkId=%27',
    'country=%00',
    'locale=%F0',
    'unknown=1',
  ),
  fc.webQueryParameters(),
);
