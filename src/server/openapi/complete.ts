/** What is true of every operation of a kind, by its path and method: said here once, not at each route. */
import {
  type IdKind,
  idLength,
  idPrefixes,
  type ProblemCode,
  problemStatus,
} from '../../contract/index.js';
import { pathOf } from './components.js';
import { headerOf, parameter } from './parameters.js';
import { problemWords, retriable } from './problem-words.js';
import { storyId } from './story.js';
import { tagOf } from './tags.js';
import type { Answer, Operation, Parameter } from './types.js';

const isOf = (path: string, ...beginnings: string[]) =>
  beginnings.some((beginning) => path.startsWith(beginning));

/** The sandbox is called by people who try things out: it remembers no keys. Of a preview nothing is remembered. */
const isIdempotent = (method: string, path: string) =>
  method === 'post' && !isOf(path, '/v1/sandbox/') && !path.endsWith('/preview');

function problemsOf(method: string, path: string, operation: Operation): Set<ProblemCode> {
  const { requestBody, parameters = [], security } = operation;
  const codes = new Set<ProblemCode>(operation['x-problems']);
  // A bare text is taken as it comes.
  const isChecked = parameters.some((one) =>
    '$ref' in one
      ? one.$ref === parameter('Limit').$ref
      : one.in === 'query' && Object.keys(one.schema).length > 1,
  );
  codes.add('internal');
  codes.add('unavailable');
  // The desk's cookie is believed only from our own pages, and a body beside it only as JSON.
  if (security.length) for (const code of ['unauthorized', 'cross_site'] as const) codes.add(code);
  if (security.length && method !== 'get') codes.add('not_json');
  // The public part is limited by address, and so is guessing keys.
  if (isOf(path, '/v1/public/', '/v1/sandbox/') || security.length) codes.add('rate_limited');
  if (path.includes('{')) codes.add('not_found');
  if (isOf(path, '/v1/public/payment-links/')) codes.add('link_not_found');
  if (isOf(path, '/v1/public/checkout-sessions/', '/v1/sandbox/')) codes.add('session_not_found');
  if (method !== 'get') codes.add('too_large');
  if (requestBody) for (const code of ['malformed_json', 'not_json'] as const) codes.add(code);
  if (isIdempotent(method, path))
    for (const code of ['idempotency_mismatch', 'idempotency_in_flight'] as const) codes.add(code);
  if (requestBody || isChecked || isIdempotent(method, path)) codes.add('validation_failed');
  return codes;
}

function problemAnswer(codes: readonly ProblemCode[]): Answer {
  const [first, ...more] = codes.map((code) =>
    codes.length > 1 ? `\`${code}\`: ${problemWords[code]}` : problemWords[code],
  );
  return {
    description: more.length ? `- ${[first, ...more].join('\n- ')}` : (first ?? ''),
    headers: {
      'X-Request-Id': headerOf('RequestId'),
      ...(codes.some((code) => retriable.includes(code)) && {
        'Retry-After': headerOf('RetryAfter'),
      }),
    },
    content: {
      'application/problem+json': {
        schema: {
          allOf: [{ $ref: pathOf('Problem') }, { properties: { code: { enum: [...codes] } } }],
        },
        examples: Object.fromEntries(
          codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]),
        ),
      },
    },
  };
}

function problemAnswers(codes: ReadonlySet<ProblemCode>) {
  const byStatus: Record<number, ProblemCode[]> = {};
  for (const code of codes) {
    const status = problemStatus[code];
    byStatus[status] = [...(byStatus[status] ?? []), code];
  }
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, some]) => [status, problemAnswer(some)]),
  );
}

/** Whose ids stand behind `{id}`, by the part of the path before it. */
const kinds: Readonly<Record<string, IdKind>> = {
  'payment-links': 'paymentLink',
  'checkout-sessions': 'checkoutSession',
  products: 'product',
  skus: 'sku',
  prices: 'price',
  coupons: 'coupon',
  'promotion-codes': 'promotionCode',
  payments: 'payment',
  subscriptions: 'subscription',
  'webhook-endpoints': 'webhookEndpoint',
  events: 'event',
  'api-keys': 'apiKey',
};

function pathParameter(path: string, name: string): Parameter {
  const of = { name, in: 'path', required: true };
  if (name === 'email') {
    const schema = { type: 'string', format: 'email' };
    return { ...of, description: 'The buyer’s e-mail address, URL-encoded.', schema };
  }
  const kind = kinds[/([a-z-]+)\/\{id\}/.exec(path)?.[1] ?? ''];
  if (!kind) throw new Error(`Nobody said whose ids stand in ${path}.`);
  const schema = { type: 'string', pattern: `^${idPrefixes[kind]}_[A-Za-z0-9]{${idLength}}$` };
  return isOf(path, '/v1/public/payment-links/')
    ? {
        ...of,
        description: 'Its id, or its slug.',
        schema: { type: 'string', examples: [storyId(kind)] },
      }
    : { ...of, description: 'Its id.', schema };
}

export function complete(method: string, path: string, operation: Operation): void {
  operation.tags = [tagOf(path)];
  operation.parameters = (operation.parameters ?? []).map((one) =>
    'in' in one && one.in === 'path' ? pathParameter(path, one.name) : one,
  );
  if (isIdempotent(method, path))
    operation.parameters = [...operation.parameters, parameter('IdempotencyKey')];
  for (const answer of Object.values(operation.responses))
    answer.headers = {
      'X-Request-Id': headerOf('RequestId'),
      ...(isIdempotent(method, path) && {
        'Idempotent-Replayed': headerOf('IdempotentReplayed'),
      }),
      ...answer.headers,
    };
  operation.responses = {
    ...operation.responses,
    ...problemAnswers(problemsOf(method, path, operation)),
  };
  delete operation['x-problems'];
}
