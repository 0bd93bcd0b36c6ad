/** Spans of time in a query: `from` and `to`, each a day in UTC or an instant; `createdFrom` and `createdTo`, instants. */
import type { Context } from 'hono';
import { Problem } from '../../contract/index.js';
import type { Span } from '../store/paging.js';
import type { Env } from './env.js';

/** Years that any database knows. */
export const momentPattern =
  /^(19|2\d)\d\d-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d))?$/;

/** An instant in UTC, as JavaScript writes it. */
export const instantPattern = /^(19|2\d)\d\d-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/;

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

/**
 * When what is listed was made: from `createdFrom` on, which counts, up to `createdTo`, which does not.
 * @throws Problem `validation_failed` for what is no instant in UTC, and where `createdTo` does not come after `createdFrom`
 */
export function readCreated(c: Context<Env>): Span {
  const [from, to] = [readInstant(c, 'createdFrom'), readInstant(c, 'createdTo')];
  if (from !== undefined && to !== undefined && to <= from)
    throw invalid('createdTo', 'later than `createdFrom`');
  return {
    from: from === undefined ? undefined : isoOf(from),
    before: to === undefined ? undefined : isoOf(to),
  };
}

const isoOf = (at: number) => new Date(at).toISOString();

function readMoment(
  c: Context<Env>,
  name: string,
): { readonly at: number; readonly isDay: boolean } | undefined {
  const text = c.req.query(name);
  if (text === undefined) return undefined;
  const at = timeOf(text, momentPattern);
  if (at === undefined) throw invalid(name, 'a day such as 2030-05-04, or an instant in ISO 8601');
  return { at, isDay: text.length === 10 };
}

function readInstant(c: Context<Env>, name: string): number | undefined {
  const text = c.req.query(name);
  if (text === undefined) return undefined;
  const at = timeOf(text, instantPattern);
  if (at === undefined) throw invalid(name, 'an instant in UTC such as 2030-05-04T09:30:00Z');
  return at;
}

function timeOf(text: string, pattern: RegExp): number | undefined {
  const at = Date.parse(text);
  // The thirtieth of February is read as a day of March.
  const isThere = pattern.test(text) && !Number.isNaN(at) && isDayOf(text.slice(0, 10));
  return isThere ? at : undefined;
}

function isDayOf(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && isoOf(at).startsWith(day);
}
