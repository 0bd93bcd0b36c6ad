/**
 * Payments of a subscription. Stripe takes them by invoices, and those are what our payments are known by: an invoice
 * has one payment intent after the other, which its events do not name.
 */
import type Stripe from 'stripe';
import { sweeping } from './patience.js';

export const idOf = (reference: string | { id: string } | null | undefined): string | undefined =>
  typeof reference === 'string' ? reference : reference?.id;

const isInvoice = (ref: string) => ref.startsWith('in_');

/** By which intent the payment was taken; undefined where none was. */
export async function intentOf(stripe: Stripe, ref: string): Promise<string | undefined> {
  if (!isInvoice(ref)) return ref;
  const paid = await stripe.invoicePayments.list({ invoice: ref, status: 'paid' }, sweeping);
  return paid.data.map(({ payment }) => idOf(payment.payment_intent)).find(Boolean);
}

/** The intent by which it is being taken, or was to be. */
export async function lastIntentOf(
  stripe: Stripe,
  ref: string,
): Promise<Stripe.PaymentIntent | undefined> {
  const intent = isInvoice(ref) ? await defaultIntentOf(stripe, ref) : ref;
  return intent ? stripe.paymentIntents.retrieve(intent, {}, sweeping) : undefined;
}

async function defaultIntentOf(stripe: Stripe, invoice: string): Promise<string | undefined> {
  const { data } = await stripe.invoicePayments.list({ invoice }, sweeping);
  return idOf(data.find(({ is_default: isDefault }) => isDefault)?.payment.payment_intent);
}

/** The invoice that this intent was for, where it was for one. */
export async function invoiceOf(
  stripe: Stripe,
  intent: string,
): Promise<Stripe.Invoice | undefined> {
  const { data } = await stripe.invoicePayments.list(
    {
      payment: { type: 'payment_intent', payment_intent: intent },
      expand: ['data.invoice'],
    },
    sweeping,
  );
  const invoice = data[0]?.invoice;
  return typeof invoice === 'object' && !('deleted' in invoice && invoice.deleted)
    ? (invoice as Stripe.Invoice)
    : undefined;
}
