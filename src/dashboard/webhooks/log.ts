/** What was sent to an endpoint: each notice with its tries and, once it is opened, its content. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { WebhookDelivery, WebhookEndpoint, WebhookEvent } from '../../contract/index.js';
import type { Desk } from '../desk.js';
import { time } from '../parts/shown.js';
import { type Attempt, deliveryStatus, secondsOf, whyFailed } from './shown.js';

interface Log {
  readonly desk: Desk;
  readonly endpoint: WebhookEndpoint;
  readonly deliveries: readonly WebhookDelivery[];
  readonly contents: Readonly<Record<string, WebhookEvent>>;
  readonly resending: ReadonlySet<string>;
  open(eventId: string): void;
  resend(eventId: string): void;
}

export const deliveryLog = (log: Log): TemplateResult =>
  html`<ol class="deliveries">${repeat(
    log.deliveries,
    ({ eventId }) => eventId,
    (delivery) => entry(log, delivery),
  )}</ol>`;

function entry(log: Log, delivery: WebhookDelivery): TemplateResult {
  const { desk } = log;
  const says = desk.words.webhooks;
  const { eventId, eventType, isTest, status } = delivery;
  const onToggle = (event: Event) => {
    if ((event.target as HTMLDetailsElement).open) log.open(eventId);
  };
  return html`<li id="delivery-${eventId}"><details @toggle=${onToggle}>
    <summary>
      <span class="delivery">
        <span class="delivery-type">${says.types[eventType]} ${isTest ? html`<span class="state">${says.testMark}</span>` : nothing}</span>
        <span class="hint">${time(desk, delivery.createdAt)}</span>
        ${deliveryStatus(desk, status)}
      </span>
    </summary>
    <div class="delivery-body">
      ${attemptTable(desk, delivery)}
      ${delivery.nextAttemptAt ? html`<p>${says.nextTry}: ${time(desk, delivery.nextAttemptAt)}</p>` : nothing}
      ${sendAgain(log, delivery)}
      ${content(log, delivery)}
    </div>
  </details></li>`;
}

function attemptTable(desk: Desk, { attempts }: WebhookDelivery): TemplateResult {
  const says = desk.words.webhooks;
  if (!attempts.length) return html`<p class="hint">${says.noAttempts}</p>`;
  const row = (attempt: Attempt) => html`<tr>
    <th scope="row">${time(desk, attempt.startedAt)}</th>
    <td data-label=${says.answer}>${whyFailed(desk.words, attempt) || says.answered(attempt.responseStatus ?? 200)}</td>
    <td class="number" data-label=${says.took}>${says.seconds(secondsOf(desk.locale, attempt.durationMs))}</td>
  </tr>`;
  return html`<table class="list attempts">
    <caption>${says.attempts} <span class="hint">${says.attemptsKept}</span></caption>
    <thead><tr><th scope="col">${says.when}</th><th scope="col">${says.answer}</th><th scope="col" class="number">${says.took}</th></tr></thead>
    <tbody>${[...attempts].reverse().map(row)}</tbody>
  </table>`;
}

function sendAgain(
  { desk, endpoint, resending, resend }: Log,
  { eventId, eventType, isTest }: WebhookDelivery,
): TemplateResult {
  const says = desk.words.webhooks;
  if (isTest) return html`<p class="hint">${says.resendTest}</p>`;
  if (!endpoint.isEnabled) return html`<p class="hint">${says.resendOff}</p>`;
  const isHeard = !endpoint.eventTypes.length || endpoint.eventTypes.includes(eventType);
  if (!isHeard) return html`<p class="hint">${says.resendDeaf}</p>`;
  return html`<p><button class="secondary" type="button" ?disabled=${resending.has(eventId)}
    @click=${() => resend(eventId)}>${says.resend}</button></p>`;
}

function content({ desk, contents }: Log, { eventId }: WebhookDelivery): TemplateResult {
  const { words } = desk;
  const event = contents[eventId];
  const title = `content-${eventId}`;
  return html`<div class="snippet">
    <h3 id=${title}>${words.webhooks.content}</h3>
    ${
      event
        ? html`<pre tabindex="0" role="region" aria-labelledby=${title}><code>${JSON.stringify(event, null, 2)}</code></pre>`
        : html`<p class="hint" role="status">${words.common.loading}</p>`
    }
  </div>`;
}
