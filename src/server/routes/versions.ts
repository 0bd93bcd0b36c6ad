/**
 * The version of what has no time of its last change: what of it can be changed. Stock that is held and uses that are
 * counted are no change of anybody's.
 */
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { Problem } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { namesVersion } from '../etag.js';
import { transaction } from '../store/database.js';
import { type Locked, lockRow } from '../store/lock.js';
import type { Env } from './env.js';

interface Kind<T> {
  readonly table: Locked;
  readonly changeable: readonly (keyof T)[];
  /** @throws Problem `not_found` */
  readonly read: (backend: Backend, id: string) => Promise<T>;
}

export const kindOf = <T>(kind: Kind<T>): Kind<T> => kind;

const versionOf = <T>({ changeable }: Kind<T>, view: T): string => {
  const text = JSON.stringify(changeable.map((name) => view[name]));
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
};

export function answerVersion<T extends object>(c: Context<Env>, kind: Kind<T>, view: T): Response {
  c.header('ETag', versionOf(kind, view));
  return c.json(view);
}

/**
 * Changes what `If-Match` names, and anything where there is none. Who names a version waits for whoever is changing
 * it, and then it is another one.
 * @throws Problem `precondition_failed`
 */
export async function changeVersion<T extends object>(
  c: Context<Env>,
  kind: Kind<T>,
  change: (backend: Backend, id: string) => Promise<T>,
): Promise<Response> {
  const backend = c.get('backend');
  const id = c.req.param('id') ?? '';
  const condition = c.req.header('if-match');
  const changed =
    condition === undefined
      ? await change(backend, id)
      : await transaction(backend.db, async (tx) => {
          await lockRow(tx, kind.table, id);
          const within = { ...backend, db: tx };
          if (!namesVersion(condition, versionOf(kind, await kind.read(within, id))))
            throw new Problem('precondition_failed', 'It was changed in the meantime.');
          return change(within, id);
        });
  return answerVersion(c, kind, changed);
}
