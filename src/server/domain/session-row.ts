/** A new session's row: the snapshot of what was chosen and priced, which never changes. */
import type { Id, SessionRequest, Totals } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import type { Wish } from '../store/idempotency.js';
import type { NewSession } from '../store/opening.js';
import type { LinkRecord } from '../store/payment-links.js';
import { internationalPhone } from './buyer-rules.js';
import { collectOf } from './collect.js';
import { originsOf } from './link-defaults.js';
import { noCustomer } from './session-view.js';
import { hostOf } from './visit.js';

export interface Caller {
  /** The `Origin` header, where there is one. */
  readonly origin: string | undefined;
  /** Where it came with an idempotency key. */
  readonly wish?: Wish | undefined;
}

interface Opening {
  readonly id: Id<'checkoutSession'>;
  readonly request: SessionRequest;
  readonly priced: Totals;
  readonly from: Caller;
}

/** Open from the moment the link was read at, on the database's clock. */
export function newRow(
  { provider, visits }: Backend,
  link: LinkRecord,
  { id, request, priced, from }: Opening,
): NewSession {
  const given = Object.entries(request.customer ?? {}).filter(([, value]) => value !== undefined);
  const customer = { ...noCustomer, ...Object.fromEntries(given) };
  // Spaces are no part of it: whoever is looked for by the address has to be found.
  if (customer.email) customer.email = customer.email.trim();
  if (customer.phone) customer.phone = internationalPhone(customer.phone);
  const isListed = from.origin !== undefined && Boolean(originsOf(link)?.includes(from.origin));
  const { name, testMode, sessionLifetimeSeconds: lifetimeSeconds } = provider;
  return {
    id,
    accountId: link.accountId,
    paymentLinkId: link.id,
    status: 'open',
    paymentStatus: 'unpaid',
    currency: priced.currency,
    total: priced.total,
    totals: priced,
    customer,
    customFields: answersOf(link, request),
    metadata: request.metadata ?? {},
    utm: request.utm ?? {},
    reference: request.reference ?? null,
    locale: request.locale ?? null,
    returnUrl: returnUrlOf(request, from),
    successUrl: link.successUrl,
    cancelUrl: link.cancelUrl,
    embeddable: isListed && provider.paysOnOurPage,
    visitHost: from.origin !== undefined && visits.isOn() ? hostOf(from.origin) : null,
    failureCode: null,
    failedAttempts: 0,
    provider: name,
    providerRef: provider.chooseRef?.(id) ?? null,
    url: null,
    testMode,
    lifetimeSeconds,
    expiresAt: new Date(Date.parse(link.now) + lifetimeSeconds * 1_000).toISOString(),
    extendedAt: null,
    approvalUntil: null,
    nextLookAt: null,
    looks: 0,
    usesResetAt: null,
    createdAt: link.now,
    completedAt: null,
    isForgotten: false,
    renewsItself: false,
    renewalOf: null,
    renewalPeriod: null,
    updatedAt: link.now,
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
