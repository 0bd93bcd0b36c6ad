/**
 * The address of a buyer's own page of a subscription. Whoever has it may see and end that subscription: it is given
 * to the buyer and to the merchant, and is nothing that could be guessed from an id.
 */
import { timingSafeEqual } from 'node:crypto';
import { type Id, isId } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import type { SessionRecord } from '../store/checkout-sessions.js';

type Deps = Pick<Backend, 'publicUrl' | 'sealer'>;

const prefix = 'sub_';
const idLength = 24;

/** 132 bits under `SECRET_KEY`: no table of tokens is kept, and none can leak. */
const proofOf = ({ sealer }: Deps, id: string) =>
  sealer.digest(`subscription page\n${id}`).slice(0, 22);

export const manageUrlOf = (deps: Deps, id: Id<'subscription'>): string =>
  `${deps.publicUrl}/s/${id.slice(prefix.length)}${proofOf(deps, id)}`;

const aDayMs = 24 * 60 * 60_000;

/**
 * On the page of a payment the address is shown for a day: the buyer is there by then to keep it, and the id of a
 * session, which travels further, does not open somebody's subscription for ever.
 */
export function manageUrlAfter(
  deps: Deps,
  session: Pick<SessionRecord, 'subscriptionId' | 'completedAt' | 'updatedAt' | 'now'>,
): string | null {
  const { subscriptionId, completedAt, updatedAt, now } = session;
  const since = Date.parse(completedAt ?? updatedAt);
  if (!subscriptionId || Date.parse(now) - since > aDayMs) return null;
  return manageUrlOf(deps, subscriptionId);
}

/** @returns which subscription the token opens; undefined for one that was made up */
export function subscriptionOfToken(deps: Deps, token: string): Id<'subscription'> | undefined {
  const id = `${prefix}${token.slice(0, idLength)}`;
  if (!isId('subscription', id)) return undefined;
  const shown = Buffer.from(token.slice(idLength));
  const wanted = Buffer.from(proofOf(deps, id));
  return shown.length === wanted.length && timingSafeEqual(shown, wanted) ? id : undefined;
}
