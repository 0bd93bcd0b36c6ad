/** What Stripe refuses of a checkout, as its API reference has it. */

// biome-ignore lint/suspicious/noExplicitAny: as it comes over the wire.
type Wire = any;

const known = [
  ...['mode', 'line_items', 'success_url', 'cancel_url', 'customer_email', 'expires_at'],
  ...['client_reference_id', 'metadata', 'discounts', 'payment_intent_data', 'subscription_data'],
];
const zeroDecimalOrNot = /^(isk|ugx)$/;

/** @param now seconds since 1970 @returns why it is refused */
export function faultOf(params: Wire, now: number): string | undefined {
  const strange = Object.keys(params).find((name) => !known.includes(name));
  if (strange) return `Received unknown parameter: ${strange}`;
  const lives = Number(params.expires_at) - now;
  if (lives < 30 * 60 || lives > 24 * 60 * 60) return 'expires_at must be in 30 min to 24 h.';
  if (!/^https?:/.test(params.success_url)) return 'success_url must be a URL.';
  if (Object.keys(params.discounts ?? {}).length > 1) return 'At most one discount.';
  const lines = Object.values<Wire>(params.line_items);
  const fault = lines.map(lineFault).find(Boolean);
  if (fault) return fault;
  const cycles = new Set(
    lines.flatMap(({ price_data: { recurring } }) =>
      recurring ? [JSON.stringify(recurring)] : [],
    ),
  );
  if (params.mode === 'subscription') return subscriptionFault(params, cycles.size, now);
  if (params.mode !== 'payment') return 'Invalid mode.';
  if (cycles.size) return 'Recurring prices are for mode subscription.';
  return params.subscription_data && 'subscription_data is for mode subscription.';
}

function subscriptionFault(params: Wire, cycles: number, now: number): string | undefined {
  if (params.payment_intent_data) return 'payment_intent_data is not for mode subscription.';
  if (cycles !== 1) return 'One billing interval, please.';
  const { trial_end: end, trial_period_days: days } = params.subscription_data;
  if (end && days) return 'Either trial_end or trial_period_days.';
  if (end && Number(end) - now < 48 * 60 * 60) return 'trial_end must be 48 hours ahead.';
  return days && !(Number(days) >= 1) ? 'trial_period_days must be at least 1.' : undefined;
}

function lineFault({ price_data: price, quantity }: Wire): string | undefined {
  if (!/^[a-z]{3}$/.test(price.currency)) return 'currency must be in lower case.';
  if (!/^\d+$/.test(price.unit_amount) || !(Number(quantity) > 0)) return 'Invalid integer.';
  if (!price.product === !price.product_data?.name) return 'Either product or product_data.';
  if (zeroDecimalOrNot.test(price.currency) && Number(price.unit_amount) % 100)
    return 'Fractions of it are not taken.';
  return undefined;
}
