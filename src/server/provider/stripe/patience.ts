/** How long Stripe is waited for. */

/** All tries of an opening, of at most three calls, are over before its idempotency key may be claimed again. */
export const timeoutMs = 8_000;
export const opening = { maxNetworkRetries: 1 };
/** What a sweep asks it asks again; a provider that hangs is not to hold it up. */
export const sweeping = { maxNetworkRetries: 0 };
