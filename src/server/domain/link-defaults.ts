/** What a link does not say of itself, its merchant's settings say. */
import type { Branding } from '../../contract/index.js';
import type { LinkRecord } from '../store/payment-links.js';

/** Field by field: a link with an accent of its own has the usual corners. */
export function brandingOf({ branding, usualBranding }: LinkRecord): Branding | null {
  return branding && usualBranding
    ? { ...usualBranding, ...branding }
    : (branding ?? usualBranding);
}

/** Null: any. */
export const originsOf = ({ allowedOrigins, usualOrigins }: LinkRecord): readonly string[] | null =>
  allowedOrigins ?? usualOrigins;
