/** The confirmation a buyer keeps: what was paid to whom, for what, and what comes next. */
import { html } from 'hono/html';
import { formatMoney } from '../../contract/index.js';
import { dateTag, type Html } from './dates.js';
import { doneIcon } from './icons.js';
import { orderSummary } from './order-summary.js';
import { type PaidSubscription, type PaymentPageView, totalOf } from './payment-view.js';
import { subscriptionWordsIn } from './subscription-words.js';
import { ownUrl, webUrl } from './web-url.js';
import { type Words, wordsIn } from './words.js';

export function confirmation(view: PaymentPageView): Html {
  const { session, locale } = view;
  const { title, text } = outcomeOf(view);
  const words = wordsIn(locale);
  const back = view.openedIn ? null : webUrl(view.backUrl);
  const isFree = session.paymentStatus === 'no_payment_required';
  return html`<section class="card done">
    ${doneIcon()}
    <h1>${title}</h1>
    <p class="lead">${text}</p>
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

/** Thanks; where money went back since, how much of it. */
export function outcomeOf({ session, locale, merchantName, givenBack }: PaymentPageView) {
  const words = wordsIn(locale);
  const { total, currency, paymentStatus } = session;
  const money = formatMoney({ amount: givenBack, currency }, locale);
  if (paymentStatus === 'no_payment_required')
    return { title: words.completeFreeTitle, text: words.completeFreeText(merchantName) };
  if (!givenBack) return { title: words.completeTitle, text: words.completeText(merchantName) };
  return givenBack < total
    ? { title: words.completeTitle, text: words.partlyGivenBackText(merchantName, money) }
    : { title: words.givenBackTitle, text: words.givenBackText(merchantName, money) };
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
  const money = (amount: number) => formatMoney({ amount, currency: session.currency }, locale);
  const fact = (term: string, text: Html | string) =>
    html`<div><dt>${term}</dt><dd>${text}</dd></div>`;
  const list = [
    fact(words.paidTo, view.merchantName),
    fact(words.date, dateTag(view.completedAt, locale)),
  ];
  if (view.givenBack) list.push(fact(words.givenBack, money(view.givenBack)));
  if (subscription) {
    const { nextChargeAt, cancelAt, canceledAt, amount, interval, intervalCount } = subscription;
    const theirs = subscriptionWordsIn(locale);
    if (canceledAt) list.push(fact(theirs.endedOn, dateTag(canceledAt, locale)));
    else if (cancelAt) list.push(fact(theirs.endsOn, dateTag(cancelAt, locale)));
    else if (nextChargeAt) {
      const what = `${money(amount)} ${words.perInterval(interval, intervalCount)}`;
      const date = dateTag(nextChargeAt, locale);
      list.push(fact(nextIn(subscription, view), html`${date}<br>${what}`));
    }
  }
  // As the form in the merchant's page names it.
  list.push(fact(words.reference, reference ?? session.id.slice(-8).toUpperCase()));
  list.push(fact(words.sessionId, html`<code>${session.id}</code>`));
  return list;
}

/** Who is to see to it, where nobody else does. */
function nextIn({ status, isByHand }: PaidSubscription, { locale }: PaymentPageView): string {
  if (isByHand) return subscriptionWordsIn(locale).nextByHand;
  return status === 'past_due' ? subscriptionWordsIn(locale).dueSince : wordsIn(locale).nextCharge;
}
