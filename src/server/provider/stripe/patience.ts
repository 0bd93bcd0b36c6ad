/** How long Stripe is waited for. */

/** All tries of an opening, of at most three calls, are over before its idempotency key may be claimed again. */
export const opening = { timeout: 8_000, maxNetworkRetries: 1 };
/** What a sweep asks it asks again; a provider that hangs is not to hold it up. */
export const sweeping = { timeout: 8_000, maxNetworkRetries: 0 };
