/** What it comes to: lines, what is due now, what recurs and when. */
import { html, nothing } from 'lit';
import type { OpenLink, Totals } from '../../contract/index.js';
import type { Speech } from '../i18n/speech.js';

export function summary(speech: Speech, link: OpenLink, totals: Totals | null) {
  if (!totals) return nothing;
  const { lines, recurring, currency, discounts } = totals;
  const isPlain = lines.length === 1 && lines[0]?.quantity === 1 && !recurring && !discounts.length;
  return html`<div class="summary" part="summary">
    ${
      isPlain
        ? nothing
        : html`<ul>
            ${lines.map((line) => lineOf(speech, link, line, currency))}${discountLines(speech, totals)}
          </ul>`
    }
    ${recurring ? recurs(speech, recurring, currency) : nothing}
  </div>`;
}

export const discountLines = (speech: Speech, { discounts, currency }: Totals) =>
  discounts.map(
    ({ code, amount }) => html`<li>
      <span>${speech.say('discount', { code })}</span>
      <span class="amount">${speech.money(-amount, currency)}</span>
    </li>`,
  );

type Line = Totals['lines'][number];

function lineOf(speech: Speech, link: OpenLink, line: Line, currency: string) {
  const count = line.quantity > 1 ? html`<span class="count">${line.quantity} ×</span>` : nothing;
  return html`<li>
    <span>
      ${count} ${line.name}
      ${isFee(link, line) ? html`<span class="hint"> · ${speech.say('setupFee')}</span>` : nothing}
    </span>
    <span class="amount">${speech.money(line.amount, currency)}</span>
  </li>`;
}

/** A one-time price on a subscription is its set-up fee. */
function isFee(link: OpenLink, { itemId, priceId }: Line): boolean {
  if (link.type !== 'subscription') return false;
  const item = link.items.find(({ id }) => id === itemId);
  return item?.prices.find(({ id }) => id === priceId)?.interval === null;
}

type Recurring = NonNullable<Totals['recurring']>;

export function recurs(speech: Speech, recurring: Recurring, currency: string) {
  const amount = speech.money(recurring.amount, currency);
  const every = speech.every(recurring);
  const { trialEndsAt, nextChargeAt, fullAmount, discountEndsAt } = recurring;
  const date = speech.date(nextChargeAt);
  return html`<p class="hint recurs">
    ${
      trialEndsAt
        ? speech.say('trialUntil', { date: speech.date(trialEndsAt), amount, every })
        : speech.say('afterwards', { amount, every })
    }<br />
    ${speech.say(trialEndsAt ? 'firstCharge' : 'nextCharge', { date })}
    ${
      fullAmount !== undefined && discountEndsAt
        ? html`<br />${speech.say('fullFrom', {
            date: speech.date(discountEndsAt),
            amount: speech.money(fullAmount, currency),
            every,
          })}`
        : nothing
    }<br />
    ${speech.say('cancelAnytime')}
  </p>`;
}

export function totalRow(speech: Speech, link: OpenLink, totals: Totals | null) {
  const label = speech.say(totals?.recurring ? 'totalToday' : 'total');
  return html`<div class="total" part="total">
    <span>${label}</span>
    <strong>${totals ? speech.money(totals.total, link.currency) : '–'}</strong>
  </div>`;
}
