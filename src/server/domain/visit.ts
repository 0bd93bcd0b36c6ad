/** What is counted of a visit: a site and a campaign, by names that cannot be a person's. */
import type { Id } from '../../contract/index.js';
import { otherName } from '../store/visits.js';

export type VisitStep = 'seen' | 'opened' | 'submitted' | 'paid';

export interface Visit {
  readonly linkId: Id<'paymentLink'>;
  readonly host: string;
  /** `utm_source`. */
  readonly source?: string | undefined;
}

const webOrigin = /^https?:\/\/((?:[a-z0-9_.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?)$/i;

/** Of an `Origin` header; a sandboxed frame, an app or an extension has none that says anything. */
export function hostOf(origin: string): string {
  const host = origin.length <= 270 ? webOrigin.exec(origin)?.[1] : undefined;
  return host?.toLowerCase() ?? otherName;
}

const longest = 64;

/** Newsletters may name their reader: an address is counted as no name at all. */
export function sourceOf(utmSource: string | undefined): string | undefined {
  const source = utmSource?.replace(/[\p{Control}\p{Surrogate}]/gu, '').trim();
  if (!source) return undefined;
  return source.includes('@') ? otherName : [...source].slice(0, longest).join('').trim();
}
