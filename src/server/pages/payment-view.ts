/** What the payment page knows: handed in whole, so a page is a function of it. */
import { type CheckoutSession, formatMoney, type Subscription } from '../../contract/index.js';

/** Where an open session is paid: by our own forms, on the provider's page, or nowhere yet, or any more. */
export type PaymentPlace =
  | { readonly at: 'here' | 'preparing' | 'nowhere' }
  | { readonly at: 'provider'; readonly address: string };

export type PaidSubscription = Pick<
  Subscription,
  'status' | 'amount' | 'interval' | 'intervalCount' | 'nextChargeAt' | 'cancelAt' | 'canceledAt'
> & {
  /** Without its buyer nobody takes the next payment. */
  readonly isByHand: boolean;
};

export interface PaymentPageView {
  place: PaymentPlace;
  session: CheckoutSession;
  linkName: string;
  linkUrl: string;
  imageUrl: string | null;
  merchantName: string;
  locale: 'en' | 'fr';
  /** "Back to the shop". */
  backUrl: string | null;
  /** Waiting for approval on this (masked) phone number until then. */
  approval: { phone: string; until: string } | null;
  /** What was typed when the number could not be read. */
  phone: { value: string; isFaulty: boolean } | null;
  /** The buyer wanted to give it back, and the provider did not answer. */
  isNotCanceled: boolean;
  /** The one that this began or paid a period of, as it is by now. */
  subscription: PaidSubscription | null;
  /** Of what was paid, in minor units. */
  givenBack: number;
  /** The buyer's page of the subscription this began, or pays a period of. */
  manageUrl: string | null;
  /** It pays a period of a subscription that runs. */
  isRenewal: boolean;
  reference: string | null;
  /** Of the last change: in the end, when it was paid. */
  completedAt: string;
  /** A receipt by e-mail that is queued or was sent, and to which (masked) address; null where there is none. */
  receipt: { state: 'pending' | 'sent'; to: string } | null;
  /** A frame in the merchant's page or a window before it: that page goes on by itself once this is over. */
  openedIn: 'embed' | 'popup' | null;
  /** Origin of the page the session was opened from. */
  openedBy: string | null;
  /** Asked for as a receipt on paper. */
  isToPrint: boolean;
  now: string;
}

/** Where a form of the page is sent, so that its answer is shown in the same place. */
export const actionOf = ({ session, openedIn }: PaymentPageView, action: string): string =>
  `/c/${session.id}/${action}${openedIn ? `?${openedIn}=1` : ''}`;

/** What is due now, in the buyer's writing. */
export const totalOf = ({ session, locale }: PaymentPageView): string =>
  formatMoney({ amount: session.total, currency: session.currency }, locale);
