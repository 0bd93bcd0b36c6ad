/** Paid: what for, how much, when again. */
import { html, nothing } from 'lit';
import type { CheckoutSession } from '../../contract/index.js';
import { isSafeAddress } from '../handoff.js';
import type { Speech } from '../i18n/speech.js';
import { testNote } from './notice.js';
import { discountLines } from './summary.js';

interface Surroundings {
  /** What the page has put there instead. */
  readonly inPlaceOf: (ours: unknown) => unknown;
  /** Our own page of the payment, which prints itself: a dialog within somebody's page makes no receipt. */
  readonly receiptAt: string;
}

export function confirmation(
  speech: Speech,
  session: CheckoutSession,
  { inPlaceOf, receiptAt }: Surroundings,
) {
  const { totals, total, currency, id } = session;
  const { recurring, lines } = totals;
  return html`<div class="confirmation" part="confirmation" role="status" tabindex="-1" data-focus>
    <div class="tick" aria-hidden="true">
      <svg viewBox="0 0 24 24" width="28" height="28" fill="none">
        <path d="M5 12.5l4.5 4.5L19 7.5" stroke="currentColor" stroke-width="2.5" />
      </svg>
    </div>
    ${inPlaceOf(html`<h3>${speech.say('thanks')}</h3>
      <p class="paid">
        ${
          total === 0 && recurring
            ? speech.say('started')
            : speech.say('paid', { total: speech.money(total, currency) })
        }
      </p>`)}
    <ul>
      ${lines.map(
        ({ name, quantity, amount }) => html`<li>
          <span>${quantity > 1 ? html`<span class="count">${quantity} ×</span>` : nothing} ${name}</span>
          <span class="amount">${speech.money(amount, currency)}</span>
        </li>`,
      )}
      ${discountLines(speech, totals)}
      ${
        recurring
          ? html`<li>
              <span>${speech.say('nextCharge', { date: speech.date(recurring.nextChargeAt) })}</span>
              <span class="amount">${speech.money(recurring.amount, currency)}</span>
            </li>`
          : nothing
      }
      <li class="hint">
        <span>${speech.say('reference')}</span>
        <span class="amount">${session.reference ?? shortId(id)}</span>
      </li>
    </ul>
    ${
      isSafeAddress(receiptAt)
        ? html`<a class="other" href=${receiptAt} target="_blank" rel="noopener">
            ${speech.say('print')}
          </a>`
        : nothing
    }
    ${testNote(speech, session)}
  </div>`;
}

/** Enough to name the payment to the merchant. */
const shortId = (id: string) => id.slice(-8).toUpperCase();
