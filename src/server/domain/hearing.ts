/** What the provider tells us, and what we read from it where it tells only where to look. */
import { type Id, Problem } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import type { Notice, ProviderEvent, ProviderMessage } from '../provider/provider.js';
import { findSession, findSessionByRef, type SessionRecord } from '../store/checkout-sessions.js';
import { DatabaseAway } from '../store/database.js';
import { isAttemptUnderWay } from '../store/payments.js';
import { applyDisputeEvent, isOfDispute } from './dispute.js';
import { providerTrouble } from './provider-trouble.js';
import { applyProviderEvent } from './settlement.js';
import { applySubscriptionEvent, isOfSubscription } from './subscription-news.js';

/**
 * @throws Problem for a message that is forged, that names a checkout nobody knows (yet), or for what could not be read
 * at the provider: it will come again
 */
export async function hear(backend: Backend, message: ProviderMessage): Promise<void> {
  // Some of it has to be read there to be understood.
  const heard = await answered((async () => backend.provider.receive?.(message))());
  if (!heard) return;
  const event = 'ref' in heard ? await eventOf(backend, heard) : heard;
  if (!event) return;
  if (isOfDispute(event)) await applyDisputeEvent(backend, event);
  else if (isOfSubscription(event)) await applySubscriptionEvent(backend, event);
  else await applyProviderEvent(backend, event);
}

async function eventOf(backend: Backend, notice: Notice): Promise<ProviderEvent | undefined> {
  const { db, provider } = backend;
  const session = await findSessionByRef(db, provider.name, notice.ref);
  if (!session) throw new Problem('session_not_found', 'No session of ours has this checkout.');
  if (!notice.failed) return read(backend, session);
  const { id, failureCode } = notice.failed;
  // A slow payer's attempt goes by the checkout's name, since it was read from there.
  const isSlow = await isAttemptUnderWay(db, session.id, notice.ref);
  return {
    provider: provider.name,
    id,
    sessionId: session.id,
    attempt: isSlow ? notice.ref : id,
    type: 'failed',
    amount: session.total,
    currency: session.currency,
    failureCode,
  };
}

async function read(
  { provider }: Backend,
  { id: sessionId, providerRef: ref, currency, status }: SessionRecord,
): Promise<ProviderEvent | undefined> {
  if (ref === null) return undefined;
  const isUnderWay = status === 'processing';
  return answered(provider.read?.({ ref, sessionId, currency, isUnderWay }));
}

/** @throws Problem `provider_unavailable` where the provider has no answer */
export async function answered<T>(answer: Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await answer;
  } catch (cause) {
    if (cause instanceof DatabaseAway || cause instanceof Problem) throw cause;
    throw providerTrouble(cause);
  }
}

/** Applies what the provider says of a session. @returns how it stands there; undefined where nothing was paid */
export async function readBack(
  backend: Backend,
  id: Id<'checkoutSession'>,
): Promise<ProviderEvent['type'] | undefined> {
  const session = await findSession(backend.db, id);
  const event = session && (await read(backend, session));
  if (event) await applyProviderEvent(backend, event);
  return event?.type;
}
