/** Money is on its way: the page waits visibly, and a reload finds it waiting still. */
import { html } from 'hono/html';
import { countdown, type Html } from './dates.js';
import { clockIcon, phoneIcon } from './icons.js';
import { type PaymentPageView, totalOf } from './payment-view.js';
import { wordsIn } from './words.js';

export function paymentWaiting(view: PaymentPageView): Html {
  const { approval, linkName, locale, now } = view;
  const isHere = view.place.at === 'here';
  const words = wordsIn(locale);
  return html`<section class="card waiting">
    ${isHere ? phoneIcon() : clockIcon()}
    <h1>${approval ? words.approveTitle : words.confirmingTitle}</h1>
    <p class="lead">${approval ? words.approveText(approval.phone) : isHere ? words.confirmingText : words.confirmingSlowText}</p>
    <p class="price">${totalOf(view)}</p>
    <p class="what">${linkName}</p>
    ${
      approval
        ? html`<ol class="steps">${words.approveSteps.map((step) => html`<li>${step}</li>`)}</ol>`
        : null
    }
    <p class="wait" role="status"><span class="spinner" aria-hidden="true"></span> ${words.waiting}</p>
    ${
      approval
        ? html`<p class="time-left">${words.approveUntil} ${countdown(words, now, approval.until)}</p>`
        : null
    }
  </section>`;
}
