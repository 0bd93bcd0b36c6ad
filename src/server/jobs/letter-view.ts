/** What a letter knows, read when it is sent: whoever was erased meanwhile is written to no more. */
import type { Id, Totals } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { manageUrlOf } from '../domain/buyer-page.js';
import type { LetterView } from '../letters/view.js';
import { findSession, type SessionRecord } from '../store/checkout-sessions.js';
import { findSender } from '../store/mail.js';
import { findPublicLink } from '../store/payment-links.js';
import { findPayment } from '../store/payments.js';
import { findRefund } from '../store/refunds.js';
import type { Row } from '../store/schema.js';
import { findSubscription } from '../store/subscriptions.js';

type Mail = Row<'mail'>;
type Subscription = Row<'subscription'>;

/** Undefined where there is nobody to write to any more. */
export async function letterView(
  backend: Backend,
  mail: Mail,
): Promise<(LetterView & { readonly to: string }) | undefined> {
  const { db, publicUrl } = backend;
  const { accountId, kind, recipient } = mail;
  const session = await findSession(db, mail.checkoutSessionId, accountId);
  const sender = await findSender(db, accountId);
  const customer = session?.customer;
  const to = recipient === 'buyer' ? customer?.email : sender.email;
  if (!session || !to) return undefined;
  const money = await moneyOf(backend, mail, session);
  const link = await findPublicLink(db, session.paymentLinkId);
  const linkName = link?.name ?? '';
  const { payment } = money;
  const subscriptionId = payment?.subscriptionId ?? session.subscriptionId;
  const subscription = subscriptionId
    ? await findSubscription(db, accountId, subscriptionId)
    : undefined;
  // A renewal without the buyer has no page of its own: that of its session tells of the first payment.
  const hasPage = !payment?.unattended;
  return {
    to,
    kind,
    recipient,
    locale: recipient === 'buyer' ? session.locale : sender.locale,
    merchantName: sender.name,
    linkName,
    totals: hasPage ? session.totals : totalsOf(linkName, money),
    amount: money.amount,
    at: money.at,
    recurring: subscription && kind !== 'refund' ? recurringOf(subscription) : null,
    customer: { email: customer?.email ?? null, name: customer?.name ?? null },
    reference: session.reference,
    sessionId: session.id,
    confirmationUrl: hasPage ? `${publicUrl}/c/${session.id}?receipt=shown` : null,
    manageUrl: subscription && recipient === 'buyer' ? manageUrlOf(backend, subscription.id) : null,
    testMode: session.testMode,
  };
}

interface MovedMoney {
  readonly amount: number;
  readonly currency: string;
  readonly at: string;
  readonly payment: Row<'payment'> | undefined;
}

async function moneyOf(
  { db }: Backend,
  { kind, objectId, accountId }: Mail,
  session: SessionRecord,
): Promise<MovedMoney> {
  const { currency } = session;
  if (kind === 'purchase') {
    const at = session.completedAt ?? session.updatedAt;
    return { amount: session.total, currency, at, payment: undefined };
  }
  if (kind === 'renewal') {
    const payment = await findPayment(db, accountId, objectId);
    const at = payment?.succeededAt ?? payment?.updatedAt ?? session.updatedAt;
    return { amount: payment?.amount ?? session.total, currency, at, payment };
  }
  const refund = await findRefund(db, objectId as Id<'refund'>);
  const payment = await findPayment(db, accountId, refund.paymentId);
  return { amount: refund.amount, currency, at: refund.settledAt ?? refund.createdAt, payment };
}

/** One line: what recurs is charged in one sum. */
function totalsOf(name: string, { amount, currency, payment }: MovedMoney): Totals {
  const sum = payment?.amount ?? amount;
  const line = { itemId: null, skuId: null, priceId: null, name, quantity: 1 };
  return {
    currency,
    lines: [{ ...line, unitAmount: sum, amount: sum }],
    subtotal: sum,
    discounts: [],
    discount: 0,
    total: sum,
    recurring: null,
  };
}

/** As it stands now; null where nothing is charged any more. */
function recurringOf({
  status,
  amount,
  interval,
  intervalCount,
  nextChargeAt,
  cancelAt,
  ...more
}: Subscription): LetterView['recurring'] {
  if (status === 'canceled' || !nextChargeAt || cancelAt) return null;
  const { fullAmount, discountEndsAt } = more;
  const trialEndsAt = status === 'trialing' ? more.trialEndsAt : null;
  const later = fullAmount !== null && discountEndsAt ? { fullAmount, discountEndsAt } : null;
  return { amount, interval, intervalCount, nextChargeAt, trialEndsAt, later };
}
