/** How a merchant sits down at the desk: a key is shown once, and a cookie stands for it from then on. */
import * as z from 'zod/mini';
import { lazy } from './lazy.js';

/** Languages the desk speaks. */
export const deskLocales = ['en', 'fr'] as const;
export type DeskLocale = (typeof deskLocales)[number];

/** Body of `POST /dashboard/session`. Spaces around a key come from copying it. */
export const signInSchema = lazy(() => z.strictObject({ key: z.string().check(z.trim()) }));

/** Who sits there, and until when if they do nothing more. */
export const deskSchema = lazy(() =>
  z.object({
    name: z.string(),
    testMode: z.boolean(),
    locale: z.nullable(z.enum(deskLocales)),
    expiresAt: z.string(),
  }),
);
export type Desk = z.infer<ReturnType<typeof deskSchema>>;
