/** A new session's row: the snapshot of what was chosen and priced, which never changes. */
import type { Id, SessionRequest, Totals } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import type { NewSession } from '../store/checkout-sessions.js';
import type { LinkRecord } from '../store/payment-links.js';
import { internationalPhone } from './buyer-rules.js';
import { collectOf } from './collect.js';
import { noCustomer } from './session-view.js';

export interface Caller {
  /** The `Origin` header, where there is one. */
  readonly origin: string | undefined;
}

interface Opening {
  readonly id: Id<'checkoutSession'>;
  readonly request: SessionRequest;
  readonly priced: Totals;
  readonly from: Caller;
}

export function newRow(
  { provider }: Backend,
  link: LinkRecord,
  { id, request, priced, from }: Opening,
): NewSession {
  const customer = { ...noCustomer, ...request.customer };
  // Spaces are no part of it: whoever is looked for by the address has to be found.
  if (customer.email) customer.email = customer.email.trim();
  if (customer.phone) customer.phone = internationalPhone(customer.phone);
  const isListed = from.origin !== undefined && Boolean(link.allowedOrigins?.includes(from.origin));
  return {
    id,
    accountId: link.accountId,
    paymentLinkId: link.id,
    currency: priced.currency,
    total: priced.total,
    totals: JSON.stringify(priced),
    customer: JSON.stringify(customer),
    customFields: JSON.stringify(answersOf(link, request)),
    metadata: JSON.stringify(request.metadata ?? {}),
    utm: JSON.stringify(request.utm ?? {}),
    reference: request.reference ?? null,
    locale: request.locale ?? null,
    returnUrl: returnUrlOf(request, from),
    successUrl: link.successUrl,
    cancelUrl: link.cancelUrl,
    embeddable: isListed && provider.paysOnOurPage,
    provider: provider.name,
    testMode: provider.testMode,
    lifetimeSeconds: provider.sessionLifetimeSeconds,
  };
}

/**
 * Counts only on the page's own origin; anything else is ignored, not refused. The scheme is looked at too:
 * `javascript:` has the origin `null`, which sandboxed frames send, and `blob:` has its page's.
 */
function returnUrlOf({ returnUrl }: SessionRequest, { origin }: Caller): string | null {
  try {
    const url = new URL(returnUrl ?? '');
    const isPage = /^https?:$/.test(url.protocol) && !url.username && !url.password;
    return isPage && url.origin === origin ? url.href : null;
  } catch {
    return null;
  }
}

/** Numbers as numbers, unticked boxes as such, whichever way they were sent. */
function answersOf(link: LinkRecord, { customFields = {} }: SessionRequest) {
  const answers: Record<string, string | number | boolean> = {};
  for (const { key, type } of collectOf(link).customFields) {
    const value = Object.hasOwn(customFields, key) ? customFields[key] : undefined;
    if (type === 'checkbox') answers[key] = value === true;
    else if (value !== undefined && value !== '')
      answers[key] = type === 'number' ? Number(value) : value;
  }
  return answers;
}
