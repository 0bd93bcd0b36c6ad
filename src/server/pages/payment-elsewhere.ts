/** The open session of a provider that has a page of its own: the way there, or word that there is none. */
import { html } from 'hono/html';
import type { Html } from './dates.js';
import { clockIcon, crossIcon } from './icons.js';
import { alertOf, failureAlert, orderToPay, startAgain, timeLeft } from './payment-parts.js';
import { actionOf, type PaymentPageView, totalOf } from './payment-view.js';
import { webUrl } from './web-url.js';
import { type Words, wordsIn } from './words.js';

/** Buyers come back here from the provider's page, whether they have paid or not. */
export function wayToPayment(view: PaymentPageView, address: string): Html {
  const words = wordsIn(view.locale);
  const alert = view.isNotCanceled ? alertOf(words.notCanceled) : failureAlert(view);
  return html`
    ${alert}
    ${orderToPay(view)}
    <div class="actions">
      <section class="panel" aria-labelledby="way-title">
        <h2 id="way-title">${words.notPaidTitle}</h2>
        <p class="hint">${words.paysAt(new URL(address).host)}</p>
        <a class="button primary" href="${webUrl(address)}" target="_top">${words.continueToPayment}</a>
        ${cancelForm(view, words)}
        <p class="hint">${words.justPaid}</p>
      </section>
      ${timeLeft(view)}
    </div>`;
}

/** The provider is being asked for a page, or whoever asked was cut off: then it is never there. */
export function preparing(view: PaymentPageView): Html {
  const words = wordsIn(view.locale);
  return html`<section class="card waiting">
    ${clockIcon()}
    <h1>${words.preparingTitle}</h1>
    <p class="lead">${words.preparingText}</p>
    <p class="price">${totalOf(view)}</p>
    <p class="what">${view.linkName}</p>
    <p class="wait" role="status"><span class="spinner" aria-hidden="true"></span> ${words.waiting}</p>
    <div class="ways">${cancelForm(view, words)}</div>
  </section>`;
}

/** The merchant sells by another provider by now: of this payment nothing would be heard any more. */
export function noWay(view: PaymentPageView): Html {
  const words = wordsIn(view.locale);
  return html`<section class="card ended">
    ${crossIcon()}
    <h1>${words.noWayTitle}</h1>
    <p class="lead">${words.noWayText}</p>
    <p class="what">${view.linkName}</p>
    <div class="ways">
      ${startAgain(view)}
    </div>
  </section>`;
}

const cancelForm = (view: PaymentPageView, words: Words): Html =>
  html`<form method="post" action="${actionOf(view, 'cancel')}" data-once>
      <button class="secondary">${words.cancel}</button>
    </form>`;
