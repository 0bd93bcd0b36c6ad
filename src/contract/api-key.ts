/** What a merchant's server, or a merchant at the desk, shows to be let in. */
import * as z from 'zod/mini';
import { idSchema } from './id.js';
import { lazy } from './lazy.js';
import { label } from './product.js';

export const newApiKeySchema = lazy(() => z.strictObject({ name: label(100) }));

export const apiKeySchema = lazy(() =>
  z.object({
    id: idSchema('apiKey'),
    object: z.literal('api_key'),
    /** Null of one that was made by a command. */
    name: z.nullable(z.string()),
    /** Its last four characters. */
    hint: z.string(),
    createdAt: z.string(),
    /** To the minute. */
    lastUsedAt: z.nullable(z.string()),
    revokedAt: z.nullable(z.string()),
    /** Only in the answer that makes it. */
    key: z.optional(z.string()),
  }),
);
export type ApiKey = z.infer<ReturnType<typeof apiKeySchema>>;
