/** Where a merchant hears of events, and what came of each event sent there. */
import * as z from 'zod/mini';
import { idSchema } from './id.js';
import { lazy } from './lazy.js';
import { urlSchema } from './product.js';
import { eventTypes } from './webhook-event.js';

const eventTypeList = lazy(() => z.array(z.enum(eventTypes)).check(z.maxLength(50)));

/** No `eventTypes`, or an empty list, means every type. */
export const newEndpointSchema = lazy(() =>
  z.strictObject({ url: urlSchema(), eventTypes: z.optional(eventTypeList()) }),
);
export const endpointUpdateSchema = lazy(() =>
  z.strictObject({
    url: z.optional(urlSchema()),
    eventTypes: z.optional(eventTypeList()),
    isEnabled: z.optional(z.boolean()),
  }),
);

/** `gone`: it answered 410. `failing`: for days nothing was answered with 2xx. */
export const disabledReasons = ['merchant', 'gone', 'failing'] as const;
export type DisabledReason = (typeof disabledReasons)[number];

export const endpointSchema = lazy(() =>
  z.object({
    id: idSchema('webhookEndpoint'),
    object: z.literal('webhook_endpoint'),
    url: z.string(),
    eventTypes: z.array(z.enum(eventTypes)),
    isEnabled: z.boolean(),
    /** Why and since when it hears nothing; null while it is enabled. */
    disabledReason: z.nullable(z.enum(disabledReasons)),
    disabledAt: z.nullable(z.string()),
    /** Since when every attempt has failed; null after a success. */
    failingSince: z.nullable(z.string()),
    /** Until then the secret from before the last rotation signs too. */
    previousSecretExpiresAt: z.nullable(z.string()),
    createdAt: z.string(),
    /** Only in the answer that creates or rotates it. */
    secret: z.optional(z.string()),
  }),
);
export type WebhookEndpoint = z.infer<ReturnType<typeof endpointSchema>>;

export const deliveryStatuses = ['pending', 'delivered', 'dead'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

export const deliverySchema = lazy(() =>
  z.object({
    object: z.literal('webhook_delivery'),
    endpointId: idSchema('webhookEndpoint'),
    eventId: idSchema('event'),
    eventType: z.enum(eventTypes),
    isTest: z.boolean(),
    status: z.enum(deliveryStatuses),
    /** The newest ones, oldest first. */
    attempts: z.array(
      z.object({
        startedAt: z.string(),
        durationMs: z.int(),
        responseStatus: z.nullable(z.int()),
        error: z.nullable(z.string()),
      }),
    ),
    /** Null where none will come by itself: delivered, dead, or its endpoint is disabled. */
    nextAttemptAt: z.nullable(z.string()),
    createdAt: z.string(),
  }),
);
export type WebhookDelivery = z.infer<ReturnType<typeof deliverySchema>>;

/** Body of `POST /v1/webhook-endpoints/{id}/test`; without a type it is one that the endpoint hears. */
export const endpointTestSchema = lazy(() =>
  z.strictObject({ eventType: z.optional(z.enum(eventTypes)) }),
);

/** Body of `POST /v1/events/{id}/resend`; without an endpoint it goes to each that hears the type. */
export const resendSchema = lazy(() =>
  z.strictObject({ endpointId: z.optional(idSchema('webhookEndpoint')) }),
);
export const resentSchema = lazy(() => z.object({ data: z.array(deliverySchema()) }));
