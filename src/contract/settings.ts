/** What a merchant settles once, for all of their links. */
import * as z from 'zod/mini';
import { brandingSchema, newBrandingSchema } from './branding.js';
import { isEmail } from './buyer.js';
import { deskLocales } from './desk.js';
import { lazy } from './lazy.js';
import { originsSchema } from './origins.js';
import { label } from './product.js';

const emailSchema = lazy(() =>
  z.string().check(z.trim(), z.maxLength(254), z.refine(isEmail, 'an e-mail address')),
);

/** Absent keeps, `null` clears. */
export const settingsUpdateSchema = lazy(() =>
  z.strictObject({
    name: z.optional(label(100)),
    branding: z.optional(z.nullable(newBrandingSchema())),
    allowedOrigins: z.optional(z.nullable(originsSchema())),
    locale: z.optional(z.enum(deskLocales)),
    email: z.optional(z.nullable(emailSchema())),
    countsVisits: z.optional(z.boolean()),
  }),
);
export type SettingsUpdate = z.infer<ReturnType<typeof settingsUpdateSchema>>;

export const settingsSchema = lazy(() =>
  z.object({
    object: z.literal('settings'),
    name: z.string(),
    branding: z.nullable(brandingSchema()),
    allowedOrigins: z.nullable(z.array(z.string())),
    locale: z.enum(deskLocales),
    email: z.nullable(z.string()),
    countsVisits: z.boolean(),
    /** From here on it is told, not settled here: the operator has. */
    sendsReceipts: z.boolean(),
    provider: z.string(),
    testMode: z.boolean(),
    publicUrl: z.string(),
    updatedAt: z.string(),
  }),
);
export type Settings = z.infer<ReturnType<typeof settingsSchema>>;
