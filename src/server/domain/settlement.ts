/** The one place where a provider's event changes a session. Any order and any repetition ends the same way. */
import type { Transaction } from 'kysely';
import { type FailureCode, Problem } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { newId } from '../new-id.js';
import type { ProviderEvent } from '../provider/provider.js';
import { step } from '../step.js';
import { confirmReservation, takeAgain } from '../store/capacity.js';
import {
  countFailure,
  findSession,
  lockSession,
  moveSession,
  type SessionRecord,
} from '../store/checkout-sessions.js';
import { onCommit, transaction } from '../store/database.js';
import { type LinkFigures, readLinkFigures } from '../store/link-stats.js';
import { findPublicLink, type LinkRecord } from '../store/payment-links.js';
import { isAttemptUnderWay, movePayment, upsertPayment, wasPaid } from '../store/payments.js';
import { isNewProviderEvent } from '../store/provider-events.js';
import type { Row, Schema } from '../store/schema.js';
import { lockSubscription } from '../store/subscriptions.js';
import { afterEnd } from './after-end.js';
import { tell } from './event.js';
import { merchantLink } from './link-view.js';
import { queueMail } from './mail.js';
import { failPayment, succeedPayment } from './payment.js';
import { attempt, decideReturn } from './refund.js';
import { merchantSession } from './session-view.js';
import { isOwed, settleRenewal, startSubscription } from './subscription.js';

type Tx = Transaction<Schema>;
type Session = NonNullable<Awaited<ReturnType<typeof lockSession>>>;

/** The fifth failed attempt ends the session: a card tester gets no sixth. */
const mostAttempts = 5;

/** Thrown to roll back: the money came late and what it was for is gone. */
class NothingLeft extends Error {}

/** @throws Problem `session_not_found` where our own row is not there yet: the provider will send the event again. */
export async function applyProviderEvent(backend: Backend, event: ProviderEvent): Promise<void> {
  step('event received');
  try {
    const end = await transaction(backend.db, (tx) => apply(backend, tx, event, complete));
    step('event committed');
    if (end) await backend.limits.outcome(end.of, end.outcome);
  } catch (error) {
    if (!(error instanceof NothingLeft)) throw error;
    step('money without use');
    backend.tally('payments_late');
    await returnMoney(backend, event);
  }
}

/** The event once more, with another end: the money that bought nothing goes back, and the history says so. */
async function returnMoney(backend: Backend, event: ProviderEvent): Promise<void> {
  const { refund, end } = await transaction(backend.db, async (tx) => {
    let decided: Row<'refund'> | undefined;
    const applied = await apply(backend, tx, event, async (_backend, _tx, { id }, payment) => {
      decided = payment && (await decideReturn(tx, payment));
      step('return decided');
      // One that pays for what nobody owes any more need not have ended before.
      if (await moveSession(tx, id, { from: ['open', 'processing'], to: 'canceled' }))
        await afterEnd(backend, tx, [id], 'canceled');
    });
    return { refund: decided, end: applied };
  });
  step('return committed');
  // No card failed, and nothing was sold.
  if (end) await backend.limits.outcome(end.of, 'none');
  if (refund) await attempt(backend, refund);
}

type Complete = (
  backend: Backend,
  tx: Tx,
  session: Session,
  /** What was paid; none where there was nothing to pay. */
  payment?: Row<'payment'>,
) => Promise<void>;

/** How an attempt ended, for limits; undefined where nothing ended. */
interface End {
  readonly of: { readonly sessionId: Session['id']; readonly linkId: Session['paymentLinkId'] };
  readonly outcome: 'paid' | 'failed';
}

async function apply(
  backend: Backend,
  tx: Tx,
  event: ProviderEvent,
  complete: Complete,
): Promise<End | undefined> {
  const session = await lockSession(tx, event.sessionId);
  if (!session)
    throw new Problem(
      'session_not_found',
      `${event.provider} event ${event.id} names no session of ours`,
    );
  // Opened, and its name not noted yet: which checkout it is cannot be told.
  if (event.checkout !== undefined && session.providerRef === null)
    throw new Problem('session_not_found', `${session.id} is not noted as opened yet`);
  if (!(await isNewProviderEvent(tx, session.accountId, event))) return undefined;
  step('event noted');
  const end = isElsewhere(session, event)
    ? await review(tx, session, event)
    : await change(backend, tx, session, event, complete);
  step('event applied');
  return end;
}

async function change(
  backend: Backend,
  tx: Tx,
  session: Session,
  event: ProviderEvent,
  complete: Complete,
): Promise<End | undefined> {
  const of = { sessionId: session.id, linkId: session.paymentLinkId };
  switch (event.type) {
    case 'processing':
      await start(tx, session, event);
      return undefined;
    case 'succeeded':
      await succeed(backend, tx, session, event, complete);
      return { of, outcome: 'paid' };
    case 'failed':
      await fail(backend, tx, session, event);
      return { of, outcome: 'failed' };
    case 'canceled':
      await cancel(backend, tx, session);
      return undefined;
  }
}

/** Of another checkout than we have opened, however it came by our reference. */
const isElsewhere = ({ providerRef }: Session, { checkout }: ProviderEvent) =>
  checkout !== undefined && checkout !== providerRef;

/** Money that may not be for this order, and that may not be ours: a person has to look at it. */
async function review(tx: Tx, session: Session, event: ProviderEvent): Promise<undefined> {
  if (event.type !== 'succeeded') return;
  const { id } = await attemptOf(tx, session, event);
  await movePayment(tx, id, { from: ['processing', 'failed'], to: 'needs_review' });
}

const attemptOf = (tx: Tx, session: Session, event: ProviderEvent) =>
  upsertPayment(tx, {
    id: newId('payment'),
    accountId: session.accountId,
    checkoutSessionId: session.id,
    paymentLinkId: session.paymentLinkId,
    amount: event.amount,
    currency: event.currency,
    status: 'processing',
    failureCode: null,
    provider: event.provider,
    providerRef: event.attempt,
    testMode: session.testMode,
    subscriptionId: session.renewalOf,
    renewalPeriod: session.renewalPeriod,
  });

/** Nothing to pay (a trial): nobody attempts to take money, so there is no payment. */
const isFree = (session: Session) => session.total === 0;

async function start(tx: Tx, session: Session, event: ProviderEvent): Promise<void> {
  if (isFree(session)) return;
  const payment = await attemptOf(tx, session, event);
  if (payment.status === 'processing')
    await moveSession(tx, session.id, {
      from: ['open'],
      to: 'processing',
      failureCode: null,
      approvalUntil: null,
    });
}

async function succeed(
  backend: Backend,
  tx: Tx,
  session: Session,
  event: ProviderEvent,
  complete: Complete,
): Promise<void> {
  const isAsPriced = event.amount === session.total && event.currency === session.currency;
  if (isFree(session) && isAsPriced) return complete(backend, tx, session);
  const { id } = await attemptOf(tx, session, event);
  const from = ['processing', 'failed'] as const;
  // A session is paid once: what comes after that, late money that has gone back too, is for a person to look at.
  if (!isAsPriced || session.status === 'complete' || (await wasPaid(tx, session.id))) {
    await movePayment(tx, id, { from, to: 'needs_review' });
    return;
  }
  const payment = await succeedPayment(backend, tx, id);
  if (payment) await complete(backend, tx, session, payment);
}

/** Open, processing, or ended but paid after all: complete, if what it is for can still be had. */
async function complete(
  backend: Backend,
  tx: Tx,
  session: Session,
  payment?: Row<'payment'>,
): Promise<void> {
  const hasEnded = session.status === 'expired' || session.status === 'canceled';
  const renewed = session.renewalOf && (await lockSubscription(tx, session.renewalOf));
  if (renewed && !isOwed(renewed, session.renewalPeriod)) throw new NothingLeft();
  if (hasEnded && !session.renewalOf) {
    if (!(await takeAgain(tx, session.id))) throw new NothingLeft();
    step('reservation taken again');
  }
  const moved = await moveSession(tx, session.id, {
    from: ['open', 'processing', 'expired', 'canceled'],
    to: 'complete',
    failureCode: null,
    paymentStatus: isFree(session) ? 'no_payment_required' : 'paid',
  });
  if (!moved) return;
  step('session completed');
  await confirmReservation(tx, session.id);
  step('reservation confirmed');
  await startSubscription(backend, tx, session);
  const done = (await findSession(tx, session.id)) as SessionRecord;
  countPaid(backend, tx, done);
  const view = merchantSession(backend, done);
  await tell(backend, tx, session.accountId, 'checkout_session.completed', view);
  if (renewed && payment) await settleRenewal(backend, tx, renewed, payment);
  if (renewed) return;
  await queueMail(backend, tx, { kind: 'purchase', objectId: session.id, sessionId: session.id });
  await tellIfExhausted(backend, tx, session);
}

function countPaid(
  { visits }: Backend,
  tx: Tx,
  { paymentLinkId: linkId, ...session }: SessionRecord,
) {
  const { visitHost: host, utm } = session;
  if (host !== null)
    onCommit(tx, () => visits.count('paid', { linkId, host, source: utm.utm_source }));
}

async function tellIfExhausted(backend: Backend, tx: Tx, session: Session): Promise<void> {
  const link = (await findPublicLink(tx, session.paymentLinkId)) as LinkRecord;
  if (link.maxRedemptions === null || link.used < link.maxRedemptions) return;
  const figures = await readLinkFigures(tx, [link.id], backend.provider);
  const view = merchantLink(backend, link, figures.get(link.id) as LinkFigures);
  const data = { ...view, paymentLinkId: link.id };
  await tell(backend, tx, session.accountId, 'payment_link.exhausted', data);
}

async function fail(backend: Backend, tx: Tx, session: Session, event: ProviderEvent) {
  const failureCode = event.failureCode ?? 'declined';
  if (!isFree(session)) {
    const { id } = await attemptOf(tx, session, event);
    if (!(await failPayment(backend, tx, id, failureCode))) return;
  }
  const { failedAttempts } = await countFailure(tx, session.id, failureCode);
  if (failedAttempts >= mostAttempts) return endByAttempts(backend, tx, session);
  if (!(await isAttemptUnderWay(tx, session.id)))
    await moveSession(tx, session.id, { from: ['processing'], to: 'open', failureCode });
}

/** At the provider too: its page would let a card tester go on. If it cannot be closed, its money is late money. */
async function endByAttempts(backend: Backend, tx: Tx, { id, providerRef, ...times }: Session) {
  const failureCode: FailureCode = 'too_many_attempts';
  const from = ['open', 'processing'] as const;
  const mayBePaid = backend.provider.canExpire === false;
  if (!(await moveSession(tx, id, { from, to: 'canceled', failureCode, mayBePaid }))) return;
  await afterEnd(backend, tx, [id], 'canceled');
  if (providerRef)
    onCommit(tx, () => void backend.provider.expire(providerRef, times).catch(() => undefined));
}

async function cancel(backend: Backend, tx: Tx, session: Session): Promise<void> {
  if (await moveSession(tx, session.id, { from: ['open'], to: 'canceled' }))
    await afterEnd(backend, tx, [session.id], 'canceled');
}
