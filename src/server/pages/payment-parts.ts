/** What stands on several of the payment pages: how the last attempt failed, the order, the time left, the way on. */
import { html } from 'hono/html';
import { countdown, type Html } from './dates.js';
import { orderSummary } from './order-summary.js';
import { type PaymentPageView, totalOf } from './payment-view.js';
import { subscriptionWordsIn } from './subscription-words.js';
import { ownUrl, webUrl } from './web-url.js';
import { failureWords, wordsIn } from './words.js';

export const alertOf = ({ title, text }: { title: string; text: string }): Html =>
  html`<div class="alert" role="alert" tabindex="-1" data-focus>
    <h2>${title}</h2>
    <p>${text}</p>
  </div>`;

export function failureAlert({ session, locale }: PaymentPageView): Html | null {
  return session.failure && alertOf(failureWords(wordsIn(locale), session.failure.code));
}

export function orderToPay(view: PaymentPageView): Html {
  const image = webUrl(view.imageUrl);
  return html`<section class="summary" aria-labelledby="order-title">
      ${image ? html`<img class="picture" src="${image}" alt="" width="72" height="72">` : null}
      <h1 id="order-title" class="order-name">${view.linkName}</h1>
      <p class="price">${totalOf(view)}</p>
      ${orderSummary(view.session.totals, view.locale)}
    </section>`;
}

export function timeLeft({ session, locale, now }: PaymentPageView): Html {
  const words = wordsIn(locale);
  return html`<p class="time-left">${words.timeLeft} ${countdown(words, now, session.expiresAt)}</p>
      <p class="visually-hidden" role="status" data-time-status></p>`;
}

/** Whoever pays a period does not want another subscription. */
export function startAgain({
  isRenewal,
  manageUrl,
  linkUrl,
  locale,
}: PaymentPageView): Html | null {
  const way = (to: string, label: string) =>
    html`<a class="button primary" href="${ownUrl(to)}" target="_top">${label}</a>`;
  if (!isRenewal) return way(linkUrl, wordsIn(locale).startAgain);
  return manageUrl === null ? null : way(manageUrl, subscriptionWordsIn(locale).backToSubscription);
}
