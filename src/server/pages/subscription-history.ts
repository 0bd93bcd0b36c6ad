/** What was charged for a subscription, newest first. */
import { html } from 'hono/html';
import { formatMoney, type Payment } from '../../contract/index.js';
import { dateTag, type Html } from './dates.js';
import type { SubscriptionWords } from './subscription-words.js';
import { failureWords, type PageLocale, wordsIn } from './words.js';

export function subscriptionHistory(
  payments: readonly Payment[],
  locale: PageLocale,
  words: SubscriptionWords,
): Html {
  return html`<section class="panel" aria-labelledby="payments-title">
    <h2 id="payments-title">${words.payments}</h2>
    ${
      payments.length
        ? html`<ul class="history">${payments.map((payment) => row(payment, locale, words))}</ul>`
        : html`<p class="hint">${words.noPayments}</p>`
    }
  </section>`;
}

function row(payment: Payment, locale: PageLocale, words: SubscriptionWords): Html {
  const { status, failure, createdAt, amount, currency } = payment;
  const why = failure && status === 'failed' ? failureWords(wordsIn(locale), failure.code) : null;
  return html`<li>
    <span class="when">${dateTag(createdAt, locale)}</span>
    <span class="how-much">${formatMoney({ amount, currency }, locale)}</span>
    <span class="how is-${status}">${words.paymentStatuses[status]}${why ? html`<br>${why.title}` : null}</span>
  </li>`;
}
