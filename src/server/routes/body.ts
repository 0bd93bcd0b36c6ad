/** The one reader of request bodies and query parameters: parsed here, trusted behind. */
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit as limitBody } from 'hono/body-limit';
import { en } from 'zod/locales';
import type * as z from 'zod/mini';
import {
  type FieldProblem,
  type Id,
  type IdKind,
  idPrefixes,
  isId,
  Problem,
} from '../../contract/index.js';
import { decodeCursor, type Page } from '../store/paging.js';
import type { Env } from './env.js';
import type { Text, WholeNumber } from './operation.js';

const mostBytes = 32 * 1024;
/** A provider tells more than we ask for. */
const mostBytesOfProviders = 256 * 1024;
const mostDepth = 16;

const invalid = (errors: readonly FieldProblem[]) =>
  new Problem('validation_failed', 'The request does not fit the schema.', { errors });

/** Stops reading at 32 kB, or 256 kB of a provider's. @throws Problem `too_large` */
export function bodyLimit(): MiddlewareHandler {
  const [usual, ofProviders] = [atMost(mostBytes), atMost(mostBytesOfProviders)];
  return (c, next) => (c.req.path.startsWith('/v1/providers/') ? ofProviders : usual)(c, next);
}

function atMost(maxSize: number): MiddlewareHandler {
  const onError = () => {
    throw new Problem('too_large', `A body has at most ${maxSize} bytes.`);
  };
  const counted = limitBody({ maxSize, onError });
  return async (c, next) => {
    const length = c.req.header('content-length');
    // Node sends no more on than was announced: only a body of unknown length has to be counted.
    if (length === undefined || c.req.header('transfer-encoding'))
      return isRead(c) ? counted(c, next) : next();
    return Number(length) > maxSize ? onError() : next();
  };
}

const isRead = ({ req }: Context) => req.method !== 'GET' && req.method !== 'HEAD';

/** Reads a JSON body. @throws Problem `not_json` `malformed_json` `validation_failed` */
export async function readJson<Schema extends z.ZodMiniType>(
  c: Context<Env>,
  schema: Schema,
): Promise<z.output<Schema>> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type !== 'application/json')
    throw new Problem('not_json', 'The body must be sent as application/json.');
  return parse(schema, parseJson(await c.req.text()));
}

/** Where nothing has to be said, nothing need be sent. @throws as `readJson` does */
export async function readJsonIfAny<Schema extends z.ZodMiniType>(
  c: Context<Env>,
  schema: Schema,
): Promise<z.output<Schema>> {
  const isAbsent = c.req.header('content-type') === undefined && (await c.req.text()) === '';
  return isAbsent ? parse(schema, {}) : readJson(c, schema);
}

function parseJson(text: string): unknown {
  try {
    JSON.parse(text);
  } catch (cause) {
    throw new Problem('malformed_json', 'The body is not JSON.', { cause });
  }
  const value: unknown = JSON.parse(withoutFloats(text));
  const poisoned = findPoison(value, '', 0);
  if (poisoned) throw invalid([poisoned]);
  return value;
}

/**
 * All our numbers are integers, and `1e3` or `10.0` must not pass for one: JSON.parse forgets how a number
 * was written, so any other spelling becomes something no schema takes.
 */
const withoutFloats = (text: string): string =>
  text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) =>
    token[0] !== '"' && /[.eE]/.test(token) ? `{"${notAnInteger}":"${token}"}` : token,
  );

const notAnInteger = 'notAnInteger';

const poisonousKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** What PostgreSQL keeps in no text: NUL, and half of a surrogate pair. */
const unkeepable = /\0|\p{Surrogate}/u;

function findPoison(value: unknown, path: string, depth: number): FieldProblem | undefined {
  if (typeof value === 'string' && unkeepable.test(value))
    return { path, code: 'invalid_text', message: 'a character that cannot be kept' };
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > mostDepth) return { path, code: 'too_deep', message: 'nested too deeply' };
  for (const [key, inner] of Object.entries(value)) {
    const at = path ? `${path}.${key}` : key;
    if (poisonousKeys.has(key) || unkeepable.test(key))
      return { path: at, code: 'unrecognized_keys', message: 'not allowed' };
    const found = findPoison(inner, at, depth + 1);
    if (found) return found;
  }
  return undefined;
}

const inEnglish = en().localeError;

/** What is wrong, for a developer: the mini schemas bring no words of their own, which a browser would have to load. */
const inWords: typeof inEnglish = (issue) => {
  const { code, input } = issue;
  if (typeof input === 'object' && input !== null && notAnInteger in input)
    return 'a whole number, written without a point or an exponent';
  return code === 'invalid_type' && input === undefined ? 'required' : inEnglish(issue);
};

/** @throws Problem `validation_failed` with a path for each problem */
export function parse<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const result = schema.safeParse(value, { error: inWords });
  if (result.success) return result.data;
  throw invalid(result.error.issues.flatMap((issue) => fieldProblems(issue)));
}

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly Issue[])[];
}

/** A union reports the branch that came nearest; unknown keys are named one by one. */
function fieldProblems(issue: Issue, before: readonly PropertyKey[] = []): FieldProblem[] {
  const path = [...before, ...issue.path];
  if (issue.code === 'unrecognized_keys')
    return (issue.keys ?? []).map((key) => ({
      path: [...path, key].join('.'),
      code: 'unrecognized_keys',
      message: 'not a known field',
    }));
  const branches = (issue.errors ?? []).filter((branch) => branch.length > 0);
  if (issue.code === 'invalid_union' && branches.length) {
    const nearest = branches.reduce((one, other) => (other.length < one.length ? other : one));
    return nearest.flatMap((inner) => fieldProblems(inner, path));
  }
  return [{ path: path.join('.'), code: issue.code ?? 'invalid', message: issue.message }];
}

/** `limit` (1 to 100, 20 by default) and `cursor`. */
export function readPage(c: Context<Env>): Page {
  const limit = c.req.query('limit') ?? '20';
  if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > 100)
    throw invalid([{ path: 'limit', code: 'out_of_range', message: '1 to 100' }]);
  const cursor = c.req.query('cursor');
  return { limit: Number(limit), before: cursor === undefined ? undefined : decodeCursor(cursor) };
}

/** A text of so many characters that the database can look for, or absent. */
export function readText(c: Context<Env>, name: string, { maxLength }: Text): string | undefined {
  const text = c.req.query(name);
  if (text === undefined) return undefined;
  const { length } = [...text];
  if (length < 1 || length > maxLength)
    throw invalid([{ path: name, code: 'out_of_range', message: `1 to ${maxLength} characters` }]);
  if (unkeepable.test(text))
    throw invalid([{ path: name, code: 'invalid_text', message: 'a character that is nowhere' }]);
  return text;
}

/** A whole number in its range, or its default. */
export function readNumber(c: Context<Env>, name: string, range: WholeNumber): number {
  const text = c.req.query(name);
  if (text === undefined) return range.default;
  const { minimum, maximum } = range;
  if (/^\d{1,9}$/.test(text) && Number(text) >= minimum && Number(text) <= maximum)
    return Number(text);
  throw invalid([{ path: name, code: 'out_of_range', message: `${minimum} to ${maximum}` }]);
}

/** The filter by a link, or absent. */
export const readLinkFilter = (c: Context<Env>): Id<'paymentLink'> | undefined =>
  readIdFilter(c, 'paymentLinkId', 'paymentLink');

/** A filter by an id of one of these kinds, or absent. */
export function readIdFilter<Kind extends IdKind>(
  c: Context<Env>,
  name: string,
  ...kinds: readonly Kind[]
): Id<Kind> | undefined {
  const value = c.req.query(name);
  if (value === undefined) return undefined;
  if (kinds.some((kind) => isId(kind, value))) return value as Id<Kind>;
  const known = kinds.map((kind) => `${idPrefixes[kind]}_…`).join(' or ');
  throw invalid([{ path: name, code: 'invalid_value', message: `an id ${known}` }]);
}

/** A filter that is one of a list, or absent. */
export function readChoice<const Choice extends string>(
  c: Context<Env>,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const value = c.req.query(name);
  if (value === undefined) return undefined;
  const choice = choices.find((one) => one === value);
  if (choice === undefined)
    throw invalid([{ path: name, code: 'invalid_value', message: `one of ${choices.join(', ')}` }]);
  return choice;
}
