/** What is true of every operation of a kind, by its path and method: said here once, not at each route. */
import { type ProblemCode, problemStatus } from '../../contract/index.js';
import { pathOf } from './components.js';
import { headerOf, parameter } from './parameters.js';
import { problemWords, retriable } from './problem-words.js';
import { tagOf } from './tags.js';
import type { Answer, Operation } from './types.js';

const isOf = (path: string, ...beginnings: string[]) =>
  beginnings.some((beginning) => path.startsWith(beginning));

/** The sandbox is called by people who try things out: it remembers no keys. */
const isIdempotent = (method: string, path: string) =>
  method === 'post' && !isOf(path, '/v1/sandbox/');

function problemsOf(method: string, path: string, operation: Operation): Set<ProblemCode> {
  const { requestBody, parameters = [], security } = operation;
  const codes = new Set<ProblemCode>(operation['x-problems']);
  const isAsked = parameters.some((one) => 'in' in one && one.in === 'query');
  codes.add('internal');
  if (security.length) codes.add('unauthorized');
  if (isOf(path, '/v1/public/')) codes.add('rate_limited');
  if (path.includes('{')) codes.add('not_found');
  if (isOf(path, '/v1/public/payment-links/')) codes.add('link_not_found');
  if (isOf(path, '/v1/public/checkout-sessions/', '/v1/sandbox/')) codes.add('session_not_found');
  if (method !== 'get') codes.add('too_large');
  if (requestBody) for (const code of ['malformed_json', 'not_json'] as const) codes.add(code);
  if (isIdempotent(method, path))
    for (const code of ['idempotency_mismatch', 'idempotency_in_flight'] as const) codes.add(code);
  if (requestBody || isAsked || isIdempotent(method, path)) codes.add('validation_failed');
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

const wordsOfPath: Readonly<Record<string, string>> = {
  id: 'Its id.',
  email: 'The buyer’s e-mail address, URL-encoded.',
};

export function complete(method: string, path: string, operation: Operation): void {
  operation.tags = [tagOf(path)];
  for (const one of operation.parameters ?? [])
    if ('in' in one && one.in === 'path') {
      const isSlug = isOf(path, '/v1/public/payment-links/');
      one.description = isSlug ? 'Its id, or its slug.' : wordsOfPath[one.name];
    }
  if (isIdempotent(method, path))
    operation.parameters = [...(operation.parameters ?? []), parameter('IdempotencyKey')];
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
