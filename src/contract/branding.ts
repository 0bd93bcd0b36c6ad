/** A merchant's colours and shape: typed tokens, never CSS text. Colours are `#rrggbb`, lengths pixels. */
import * as z from 'zod/mini';
import { lazy } from './lazy.js';

export const fontNames = ['system', 'serif', 'rounded', 'mono'] as const;

const color = () => z.optional(z.string().check(z.regex(/^#[0-9a-fA-F]{6}$/)));

export const brandingSchema = lazy(() =>
  z.object({
    accent: color(),
    onAccent: color(),
    surface: color(),
    text: color(),
    muted: color(),
    border: color(),
    danger: color(),
    radius: z.optional(z.int().check(z.minimum(0), z.maximum(32))),
    gap: z.optional(z.int().check(z.minimum(4), z.maximum(32))),
    font: z.optional(z.enum(fontNames)),
  }),
);

/** As a merchant sends it: closed, so that a field that is misspelt is heard of. */
export const newBrandingSchema = lazy(() => z.strictObject(brandingSchema().shape));

export type Branding = z.infer<ReturnType<typeof brandingSchema>>;
