/** Endpoints and attempts as a merchant reads them. */
import { html, type TemplateResult } from 'lit';
import type { DeliveryStatus, WebhookDelivery, WebhookEndpoint } from '../../contract/index.js';
import type { Desk } from '../desk.js';
import type { Words } from '../words/words.js';

export function endpointState({ words }: Desk, endpoint: WebhookEndpoint): TemplateResult {
  const { state } = words.webhooks;
  if (!endpoint.isEnabled) return html`<span class="state state-inactive">${state.off}</span>`;
  if (endpoint.failingSince) return html`<span class="state state-failed">${state.failing}</span>`;
  return html`<span class="state state-active">${state.on}</span>`;
}

export const deliveryStatus = ({ words }: Desk, status: DeliveryStatus): TemplateResult =>
  html`<span class="state state-${status}">${words.webhooks.statuses[status]}</span>`;

export type Attempt = WebhookDelivery['attempts'][number];

/** The network's codes that a merchant can do something about. */
const known: readonly [RegExp, 'nobody' | 'unknownName' | 'unsafe' | 'refused' | 'late'][] = [
  [/^no answer in time$|^(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/, 'late'],
  [/^refused: /, 'refused'],
  [/^ECONNREFUSED$/, 'nobody'],
  [/^(ENOTFOUND|ENODATA|EAI_AGAIN|ESERVFAIL|EREFUSED)$/, 'unknownName'],
  [/CERT|SSL|TLS|SIGNED|UNABLE_TO/, 'unsafe'],
];

/** Why it failed, in a whole sentence; empty where it did not. */
export function whyFailed({ webhooks }: Words, { responseStatus, error }: Attempt): string {
  const { why } = webhooks;
  if (error === null) return '';
  if (responseStatus !== null) return why.status(responseStatus);
  const found = known.find(([pattern]) => pattern.test(error));
  return found ? why[found[1]] : why.lost(error);
}

/** `0.24`, as long as it is read as a duration. */
export const secondsOf = (locale: string, ms: number): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: ms < 10_000 ? 2 : 0 }).format(
    Math.max(ms, 10) / 1000,
  );

/**
 * When to look again at a log in which something is under way: soon after its next attempt is due.
 * @returns undefined where nothing comes by itself
 */
export function lookAgainIn(
  deliveries: readonly WebhookDelivery[],
  now: number,
): number | undefined {
  const due = deliveries.flatMap(({ status, nextAttemptAt }) =>
    status === 'pending' && nextAttemptAt ? [Date.parse(nextAttemptAt)] : [],
  );
  if (!due.length) return undefined;
  return Math.min(Math.max(Math.min(...due) - now + 1_000, 1_500), 600_000);
}
