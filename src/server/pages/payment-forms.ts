/** The open session: the order beside plain forms that decide how the sandbox settles it. */
import { html } from 'hono/html';
import type { Html } from './dates.js';
import { failureAlert, orderToPay, timeLeft } from './payment-parts.js';
import { actionOf, type PaymentPageView, totalOf } from './payment-view.js';
import { type Words, wordsIn } from './words.js';

export function paymentForms(view: PaymentPageView): Html {
  const { session } = view;
  const words = wordsIn(view.locale);
  return html`
    ${view.phone?.isFaulty ? null : failureAlert(view)}
    ${orderToPay(view)}
    <div class="actions">
      ${outcomeForm(view, words)}
      ${session.methods.includes('mobile_money') ? mobileMoneyForm(view, words) : null}
      ${timeLeft(view)}
      <p class="more-time" data-extend="/v1/public/checkout-sessions/${session.id}/extend" data-extended="${words.extended}" data-not-extended="${words.notExtended}" hidden>
        <button type="button" class="plain">${words.extend}</button>
      </p>
    </div>`;
}

function outcomeForm(view: PaymentPageView, words: Words): Html {
  return html`<form class="panel" method="post" action="${actionOf(view, 'outcome')}" data-once>
    <h2>${words.sandboxTitle}</h2>
    <p class="hint">${words.sandboxText}</p>
    <button class="primary" name="outcome" value="succeeded">${words.pay(totalOf(view))}</button>
    <div class="pair">
      <button class="secondary" name="outcome" value="declined">${words.decline}</button>
      <button class="secondary" name="outcome" value="canceled">${words.cancel}</button>
    </div>
  </form>`;
}

function mobileMoneyForm(view: PaymentPageView, words: Words): Html {
  const { phone } = view;
  const described = phone?.isFaulty ? 'phone-error phone-hint' : 'phone-hint';
  return html`<form class="panel" method="post" action="${actionOf(view, 'mobile-money')}" data-once>
    <h2>${words.orByPhone}</h2>
    <p class="hint">${words.mobileMoneyText}</p>
    <div class="field">
      <label for="phone">${words.phone}</label>
      <input id="phone" name="phone" type="tel" autocomplete="tel" required maxlength="40" value="${phone?.value ?? ''}" aria-describedby="${described}"${phone?.isFaulty ? html` aria-invalid="true" autofocus` : null}>
      ${phone?.isFaulty ? html`<p id="phone-error" class="error">${words.phoneFaulty}</p>` : null}
      <p id="phone-hint" class="hint">${words.phoneHint}</p>
    </div>
    <button class="secondary">${words.approveByPhone}</button>
    ${testNumbers(words)}
  </form>`;
}

const testNumbers = (words: Words): Html => html`<details class="test-numbers">
    <summary>${words.testNumbers}</summary>
    <dl>
      ${words.testOutcomes.map(
        (outcome, index) =>
          html`<div><dt>+242 06 000 00 0${index + 1}</dt><dd>${outcome}</dd></div>`,
      )}
      <div><dt>${words.anyOther}</dt><dd>${words.approvesAfter3}</dd></div>
    </dl>
  </details>`;
