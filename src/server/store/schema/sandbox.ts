/** The far side of the sandbox provider. */
import type { Generated } from 'kysely';
import type { FailureCode, Id } from '../../../contract/index.js';
import type { Outcome } from '../../provider/sandbox.js';
import type { Defaulted } from './column.js';

export interface SandboxCheckoutTable {
  checkoutSessionId: Id<'checkoutSession'>;
  amount: number;
  currency: string;
  status: Defaulted<'open' | 'pending' | 'paid' | 'canceled' | 'expired'>;
  attempts: Generated<number>;
  phone: string | null;
  approvalUntil: string | null;
  refundOutcome: Defaulted<Outcome>;
  refundFailureCode: FailureCode | null;
  chargeOutcome: Defaulted<Outcome>;
  chargeFailureCode: Defaulted<FailureCode | null>;
}

export interface SandboxRefundTable {
  key: string;
  checkoutSessionId: Id<'checkoutSession'>;
  amount: number;
  currency: string;
  failureCode: FailureCode | null;
  /** Of a renewal; otherwise of the checkout. */
  chargeRef: Defaulted<string | null>;
}

export interface SandboxChargeTable {
  ref: string;
  checkoutSessionId: Id<'checkoutSession'>;
  amount: number;
  currency: string;
  failureCode: FailureCode | null;
}

export interface SandboxEventTable {
  id: string;
  checkoutSessionId: Id<'checkoutSession'>;
  attempt: number;
  type: 'succeeded' | 'failed' | 'canceled';
  failureCode: FailureCode | null;
  amount: number;
  currency: string;
  deliverAt: string;
  copiesLeft: number;
}
