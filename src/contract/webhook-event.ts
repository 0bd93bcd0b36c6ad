/** What merchants are told by webhook: Standard Webhooks, body `{ id, type, createdAt, data }`. */
import * as z from 'zod/mini';
import { idSchema } from './id.js';
import { lazy } from './lazy.js';

export const eventTypes = [
  'payment_link.created',
  'payment_link.updated',
  'payment_link.activated',
  'payment_link.deactivated',
  'payment_link.expired',
  'payment_link.exhausted',
  'checkout_session.opened',
  'checkout_session.completed',
  'checkout_session.expired',
  'checkout_session.canceled',
  'payment.succeeded',
  'payment.failed',
  'payment.refunded',
  'payment.refund_failed',
  'payment.disputed',
  'payment.dispute_won',
  'subscription.created',
  'subscription.updated',
  'subscription.renewed',
  'subscription.past_due',
  'subscription.canceled',
] as const;
export type EventType = (typeof eventTypes)[number];

export const webhookEventSchema = lazy(() =>
  z.object({
    id: idSchema('event'),
    type: z.enum(eventTypes),
    createdAt: z.string(),
    /**
     * The merchant's view of the object, and always the link it belongs to.
     * Of a payment that was refunded, `refund` says which refund it was.
     */
    data: z.looseObject({ paymentLinkId: idSchema('paymentLink') }),
    /** Only of what was asked for to try an endpoint: nothing of it has happened. */
    isTest: z.optional(z.literal(true)),
  }),
);
export type WebhookEvent = z.infer<ReturnType<typeof webhookEventSchema>>;
