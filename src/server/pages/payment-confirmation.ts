/** The confirmation a buyer keeps: what was paid to whom, for what, and what comes next. */
import { html } from 'hono/html';
import { formatMoney } from '../../contract/index.js';
import { dateTag, type Html } from './dates.js';
import { doneIcon } from './icons.js';
import { orderSummary } from './order-summary.js';
import { type PaymentPageView, totalOf } from './payment-view.js';
import { subscriptionWordsIn } from './subscription-words.js';
import { ownUrl, webUrl } from './web-url.js';
import { type Words, wordsIn } from './words.js';

export function confirmation(view: PaymentPageView): Html {
  const { session, locale, merchantName } = view;
  const words = wordsIn(locale);
  const back = view.openedIn ? null : webUrl(view.backUrl);
  const isFree = session.paymentStatus === 'no_payment_required';
  return html`<section class="card done">
    ${doneIcon()}
    <h1>${isFree ? words.completeFreeTitle : words.completeTitle}</h1>
    <p class="lead">${isFree ? words.completeFreeText(merchantName) : words.completeText(merchantName)}</p>
    ${isFree ? null : html`<p class="price">${totalOf(view)}</p>`}
    ${receiptNote(view, words)}
    <div class="receipt">
      ${orderSummary({ ...session.totals, recurring: null }, locale)}
      <dl class="facts">${facts(view, words)}</dl>
    </div>
    ${view.manageUrl ? managing(view.manageUrl, view) : null}
    <div class="ways">
      ${back ? html`<a class="button primary" href="${back}" target="_top">${words.backToShop}</a>` : null}
      <button type="button" class="secondary" data-print hidden>${words.print}</button>
      ${view.openedIn === 'popup' ? closeWindow(words) : null}
    </div>
  </section>`;
}

/** Only where one is truly queued. */
function receiptNote({ receipt }: PaymentPageView, words: Words): Html | null {
  if (!receipt) return null;
  const said = receipt.state === 'sent' ? words.receiptSent : words.receiptOnItsWay;
  return html`<p class="hint">${said(receipt.to)}</p>`;
}

/** The address in full: a buyer without e-mail from us keeps it by hand, or on paper. */
function managing(manageUrl: string, { locale }: PaymentPageView): Html {
  const words = subscriptionWordsIn(locale);
  const address = ownUrl(manageUrl);
  return html`<section class="managing">
    <h2>${words.manage}</h2>
    <p class="hint">${words.manageText}</p>
    <p><a href="${address}" target="_top">${address}</a></p>
  </section>`;
}

/** The shop is still open behind this window, and has been told. */
export const closeWindow = (words: Words): Html =>
  html`<button type="button" class="primary" data-close hidden>${words.closeWindow}</button>`;

function facts(view: PaymentPageView, words: Words): Html[] {
  const { session, subscription, reference, locale } = view;
  const fact = (term: string, text: Html | string) =>
    html`<div><dt>${term}</dt><dd>${text}</dd></div>`;
  const list = [
    fact(words.paidTo, view.merchantName),
    fact(words.date, dateTag(view.completedAt, locale)),
  ];
  if (subscription) {
    const { amount, interval, intervalCount } = subscription;
    const money = formatMoney({ amount, currency: session.currency }, locale);
    const period = words.perInterval(interval, intervalCount);
    list.push(
      fact(
        words.nextCharge,
        html`${dateTag(subscription.nextChargeAt, locale)}<br>${money} ${period}`,
      ),
    );
  }
  // As the form in the merchant's page names it.
  list.push(fact(words.reference, reference ?? session.id.slice(-8).toUpperCase()));
  list.push(fact(words.sessionId, html`<code>${session.id}</code>`));
  return list;
}
