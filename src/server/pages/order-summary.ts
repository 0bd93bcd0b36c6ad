/** What the buyer pays for, line by line, and what comes again later. */
import { html } from 'hono/html';
import { formatMoney, type Recurring, type Totals } from '../../contract/index.js';
import { dateTag, formatDate, type Html } from './dates.js';
import { type PageLocale, wordsIn } from './words.js';

export function orderSummary(totals: Totals, locale: PageLocale): Html {
  const words = wordsIn(locale);
  const money = (amount: number) => formatMoney({ amount, currency: totals.currency }, locale);
  const label = totals.recurring ? words.totalToday : words.total;
  return html`<div class="order">
    <ul class="lines">
      ${totals.lines.map(
        (line) => html`<li class="line">
          <span class="line-name">${line.name}${line.quantity > 1 ? html` <span class="times">× ${line.quantity}</span>` : null}</span>
          <span class="line-amount">${money(line.amount)}</span>
          ${line.quantity > 1 ? html`<span class="line-note">${words.each(money(line.unitAmount))}</span>` : null}
        </li>`,
      )}
    </ul>
    <dl class="sums">
      ${totals.discount > 0 ? html`<div><dt>${words.subtotal}</dt><dd>${money(totals.subtotal)}</dd></div>` : null}
      ${totals.discounts.map(
        ({ code, amount }) =>
          html`<div class="saved"><dt>${words.discount(code)}</dt><dd>−${money(amount)}</dd></div>`,
      )}
      <div class="total"><dt>${label}</dt><dd>${money(totals.total)}</dd></div>
    </dl>
    ${totals.recurring ? recurringNote(totals.recurring, totals.currency, locale) : null}
  </div>`;
}

/** "Free trial until 7 December · Then €9.00 every month", and what it is once a discount has ended. */
function recurringNote(recurring: Recurring, currency: string, locale: PageLocale): Html {
  const words = wordsIn(locale);
  const money = (minor: number) => formatMoney({ amount: minor, currency }, locale);
  const amount = money(recurring.amount);
  const period = words.perInterval(recurring.interval, recurring.intervalCount);
  const [first, then] = recurring.trialEndsAt
    ? [words.trialEnds(formatDate(recurring.trialEndsAt, locale)), words.recurs(amount, period)]
    : [
        words.renews(amount, period),
        html`${words.nextCharge}: ${dateTag(recurring.nextChargeAt, locale)}`,
      ];
  const { fullAmount, discountEndsAt } = recurring;
  const later =
    fullAmount !== undefined && discountEndsAt
      ? words.fullFrom(formatDate(discountEndsAt, locale), money(fullAmount), period)
      : null;
  return html`<p class="recurring"><strong>${first}</strong> <span>${then}</span> ${later ? html`<span>${later}</span>` : null}</p>`;
}
