/** `/c/{cs}`: the sandbox's payment page or the way to the provider's, and what stands there in every later state. */
import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { isFinal, type SessionStatus } from '../../contract/index.js';
import type { Html } from './dates.js';
import { layout } from './layout.js';
import { confirmation, outcomeOf } from './payment-confirmation.js';
import { noWay, preparing, wayToPayment } from './payment-elsewhere.js';
import { closedSession } from './payment-ended.js';
import { paymentForms } from './payment-forms.js';
import type { PaymentPageView } from './payment-view.js';
import { paymentWaiting } from './payment-waiting.js';
import { failureWords, wordsIn } from './words.js';

export type { PaymentPageView } from './payment-view.js';

const bodies: Record<SessionStatus, (view: PaymentPageView) => Html> = {
  open: openSession,
  processing: paymentWaiting,
  complete: confirmation,
  expired: closedSession,
  canceled: closedSession,
};

function openSession(view: PaymentPageView): Html {
  const { place } = view;
  switch (place.at) {
    case 'here':
      return paymentForms(view);
    case 'provider':
      return wayToPayment(view, place.address);
    case 'preparing':
      return preparing(view);
    case 'nowhere':
      return noWay(view);
  }
}

/** Those that say one thing are as narrow as a session that has ended. */
const looksOf = ({ session, place }: PaymentPageView): string =>
  session.status === 'open' && (place.at === 'preparing' || place.at === 'nowhere')
    ? place.at
    : session.status;

/** How a page follows what happens where there is no script. */
function refreshOf({ session, place }: PaymentPageView): Html | undefined {
  const isOpen = session.status === 'open';
  if (session.status === 'processing' || (isOpen && place.at === 'preparing'))
    return html`<noscript><meta http-equiv="refresh" content="3"></noscript>`;
  if (isOpen && place.at === 'provider')
    return html`<noscript><meta http-equiv="refresh" content="20"></noscript>`;
  return undefined;
}

export function paymentPage(view: PaymentPageView): HtmlEscapedString | Promise<HtmlEscapedString> {
  const { session, locale, merchantName } = view;
  return layout({
    locale,
    merchantName,
    title: titleOf(view),
    testMode: session.testMode,
    isBare: view.openedIn === 'embed',
    head: refreshOf(view),
    main: html`<main class="payment ${looksOf(view)}"${watched(view)}>${bodies[session.status](view)}</main>`,
  });
}

/** What the page's script needs to follow the session; a final one has nothing left to tell, but around it. */
const watched = ({ session, place, openedIn, openedBy, isToPrint }: PaymentPageView): Html[] => [
  ...(isFinal(session.status)
    ? []
    : [
        html` data-session="${session.id}" data-status="${session.status}" data-failure="${session.failure?.code ?? ''}"`,
      ]),
  // Once there is another place to pay at, the page is another one.
  ...(session.status === 'open' && place.at === 'preparing'
    ? [html` data-pay-at="${session.url}"`]
    : []),
  ...(session.status === 'open' && place.at === 'provider' ? [html` data-asks`] : []),
  ...(openedIn === 'embed' && openedBy
    ? [html` data-around="${openedBy}" data-framed="${session.id}"`]
    : []),
  ...(isToPrint && session.status === 'complete' ? [html` data-print-now`] : []),
];

/** The outcome stands first in the title: it is what a screen reader says after the reload. */
function titleOf(page: PaymentPageView): string {
  const { session, linkName, locale, approval, ...view } = page;
  const words = wordsIn(locale);
  switch (session.status) {
    case 'open':
      if (view.isNotCanceled) return words.notCanceled.title;
      if (view.place.at === 'preparing') return words.preparingTitle;
      if (view.place.at === 'nowhere') return words.noWayTitle;
      return session.failure
        ? failureWords(words, session.failure.code).title
        : words.payTitle(linkName);
    case 'processing':
      return approval ? words.approveTitle : words.confirmingTitle;
    case 'complete':
      return outcomeOf(page).title;
    case 'expired':
      return words.expiredTitle;
    case 'canceled':
      return words.canceledTitle;
  }
}
