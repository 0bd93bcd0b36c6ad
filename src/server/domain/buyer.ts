/** Erasing a buyer: the person is forgotten, the sale is not. */
import { type BuyerErasure, Problem } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import {
  eraseFromAnswers,
  eraseFromEvents,
  eraseFromMail,
  eraseFromSandbox,
  eraseFromSessions,
  eraseFromSubscriptions,
  insertErasure,
  lockTraces,
  stopDeliveries,
} from '../store/buyers.js';
import { transaction } from '../store/database.js';

const mostNamed = 10;

/**
 * In one transaction, all or nothing. A buyer who is paying, or is still charged, is not erased under their feet:
 * sessions end by themselves within the hour, a subscription has to be canceled first.
 * @throws Problem `conflict` then; `validation_failed` for what is no address
 */
export async function eraseBuyer(backend: Backend, address: string): Promise<BuyerErasure> {
  const { db, account, sealer } = backend;
  const email = address.trim();
  if (!/^[^\s@]+@[^\s@]+$/.test(email) || email.length > 254)
    throw new Problem('validation_failed', 'This is no e-mail address.', {
      errors: [{ path: 'email', code: 'invalid_email', message: 'not an e-mail address' }],
    });
  return transaction(db, async (tx) => {
    const traces = await lockTraces(tx, account.id, email);
    if (traces.underWay.length) {
      const named = traces.underWay.slice(0, mostNamed).join(', ');
      throw new Problem('conflict', `This buyer is paying or is still charged: ${named}.`);
    }
    const erased = {
      sessions: await eraseFromSessions(tx, traces),
      subscriptions: await eraseFromSubscriptions(tx, traces),
      deliveriesStopped: await stopDeliveries(tx, traces),
      events: await eraseFromEvents(tx, traces),
      answers: await eraseFromAnswers(tx, account.id, traces),
    };
    await eraseFromMail(tx, traces);
    await eraseFromSandbox(tx, traces);
    const { erasedAt } = await insertErasure(tx, {
      ...erased,
      accountId: account.id,
      emailDigest: sealer.digest(email.toLowerCase()),
    });
    const { answers, ...counts } = erased;
    return { object: 'buyer_erasure', ...counts, idempotencyAnswers: answers, erasedAt };
  });
}
