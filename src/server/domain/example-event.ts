/** What a test event tells of: an object of the right shape under an id that nothing has. */
import type {
  EventType,
  Id,
  IdKind,
  MerchantLink,
  MerchantSession,
  Payment,
  Refund,
  Subscription,
} from '../../contract/index.js';
import { newId } from '../new-id.js';

type Data = (
  | MerchantLink
  | MerchantSession
  | Payment
  | (Payment & { refund: Refund })
  | Subscription
) & { paymentLinkId: string };

const eur = { amount: 2_500, currency: 'EUR' } as const;
const name = 'Test of a webhook endpoint';
/** RFC 2606: a domain that is nobody's. */
const customer = {
  email: 'buyer@example.com',
  name: null,
  phone: null,
  billingAddress: null,
  shippingAddress: null,
};

type NewId = <Kind extends IdKind>(kind: Kind) => Id<Kind>;

/** The data of an event of this type, as of `now`. */
export function exampleOf(type: EventType, now: string, idOf: NewId = newId): Data {
  const [family, step] = type.split('.') as [string, string];
  switch (family) {
    case 'checkout_session':
      return session(step, now, idOf);
    case 'payment':
      return payment(step, now, idOf);
    case 'subscription':
      return subscription(step, now, idOf);
    default:
      return link(step, now, idOf);
  }
}

function link(step: string, now: string, idOf: NewId): Data {
  const id = idOf('paymentLink');
  const status = { deactivated: 'inactive', expired: 'expired', exhausted: 'exhausted' } as const;
  const isActive = step !== 'deactivated';
  return {
    id,
    object: 'payment_link',
    paymentLinkId: id,
    type: 'amount',
    status: status[step as keyof typeof status] ?? 'active',
    isActive,
    name,
    description: null,
    imageUrl: null,
    slug: null,
    url: `https://example.com/p/${id}`,
    ...eur,
    minAmount: null,
    maxAmount: null,
    suggestedAmounts: null,
    items: [],
    expiresAt: step === 'expired' ? now : null,
    maxRedemptions: step === 'exhausted' ? 1 : null,
    redemptionCount: step === 'exhausted' ? 1 : 0,
    reservedCount: 0,
    collectedAmount: step === 'exhausted' ? eur.amount : 0,
    lastPaymentAt: step === 'exhausted' ? now : null,
    collectEmail: 'required',
    collectName: 'none',
    collectPhone: 'none',
    collectBillingAddress: false,
    collectShippingAddress: false,
    customFields: [],
    termsUrl: null,
    allowPromotionCodes: false,
    submitType: 'pay',
    submitMessage: null,
    inactiveMessage: null,
    fallbackUrl: null,
    successUrl: null,
    cancelUrl: null,
    allowedOrigins: null,
    branding: null,
    metadata: {},
    testMode: true,
    createdAt: now,
    updatedAt: now,
  };
}

function session(step: string, now: string, idOf: NewId): Data {
  const id = idOf('checkoutSession');
  const status = { completed: 'complete', expired: 'expired', canceled: 'canceled' } as const;
  const isPaid = step === 'completed';
  const { amount, currency } = eur;
  const line = { itemId: null, skuId: null, priceId: null, name, quantity: 1 };
  const lines = [{ ...line, unitAmount: amount, amount }];
  return {
    id,
    object: 'checkout_session',
    paymentLinkId: idOf('paymentLink'),
    status: status[step as keyof typeof status] ?? 'open',
    paymentStatus: isPaid ? 'paid' : 'unpaid',
    url: `https://example.com/c/${id}`,
    embeddable: false,
    currency,
    total: amount,
    totals: {
      currency,
      lines,
      subtotal: amount,
      discounts: [],
      discount: 0,
      total: amount,
      recurring: null,
    },
    failure: null,
    reference: null,
    successUrl: null,
    methods: ['page'],
    expiresAt: now,
    testMode: true,
    customer,
    items: lines,
    customFields: {},
    metadata: {},
    utm: {},
    paymentId: isPaid ? idOf('payment') : null,
    subscriptionId: null,
    renewalOf: null,
    createdAt: now,
  };
}

function payment(step: string, now: string, idOf: NewId): Data {
  const status = { failed: 'failed', refunded: 'refunded', disputed: 'disputed' } as const;
  const taken: Payment = {
    id: idOf('payment'),
    object: 'payment',
    checkoutSessionId: idOf('checkoutSession'),
    paymentLinkId: idOf('paymentLink'),
    subscriptionId: null,
    ...eur,
    refundedAmount: step === 'refunded' ? eur.amount : 0,
    status: status[step as keyof typeof status] ?? 'succeeded',
    failure: step === 'failed' ? { code: 'declined' } : null,
    testMode: true,
    createdAt: now,
  };
  return step.startsWith('refund') ? { ...taken, refund: refund(step, taken, idOf) } : taken;
}

function refund(step: string, { id, paymentLinkId, createdAt }: Payment, idOf: NewId): Refund {
  const isRefused = step === 'refund_failed';
  return {
    id: idOf('refund'),
    object: 'refund',
    paymentId: id,
    paymentLinkId,
    ...eur,
    status: isRefused ? 'failed' : 'succeeded',
    failure: isRefused ? { code: 'declined' } : null,
    reason: 'requested',
    releaseRedemption: false,
    testMode: true,
    createdAt,
    settledAt: createdAt,
  };
}

function subscription(step: string, now: string, idOf: NewId): Data {
  const status = { past_due: 'past_due', canceled: 'canceled' } as const;
  return {
    id: idOf('subscription'),
    object: 'subscription',
    checkoutSessionId: idOf('checkoutSession'),
    paymentLinkId: idOf('paymentLink'),
    status: status[step as keyof typeof status] ?? 'active',
    ...eur,
    interval: 'month',
    intervalCount: 1,
    trialEndsAt: null,
    nextChargeAt: step === 'canceled' ? null : now,
    fullAmount: null,
    discountEndsAt: null,
    cancelAt: step === 'updated' ? now : null,
    canceledAt: step === 'canceled' ? now : null,
    cancelReason: step === 'canceled' ? 'requested' : null,
    manageUrl: `https://example.com/s/${'0'.repeat(46)}`,
    customer,
    testMode: true,
    createdAt: now,
  };
}
