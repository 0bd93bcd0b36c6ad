/** A session that ended without money: why, and the two ways on. */
import { html } from 'hono/html';
import type { Html } from './dates.js';
import { clockIcon, crossIcon } from './icons.js';
import { closeWindow } from './payment-confirmation.js';
import { startAgain } from './payment-parts.js';
import type { PaymentPageView } from './payment-view.js';
import { webUrl } from './web-url.js';
import { failureWords, wordsIn } from './words.js';

export function closedSession(view: PaymentPageView): Html {
  const { session, locale, linkName } = view;
  const words = wordsIn(locale);
  const back = webUrl(view.backUrl);
  const isExpired = session.status === 'expired';
  const text =
    !isExpired && session.failure
      ? failureWords(words, session.failure.code).text
      : isExpired
        ? words.expiredText
        : words.canceledText;
  return html`<section class="card ended">
    ${isExpired ? clockIcon() : crossIcon()}
    <h1>${isExpired ? words.expiredTitle : words.canceledTitle}</h1>
    <p class="lead">${text}</p>
    <p class="what">${linkName}</p>
    <div class="ways">
      ${
        view.openedIn
          ? closeWindow(words)
          : html`${startAgain(view)}
      ${back ? html`<a class="button secondary" href="${back}" target="_top">${words.backToShop}</a>` : null}`
      }
    </div>
  </section>`;
}
