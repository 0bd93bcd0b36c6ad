/** Errors become RFC 9457 bodies here and nowhere else. */
import type { Context, ErrorHandler, NotFoundHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { Problem, type ProblemBody, problemStatus } from '../../contract/index.js';
import { DatabaseAway } from '../store/database.js';
import type { Env } from './env.js';
import { problemPage } from './problem-page.js';

export const titleOf = (code: string): string => {
  const words = code.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

function problemAnswer(c: Context<Env>, problem: Problem): Response {
  const { code, message, errors, totals, retryAfter } = problem;
  const status = problemStatus[code] as ContentfulStatusCode;
  const body: ProblemBody = {
    type: `urn:paylink:problem:${code}`,
    title: titleOf(code),
    status,
    code,
    detail: message,
    errors,
    totals,
    requestId: c.get('requestId'),
  };
  if (retryAfter !== undefined) c.header('Retry-After', String(retryAfter));
  if (status === 401) c.header('WWW-Authenticate', 'Bearer');
  return c.body(JSON.stringify(body), status, { 'content-type': 'application/problem+json' });
}

/** As Node says that a caller broke off, or was cut off, within the body. */
const isBrokenOff = ({ code, message }: NodeJS.ErrnoException): boolean =>
  code === 'ECONNRESET' && message === 'aborted';

const unavailable = () =>
  new Problem(
    'unavailable',
    'The database does not answer. Whether this was done is not known: ask again, with the same Idempotency-Key.',
    { retryAfter: 5 },
  );

function problemOf(error: Error): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof DatabaseAway) return unavailable();
  if (isBrokenOff(error)) return new Problem('malformed_json', 'The body broke off.');
  return new Problem('internal', 'Something went wrong on our side.');
}

interface ProblemsOptions {
  readonly publicUrl: string;
  readonly log: (error: unknown, requestId: string) => void;
}

/** What an operator should hear of: bugs, a database that is away, a provider that is, or that takes no key of ours. */
const toldOperators = new Set<string>(['internal', 'unavailable', 'provider_unavailable']);

/** What is no `Problem` is a bug: told to the operator, not to the caller. */
export const onError =
  ({ publicUrl, log }: ProblemsOptions): ErrorHandler<Env> =>
  (error, c) => {
    const problem = problemOf(error);
    if (toldOperators.has(problem.code)) log(error, c.get('requestId'));
    return problemPage(c, problem, publicUrl) ?? problemAnswer(c, problem);
  };

export const onNotFound: NotFoundHandler<Env> = (c) => {
  throw new Problem('not_found', `There is no ${c.req.method} ${c.req.path}.`);
};
