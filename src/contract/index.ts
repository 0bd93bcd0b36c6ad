/** All that both sides of the wire promise. */
export * from './branding.js';
export * from './calendar.js';
export * from './checkout-session.js';
export * from './currency.js';
export * from './id.js';
export * from './lazy.js';
export * from './lowest-price.js';
export * from './merchant-link.js';
export * from './money.js';
export * from './payment-link.js';
export * from './pricing.js';
export * from './problem.js';
export * from './product.js';
export * from './records.js';
export * from './selection.js';
export * from './totals.js';
export * from './webhook-event.js';
