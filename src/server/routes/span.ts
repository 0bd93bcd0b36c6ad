/** A span of time in a query: `from` and `to`, each a day in UTC or an instant. */
import type { Context } from 'hono';
import { Problem } from '../../contract/index.js';
import type { Span } from '../store/paging.js';
import type { Env } from './env.js';

/** Years that any database knows. */
export const momentPattern =
  /^(19|2\d)\d\d-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d))?$/;

const aDayMs = 24 * 60 * 60_000;

const invalid = (path: string, message: string) =>
  new Problem('validation_failed', 'The request does not fit the schema.', {
    errors: [{ path, code: 'invalid_value', message }],
  });

/** @throws Problem `validation_failed` for what is no day and no instant, and where `to` comes before `from` */
export function readSpan(c: Context<Env>): Span {
  const [from, to] = [readMoment(c, 'from'), readMoment(c, 'to')];
  // The whole of the last day.
  const end = to && (to.isDay ? to.at + aDayMs : to.at);
  if (from && end !== undefined && end <= from.at) throw invalid('to', 'later than `from`');
  return { from: from && isoOf(from.at), before: end === undefined ? undefined : isoOf(end) };
}

const isoOf = (at: number) => new Date(at).toISOString();

function readMoment(
  c: Context<Env>,
  name: string,
): { readonly at: number; readonly isDay: boolean } | undefined {
  const text = c.req.query(name);
  if (text === undefined) return undefined;
  const at = timeOf(text);
  if (at === undefined) throw invalid(name, 'a day such as 2030-05-04, or an instant in ISO 8601');
  return { at, isDay: text.length === 10 };
}

function timeOf(text: string): number | undefined {
  const at = Date.parse(text);
  // The thirtieth of February is read as a day of March.
  const isThere = momentPattern.test(text) && !Number.isNaN(at) && isDayOf(text.slice(0, 10));
  return isThere ? at : undefined;
}

function isDayOf(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && isoOf(at).startsWith(day);
}
