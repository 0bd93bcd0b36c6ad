/** Errors become RFC 9457 bodies here and nowhere else. */
import type { Context, ErrorHandler, NotFoundHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { Problem, type ProblemBody, problemStatus } from '../../contract/index.js';
import type { Env } from './env.js';

export const titleOf = (code: string): string => {
  const words = code.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export function problemAnswer(c: Context<Env>, problem: Problem): Response {
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

/** What is no `Problem` is a bug: told to the operator, not to the caller. */
export const onError =
  (log: (error: unknown, requestId: string) => void): ErrorHandler<Env> =>
  (error, c) => {
    if (error instanceof Problem) return problemAnswer(c, error);
    log(error, c.get('requestId'));
    return problemAnswer(c, new Problem('internal', 'Something went wrong on our side.'));
  };

export const onNotFound: NotFoundHandler<Env> = (c) =>
  problemAnswer(c, new Problem('not_found', `There is no ${c.req.method} ${c.req.path}.`));
