/** Lists are newest first; a cursor is the sequence number of the last row, written so that nobody counts on it. */
import { Problem } from '../../contract/index.js';

export interface Page {
  readonly limit: number;
  readonly before: number | undefined;
}

export interface Listed<T> {
  readonly data: T[];
  readonly nextCursor: string | null;
}

/** A span of time; open where an end is not said. */
export interface Span {
  readonly from: string | undefined;
  /** The first instant that is not in it. */
  readonly before: string | undefined;
}

const encode = (seq: number): string => Buffer.from(`seq:${seq}`).toString('base64url');

/** @throws Problem `validation_failed` for a cursor we did not write. */
export function decodeCursor(cursor: string): number {
  const match = /^seq:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (match) return Number(match[1]);
  const errors = [{ path: 'cursor', code: 'invalid', message: 'not a cursor of this list' }];
  throw new Problem('validation_failed', 'The cursor is not one of ours.', { errors });
}

/** Rows were asked with `limit + 1`: one more tells whether there is a next page. */
export function listed<Row extends { seq: number }>(
  rows: readonly Row[],
  { limit }: Page,
): Listed<Row> {
  const data = rows.slice(0, limit);
  const last = data[data.length - 1];
  return { data, nextCursor: rows.length > limit && last ? encode(last.seq) : null };
}
