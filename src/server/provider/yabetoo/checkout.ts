/** What Yabetoo is asked for, in its own words. */
import { Problem } from '../../../contract/index.js';
import type { CheckoutToOpen, OrderLine } from '../provider.js';
import { toMajor } from './wire.js';

/**
 * It renews what is in its own catalogue, at the price that is written there: an order with a line that is not, or with
 * a discount of ours, is paid for its first period alone, and the buyer pays each one that follows on our page.
 */
export const isRenewedThere = ({ totals, lines }: CheckoutToOpen): boolean =>
  totals.recurring !== null &&
  totals.discounts.length === 0 &&
  lines.every(({ providerPriceId }) => providerPriceId !== null);

/** @throws Problem for an order that it does not take */
export function paramsOf(checkout: CheckoutToOpen): object {
  const { sessionId, customerEmail, pageUrl, expiresAt } = checkout;
  return {
    ...(isRenewedThere(checkout) ? subscriptionOf(checkout) : paymentOf(checkout)),
    success_url: pageUrl,
    cancel_url: pageUrl,
    ...(customerEmail && { customer_email: customerEmail }),
    client_reference_id: sessionId,
    expires_at: Math.floor(Date.parse(expiresAt) / 1_000),
    metadata: { checkout_session: sessionId },
  };
}

/** A line that does not recur is a setup fee on the first cycle. */
function subscriptionOf({ totals, lines }: CheckoutToOpen) {
  if (totals.recurring?.trialEndsAt && lines.some(({ recurs }) => !recurs))
    throw new Problem('invalid_selection', 'Yabetoo takes no setup fee together with a trial.');
  return {
    mode: 'subscription',
    line_items: lines.map(({ providerPriceId, quantity }) => ({
      price: providerPriceId,
      quantity,
    })),
  };
}

function paymentOf({ totals, lines, amount, currency }: CheckoutToOpen) {
  // What is in its trial costs nothing today.
  const due = lines.filter((line) => line.amount > 0);
  const line = ({
    name,
    quantity,
    unitAmount,
  }: Pick<OrderLine, 'name' | 'quantity' | 'unitAmount'>) => ({
    quantity,
    price_data: {
      currency,
      unit_amount: toMajor(unitAmount, currency),
      product_data: { name },
    },
  });
  const names = due.map(({ name }) => name).join(', ');
  return {
    mode: 'payment',
    // It knows no discount of ours: the order is one line then, at what is to be paid.
    line_items: totals.discount
      ? [line({ name: names.slice(0, 250), quantity: 1, unitAmount: amount })]
      : due.map(line),
  };
}
