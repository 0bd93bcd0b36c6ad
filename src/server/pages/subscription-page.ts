/** `/s/{token}`: a buyer's own page of a subscription. All of it works without JavaScript. */
import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { formatMoney, type Payment, type Subscription } from '../../contract/index.js';
import { dateTag, formatDate, type Html } from './dates.js';
import { layout } from './layout.js';
import { subscriptionHistory } from './subscription-history.js';
import { type SubscriptionWords, subscriptionWordsIn } from './subscription-words.js';
import { ownUrl } from './web-url.js';
import { type PageLocale, wordsIn } from './words.js';

export interface SubscriptionPageView {
  readonly subscription: Subscription;
  readonly payments: readonly Payment[];
  readonly linkName: string;
  readonly linkUrl: string;
  readonly merchantName: string;
  readonly locale: PageLocale;
  /** It was asked for by the address, which goes on with it. */
  readonly isLocaleAsked: boolean;
  /** The buyer can pay the next period now. */
  readonly isPayable: boolean;
  /** Without the buyer nobody takes it. */
  readonly isByHand: boolean;
  /** Nobody but the provider can change its mind. */
  readonly renewsItself: boolean;
  /** It can be ended from here. */
  readonly canEnd: boolean;
  /** When a payment that failed is tried again. */
  readonly retryAt: string | null;
  /** Asked whether they are sure. */
  readonly isCanceling: boolean;
  /** What went wrong with what they asked for. */
  readonly trouble: 'provider_away' | 'being_charged' | null;
}

export function subscriptionPage(
  view: SubscriptionPageView,
): HtmlEscapedString | Promise<HtmlEscapedString> {
  const { subscription, locale, merchantName, linkName } = view;
  const words = subscriptionWordsIn(locale);
  return layout({
    locale,
    merchantName,
    title: words.titleOf(linkName),
    testMode: subscription.testMode,
    // Its address is not to be told to whoever is linked from here.
    head: html`<meta name="referrer" content="no-referrer">`,
    main: html`<main class="subscription">
      ${alertOf(view, words)}
      <section class="panel" aria-labelledby="subscription-title">
        <p class="badge badge-${subscription.status}">${words.statuses[subscription.status]}</p>
        <h1 id="subscription-title">${linkName}</h1>
        <p class="price">${amountOf(view)} <span class="period">${periodOf(view)}</span></p>
        <dl class="facts">${facts(view, words)}</dl>
        ${view.isCanceling && canBeEnded(view) ? askIfSure(view, words) : actions(view, words)}
      </section>
      ${subscriptionHistory(view.payments, locale, words)}
      <p class="hint keep">${words.keepAddress}<br>${words.reference} <code>${subscription.id}</code></p>
    </main>`,
  });
}

const canBeEnded = ({ canEnd, subscription }: SubscriptionPageView): boolean =>
  canEnd && subscription.status !== 'canceled' && !subscription.cancelAt;

const money = ({ subscription, locale }: SubscriptionPageView, amount: number): string =>
  formatMoney({ amount, currency: subscription.currency }, locale);

const amountOf = (view: SubscriptionPageView): string => money(view, view.subscription.amount);

const periodOf = ({ subscription, locale }: SubscriptionPageView): string =>
  wordsIn(locale).perInterval(subscription.interval, subscription.intervalCount);

const alertBox = (title: string, text: Html | string): Html =>
  html`<div class="alert" role="alert"><h2>${title}</h2><p>${text}</p></div>`;

function alertOf(view: SubscriptionPageView, words: SubscriptionWords): Html | null {
  const { subscription, retryAt, locale, trouble, isByHand, renewsItself } = view;
  if (trouble === 'provider_away') return alertBox(words.providerAwayTitle, words.providerAway);
  if (trouble === 'being_charged') return alertBox(words.beingChargedTitle, words.beingCharged);
  if (subscription.status !== 'past_due') return null;
  if (isByHand) return alertBox(words.dueByHandTitle, words.dueByHandText);
  if (renewsItself || !retryAt) return alertBox(words.dueTitle, words.elsewhereText);
  return alertBox(words.dueTitle, html`${words.triedAgain} ${dateTag(retryAt, locale)}.`);
}

function facts(view: SubscriptionPageView, words: SubscriptionWords): Html[] {
  const { subscription, locale } = view;
  const { nextChargeAt, cancelAt, canceledAt, createdAt } = subscription;
  const { fullAmount, discountEndsAt } = subscription;
  const fact = (term: string, text: Html | string) =>
    html`<div><dt>${term}</dt><dd>${text}</dd></div>`;
  const list: Html[] = [];
  if (canceledAt) list.push(fact(words.endedOn, dateTag(canceledAt, locale)));
  else if (cancelAt) list.push(fact(words.endsOn, dateTag(cancelAt, locale)));
  else if (nextChargeAt) {
    list.push(
      fact(chargeWords(view, words), html`${dateTag(nextChargeAt, locale)}<br>${amountOf(view)}`),
    );
  }
  if (fullAmount !== null && discountEndsAt && !cancelAt && !canceledAt)
    list.push(fact(money(view, fullAmount), words.from(formatDate(discountEndsAt, locale))));
  list.push(fact(words.since, dateTag(createdAt, locale)));
  return list;
}

function chargeWords(
  { subscription: { status }, isByHand }: SubscriptionPageView,
  words: SubscriptionWords,
): string {
  if (status === 'past_due') return words.dueSince;
  if (isByHand) return words.nextByHand;
  return status === 'trialing' ? words.firstCharge : words.nextCharge;
}

function actions(view: SubscriptionPageView, words: SubscriptionWords): Html {
  const { subscription, isPayable, isByHand, renewsItself, linkUrl } = view;
  const { status, cancelAt } = subscription;
  if (status === 'canceled')
    return html`<p class="hint">${words.endedText}</p>
      <div class="ways"><a class="button secondary" href="${ownUrl(linkUrl)}">${words.startAgain}</a></div>`;
  if (cancelAt)
    return html`<p class="hint">${words.endPlannedText}</p>
      ${renewsItself ? null : form(view, 'resume', 'secondary', words.resume)}`;
  return html`
    ${isPayable && isByHand && status !== 'past_due' ? html`<p class="hint">${words.soonText}</p>` : null}
    ${isPayable ? form(view, 'pay', 'primary', words.payNow(amountOf(view))) : null}
    ${
      view.canEnd
        ? html`<p class="leave"><a href="${addressOf(view, { query: { cancel: '1' } })}">${words.cancel}</a></p>`
        : html`<p class="hint">${words.cancelElsewhere(view.merchantName)}</p>`
    }`;
}

interface Place {
  readonly action?: string;
  readonly query?: Readonly<Record<string, string>>;
}

function addressOf(view: SubscriptionPageView, { action, query }: Place = {}): string {
  const asked = new URLSearchParams({
    ...query,
    ...(view.isLocaleAsked && { locale: view.locale }),
  });
  const path = `${ownUrl(view.subscription.manageUrl)}${action ? `/${action}` : ''}`;
  return asked.size ? `${path}?${asked}` : path;
}

const form = (view: SubscriptionPageView, action: string, look: string, label: string): Html =>
  html`<form method="post" action="${addressOf(view, { action })}" data-once><button class="${look}">${label}</button></form>`;

/** What ends, and when, before it does: it cannot be pressed by a slip. */
function askIfSure(view: SubscriptionPageView, words: SubscriptionWords): Html {
  const { subscription, locale } = view;
  const { status, nextChargeAt } = subscription;
  const until = status === 'trialing' ? words.cancelInTrial : words.cancelAtEnd;
  const text =
    status === 'past_due' || !nextChargeAt
      ? words.cancelNow
      : html`${until} ${dateTag(nextChargeAt, locale)}.`;
  return html`<div class="sure" role="group" aria-labelledby="sure-title">
    <h2 id="sure-title" tabindex="-1" data-focus>${words.cancelTitle}</h2>
    <p>${text}</p>
    <div class="pair">
      ${form(view, 'cancel', 'primary', words.cancelYes)}
      <a class="button secondary" href="${addressOf(view)}">${words.cancelNo}</a>
    </div>
  </div>`;
}
