/** Payments that a buyer's bank takes back, or may. */
import type Stripe from 'stripe';
import type { DisputeEvent } from '../provider.js';
import { ourSession } from './events.js';
import { idOf, invoiceOf } from './invoices.js';
import { sweeping } from './patience.js';
import { sessionOfInvoice } from './subscription-events.js';

/** The money is with the bank, or was lost to it. An inquiry that only warns has taken nothing. */
const taken = new Set<string>([
  ...['needs_response', 'under_review', 'lost'],
  ...['appeal_needs_response', 'appeal_under_review'],
]);

/** How the dispute stands by now, whichever of its events this was: they may come in any order. */
export async function ofDispute(
  stripe: Stripe,
  id: string,
): Promise<Omit<DisputeEvent, 'provider' | 'id'> | undefined> {
  const dispute = await stripe.disputes.retrieve(id, {}, sweeping);
  const intent = idOf(dispute.payment_intent);
  const paid = intent ? await paidBy(stripe, intent) : undefined;
  return paid && { ...paid, type: taken.has(dispute.status) ? 'disputed' : 'undisputed' };
}

/** Our payment, by the session and the reference it has here. */
async function paidBy(stripe: Stripe, intent: string) {
  const { metadata } = await stripe.paymentIntents.retrieve(intent, {}, sweeping);
  const ofPayment = ourSession(metadata.checkout_session);
  if (ofPayment) return { sessionId: ofPayment, attempt: intent };
  const invoice = await invoiceOf(stripe, intent);
  const ofRenewal = invoice && sessionOfInvoice(invoice);
  return ofRenewal && { sessionId: ofRenewal, attempt: invoice.id };
}
