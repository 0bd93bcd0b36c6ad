/** How an attempt to take money ends, and that it is told. */
import type { Transaction } from 'kysely';
import type { FailureCode } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { step } from '../step.js';
import { movePayment } from '../store/payments.js';
import type { Row, Schema } from '../store/schema.js';
import { tell } from './event.js';
import { paymentView } from './session-view.js';

type Tx = Transaction<Schema>;
type Payment = Row<'payment'>;

/** @returns the payment where it was moved there just now, and has been told of */
export async function succeedPayment(backend: Backend, tx: Tx, id: Payment['id']) {
  const from = ['processing', 'failed'] as const;
  const payment = await movePayment(tx, id, { from, to: 'succeeded', failureCode: null });
  if (!payment) return undefined;
  step('payment moved');
  await tell(backend, tx, payment.accountId, 'payment.succeeded', paymentView(payment));
  return payment;
}

/** @returns the payment where it was moved there just now, and has been told of */
export async function failPayment(
  backend: Backend,
  tx: Tx,
  id: Payment['id'],
  failureCode: FailureCode,
) {
  const payment = await movePayment(tx, id, { from: ['processing'], to: 'failed', failureCode });
  if (!payment) return undefined;
  step('payment moved');
  await tell(backend, tx, payment.accountId, 'payment.failed', paymentView(payment));
  return payment;
}
