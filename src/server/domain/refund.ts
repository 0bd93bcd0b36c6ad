/**
 * Money given back, in three steps that each survive a crash after them: decided and recorded, done at the
 * provider, recorded. The sweep goes on where somebody stopped; the refund's id keeps it one refund.
 * What a payment started lives on: a refunded subscription is canceled by who wants that, not by the refund.
 */
import type { Transaction } from 'kysely';
import { type Id, Problem, type Refund, type RefundRequest } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { newId } from '../new-id.js';
import type { MoneyAnswer } from '../provider/provider.js';
import { step } from '../step.js';
import { giveBack } from '../store/capacity.js';
import { transaction } from '../store/database.js';
import type { Page } from '../store/paging.js';
import { findPublicLink } from '../store/payment-links.js';
import { findPayment, lockPayment } from '../store/payments.js';
import {
  claimDueRefunds,
  findByRequestKey,
  findRefund,
  insertRefund,
  listRefunds,
  putOff,
  setAside,
  settleRefund,
} from '../store/refunds.js';
import type { Row, Schema } from '../store/schema.js';
import { tell } from './event.js';
import { inLanes } from './lanes.js';
import { queueMail } from './mail.js';
import { tellOfLink } from './payment-link.js';
import { paymentView, refundView } from './session-view.js';
import { elsewhereInWords, isSoldHere } from './sold-here.js';

type Tx = Transaction<Schema>;
type RefundRecord = Row<'refund'>;
type Payment = Row<'payment'>;

export interface RefundWish extends RefundRequest {
  /** The `Idempotency-Key`: its answer may be lost after the refund was decided. */
  readonly requestKey?: string | undefined;
}

const noPayment = () => new Problem('not_found', 'There is no payment of this id.');

/** @throws Problem `not_found`, `conflict` where nothing can be given back, `validation_failed` for too much */
export async function refundPayment(
  backend: Backend,
  paymentId: string,
  wish: RefundWish,
): Promise<Refund> {
  const { refund, isNew } = await transaction(backend.db, (tx) =>
    decide(backend, tx, paymentId, wish),
  );
  step('refund decided');
  if (isNew) await attempt(backend, refund);
  return refundView(await findRefund(backend.db, refund.id));
}

/** @throws Problem `not_found` */
export async function readRefunds({ db, account }: Backend, paymentId: string, page: Page) {
  const payment = await findPayment(db, account.id, paymentId);
  if (!payment) throw noPayment();
  const { data, nextCursor } = await listRefunds(db, payment.id, page);
  return { data: data.map(refundView), nextCursor };
}

const leftOf = ({ amount, refundedAmount, pendingRefund }: Payment) =>
  amount - refundedAmount - pendingRefund;

export async function decide(
  { account, provider }: Backend,
  tx: Tx,
  paymentId: string,
  { amount, releaseRedemption = false, requestKey }: RefundWish,
): Promise<{ refund: RefundRecord; isNew: boolean }> {
  const payment = await lockPayment(tx, account.id, paymentId);
  if (!payment) throw noPayment();
  const before = requestKey && (await findByRequestKey(tx, account.id, requestKey));
  if (before) {
    const isSame = before.paymentId === payment.id && before.amount === (amount ?? before.amount);
    if (isSame && before.releaseRedemption === releaseRedemption)
      return { refund: before, isNew: false };
    throw new Problem('idempotency_mismatch', 'This key came with another refund before.');
  }
  if (!isSoldHere({ provider }, payment)) throw notOurs(provider, payment);
  if (releaseRedemption && payment.renewalPeriod !== null)
    throw new Problem('validation_failed', 'A renewal uses nothing that could be given back.', {
      errors: [{ path: 'releaseRedemption', code: 'not_allowed', message: 'not of a renewal' }],
    });
  const wanted = amount ?? leftOf(payment);
  if (wanted === 0 || !(await setAside(tx, payment.id, wanted))) throw whyNot(payment);
  const refund = await record(tx, payment, {
    amount: wanted,
    reason: 'requested',
    releaseRedemption,
    requestKey: requestKey ?? null,
  });
  return { refund, isNew: true };
}

function notOurs(provider: Backend['provider'], payment: Payment): Problem {
  const way =
    payment.provider === 'sandbox'
      ? 'no money moved, there is none to give back'
      : `refund it in ${payment.provider}’s dashboard`;
  const message = `This payment ${elsewhereInWords({ provider }, payment)}: ${way}.`;
  return new Problem('conflict', message);
}

function whyNot(payment: Payment): Problem {
  const { status } = payment;
  const left = leftOf(payment);
  if (status !== 'succeeded' && status !== 'partially_refunded' && status !== 'refunded')
    return new Problem('conflict', `A payment that is ${status} cannot be refunded.`);
  if (left === 0) return new Problem('conflict', 'Nothing of the payment is left to be refunded.');
  const message = `at most ${left} is left to be refunded`;
  return new Problem('validation_failed', 'This is more than is left of the payment.', {
    errors: [{ path: 'amount', code: 'too_large', message, limit: left }],
  });
}

type Decision = Pick<RefundRecord, 'amount' | 'reason' | 'releaseRedemption' | 'requestKey'>;

const record = (tx: Tx, payment: Payment, decision: Decision): Promise<RefundRecord> =>
  insertRefund(tx, {
    id: newId('refund'),
    accountId: payment.accountId,
    paymentId: payment.id,
    paymentLinkId: payment.paymentLinkId,
    currency: payment.currency,
    testMode: payment.testMode,
    ...decision,
  });

/** In the transaction that finds out that the money came late and buys nothing: all of it goes back. */
export async function decideReturn(tx: Tx, payment: Payment): Promise<RefundRecord> {
  const { amount } = payment;
  if (!(await setAside(tx, payment.id, amount)))
    throw new Error(`${payment.id} has just succeeded and cannot be returned`);
  const reason = 'late_payment';
  return record(tx, payment, { amount, reason, releaseRedemption: false, requestKey: null });
}

/** Asks the provider and notes its answer. An answer that does not come is asked for again by the sweep. */
export async function attempt(backend: Backend, refund: RefundRecord): Promise<void> {
  const answer = await ask(backend, refund);
  step('refund answered');
  if (answer.status === 'pending') return void (await putOff(backend.db, refund.id));
  await transaction(backend.db, (tx) => settle(backend, tx, refund, answer));
  step('refund committed');
}

async function ask({ db, provider }: Backend, refund: RefundRecord): Promise<MoneyAnswer> {
  const { id: refundId, accountId, paymentId, amount, currency } = refund;
  const payment = await findPayment(db, accountId, paymentId);
  if (!payment || !isSoldHere({ provider }, payment)) return { status: 'pending' };
  try {
    return await provider.refund({ refundId, ref: payment.providerRef, amount, currency });
  } catch {
    return { status: 'pending' };
  }
}

type End = Exclude<MoneyAnswer, { status: 'pending' }> | { readonly status: 'succeeded' };

async function settle(backend: Backend, tx: Tx, refund: RefundRecord, end: End): Promise<void> {
  const payment = await settleRefund(
    tx,
    refund.id,
    end.status === 'failed' ? { to: 'failed', failureCode: end.failureCode } : { to: 'succeeded' },
  );
  // Somebody else had the answer first.
  if (!payment) return;
  step('refund settled');
  const hasFailed = end.status === 'failed';
  const type = hasFailed ? 'payment.refund_failed' : 'payment.refunded';
  const data = { ...paymentView(payment), refund: refundView(await findRefund(tx, refund.id)) };
  await tell(backend, tx, refund.accountId, type, data);
  if (hasFailed) return;
  const { checkoutSessionId: sessionId } = payment;
  await queueMail(backend, tx, { kind: 'refund', objectId: refund.id, sessionId });
  if (refund.releaseRedemption) await release(backend, tx, sessionId);
}

/**
 * The use, the stock and the code are there for another buyer; a link that lacked just this one sells again.
 * What was given back before stays as it is.
 */
export async function release(
  backend: Backend,
  tx: Tx,
  sessionId: Id<'checkoutSession'>,
): Promise<void> {
  const freed = await giveBack(tx, sessionId);
  step('reservation given back');
  if (freed && (await findPublicLink(tx, freed))?.status === 'active')
    await tellOfLink(backend, tx, freed, 'payment_link.activated');
}

/** Refunds the provider did not answer, and those of a process that died. */
export async function attemptDueRefunds(backend: Backend): Promise<void> {
  const due = await claimDueRefunds(backend.db);
  await inLanes(8, due, (refund) => attempt(backend, refund));
}
