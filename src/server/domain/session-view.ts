/** A session as buyers and as its merchant see it; payments and subscriptions as their merchant sees them. */
import type {
  CheckoutSession,
  MerchantSession,
  Payment,
  Refund,
  Subscription,
} from '../../contract/index.js';
import type { Backend } from '../backend.js';
import type { SessionRecord } from '../store/checkout-sessions.js';
import type { Customer, Row } from '../store/schema.js';
import { manageUrlOf } from './buyer-page.js';
import { isSoldHere } from './sold-here.js';

type ForView = Pick<Backend, 'provider' | 'publicUrl'>;
type ForManaging = Pick<Backend, 'publicUrl' | 'sealer'>;
type Session = Omit<Row<'checkoutSession'>, 'seq'>;

/** Whoever bought before a question was known was not asked it. */
export const noCustomer: Required<Customer> = {
  email: null,
  name: null,
  phone: null,
  billingAddress: null,
  shippingAddress: null,
};

const withIds = (template: string | null, session: Session): string | null =>
  template
    ?.replaceAll('{CHECKOUT_SESSION_ID}', session.id)
    .replaceAll('{PAYMENT_LINK_ID}', session.paymentLinkId) ?? null;

/** What buyers and the merchant see alike. An allow-list: nothing personal is on it. */
function sharedSession(
  { provider, publicUrl }: ForView,
  session: Session & Partial<SessionRecord>,
): Omit<CheckoutSession, 'extendable' | 'approvalExpiresAt' | 'operators'> {
  return {
    id: session.id,
    object: 'checkout_session',
    paymentLinkId: session.paymentLinkId,
    // Between the moment it ends and the sweep that notes it, what is shown is the truth.
    status: session.isDue ? 'expired' : session.status,
    paymentStatus: session.paymentStatus,
    url: session.url ?? `${publicUrl}/c/${session.id}`,
    embeddable: session.embeddable,
    currency: session.currency,
    total: session.total,
    totals: session.totals,
    failure: session.failureCode ? { code: session.failureCode } : null,
    reference: session.reference,
    successUrl: withIds(session.successUrl, session),
    methods: isSoldHere({ provider }, session) ? [...provider.methods] : ['page'],
    expiresAt: session.expiresAt,
    testMode: session.testMode,
  };
}

/** Whether it is paid on our own page: the provider's closes when it was said to. */
export const isOurs = (backend: Pick<Backend, 'provider'>, session: Session): boolean =>
  backend.provider.paysOnOurPage && isSoldHere(backend, session);

/** With what a waiting page has to know: how long it may wait, and for whom. */
export function publicSession(backend: ForView, session: SessionRecord): CheckoutSession {
  const { status, approvalUntil, extendedAt } = session;
  const { operators = [] } = backend.provider;
  return {
    ...sharedSession(backend, session),
    extendable: isOurs(backend, session) && status === 'open' && extendedAt === null,
    approvalExpiresAt: status === 'processing' ? approvalUntil : null,
    operators: operators.map(({ name, prefixes }) => ({ name, prefixes: [...prefixes] })),
  };
}

/** Where "back" leads: the link's own address, else the page the buyer came from. */
export const backUrlOf = (session: Session): string | null =>
  withIds(session.cancelUrl, session) ?? session.returnUrl;

export const merchantSession = (backend: ForView, session: SessionRecord): MerchantSession => ({
  ...sharedSession(backend, session),
  customer: { ...noCustomer, ...session.customer },
  items: session.totals.lines,
  customFields: session.customFields,
  metadata: session.metadata,
  utm: session.utm,
  paymentId: session.paymentId,
  subscriptionId: session.subscriptionId,
  renewalOf: session.renewalOf,
  createdAt: session.createdAt,
});

export const paymentView = (payment: Row<'payment'>): Payment => ({
  id: payment.id,
  object: 'payment',
  checkoutSessionId: payment.checkoutSessionId,
  paymentLinkId: payment.paymentLinkId,
  subscriptionId: payment.subscriptionId,
  amount: payment.amount,
  currency: payment.currency,
  refundedAmount: payment.refundedAmount,
  status: payment.status,
  failure: payment.failureCode ? { code: payment.failureCode } : null,
  testMode: payment.testMode,
  createdAt: payment.createdAt,
});

export const refundView = (refund: Row<'refund'>): Refund => ({
  id: refund.id,
  object: 'refund',
  paymentId: refund.paymentId,
  paymentLinkId: refund.paymentLinkId,
  amount: refund.amount,
  currency: refund.currency,
  status: refund.status,
  failure: refund.failureCode ? { code: refund.failureCode } : null,
  reason: refund.reason,
  releaseRedemption: refund.releaseRedemption,
  testMode: refund.testMode,
  createdAt: refund.createdAt,
  settledAt: refund.settledAt,
});

export const subscriptionView = (
  backend: ForManaging,
  subscription: Row<'subscription'>,
): Subscription => ({
  id: subscription.id,
  object: 'subscription',
  checkoutSessionId: subscription.checkoutSessionId,
  paymentLinkId: subscription.paymentLinkId,
  status: subscription.status,
  amount: subscription.amount,
  currency: subscription.currency,
  interval: subscription.interval,
  intervalCount: subscription.intervalCount,
  trialEndsAt: subscription.trialEndsAt,
  nextChargeAt: subscription.nextChargeAt,
  fullAmount: subscription.fullAmount,
  discountEndsAt: subscription.discountEndsAt,
  cancelAt: subscription.cancelAt,
  canceledAt: subscription.canceledAt,
  cancelReason: subscription.cancelReason,
  manageUrl: manageUrlOf(backend, subscription.id),
  customer: { ...noCustomer, ...subscription.customer },
  testMode: subscription.testMode,
  createdAt: subscription.createdAt,
});
