/** What a merchant's POST makes is made once: who asks again with the same key gets what a try before has left behind. */
import type { Context } from 'hono';
import { type Id, type IdKind, Problem } from '../../contract/index.js';
import { newId } from '../new-id.js';
import type { Env } from './env.js';

interface Maker<Kind extends IdKind, Made> {
  readonly kind: Kind;
  make(id: Id<Kind>): Promise<Made>;
  /** @throws Problem `not_found` */
  read(id: Id<Kind>): Promise<Made>;
}

export async function makeOnce<Kind extends IdKind, Made>(
  c: Context<Env>,
  { kind, make, read }: Maker<Kind, Made>,
): Promise<Made> {
  const wish = c.get('wish');
  const id = newId(kind, wish?.idText);
  if (!wish?.isAgain) return make(id);
  return read(id).catch((error) => {
    if (error instanceof Problem && error.code === 'not_found') return make(id);
    throw error;
  });
}
