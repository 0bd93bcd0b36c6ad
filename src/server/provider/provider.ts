/** What a payment provider is to us. Its calls cross a network: never make one inside a transaction. */
import type { FailureCode, Id, Totals, TotalsLine } from '../../contract/index.js';

/** A line of the order, with what the totals do not tell of it. */
export interface OrderLine extends TotalsLine {
  /** It is charged each period; where nothing recurs, no line does. */
  readonly recurs: boolean;
  /** What the provider calls the very same price in its own catalogue, where the merchant has said so. */
  readonly providerPriceId: string | null;
}

export interface CheckoutToOpen {
  readonly sessionId: Id<'checkoutSession'>;
  /** Minor units; what the buyer pays now. */
  readonly amount: number;
  readonly currency: string;
  readonly totals: Totals;
  /** Those of the totals, in their order. */
  readonly lines: readonly OrderLine[];
  readonly customerEmail: string | null;
  /** Ours, of this session: where buyers come back to, whether they have paid or not. */
  readonly pageUrl: string;
  /** Nobody may pay after it. */
  readonly expiresAt: string;
}

export interface OpenedCheckout {
  /** The provider's own name for this checkout. */
  readonly ref: string;
  /** Where the buyer pays; null where the payment page is ours. */
  readonly url: string | null;
  /** Of a recurring order: the provider takes the payments that follow by itself, and tells of them. */
  readonly renewsItself?: boolean;
}

/** One payment of a subscription that we take without its buyer. */
export interface ChargeToMake {
  /** Ours, one for each attempt: whoever asks again with it charges once. */
  readonly ref: string;
  /** The session that began the subscription. */
  readonly sessionId: Id<'checkoutSession'>;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
}

/** How money moves that was asked to, one way or the other. */
export type MoneyAnswer =
  | { readonly status: 'succeeded' | 'pending' }
  | { readonly status: 'failed'; readonly failureCode: FailureCode };

/** A subscription that the provider renews itself. */
export interface RenewedElsewhere {
  readonly sessionId: Id<'checkoutSession'>;
  /** The provider's own name for the checkout that began it. */
  readonly checkoutRef: string;
}

/** Who runs mobile-money accounts, told apart by how their numbers begin. */
export interface Operator {
  readonly name: string;
  /** Digits in international form without the plus: `24206`. */
  readonly prefixes: readonly string[];
}

export interface Approval {
  /** As it was typed. */
  readonly phone: string;
  readonly until: string;
}

export interface RefundToMake {
  readonly refundId: Id<'refund'>;
  /** The provider's reference of the attempt that took the money. */
  readonly ref: string;
  readonly amount: number;
  readonly currency: string;
}

/** Of a checkout, by the one clock. */
export interface Times {
  /** Nobody was to pay after it. */
  readonly expiresAt: string;
  readonly now: string;
}

export interface Provider {
  readonly name: string;
  /** No real money moves. */
  readonly testMode: boolean;
  readonly sessionLifetimeSeconds: number;
  /** Whether buyers pay on our own `/c/` page. */
  readonly paysOnOurPage: boolean;
  readonly methods: readonly ('page' | 'mobile_money')[];
  /** What every amount in this currency must be a multiple of, in our minor units; 1 where it is not said. */
  amountStep?(currency: string): number;
  /** The name a checkout is going to have, where that is ours to choose: it is noted before it is opened. */
  chooseRef?(sessionId: Id<'checkoutSession'>): string;
  /**
   * Safe to repeat. Null where nothing is due and nothing has to be opened for that: the session is complete at once.
   * @throws Problem for an order that the provider cannot take as it was priced; anything else where it did not answer
   */
  open(checkout: CheckoutToOpen): Promise<OpenedCheckout | null>;
  /** False where nothing ends a checkout before its time: buyers may pay there what is over with us. */
  readonly canExpire?: false;
  /**
   * Ends the checkout at the provider. `alive` = an attempt is under way or paid, or nothing can end it before its
   * time: it must not be released.
   */
  expire(ref: string, times: Times): Promise<'dead' | 'alive'>;
  /**
   * Gives (a part of) a payment back. Safe to repeat: `refundId` is the idempotency key, and the answer
   * to it says how that one refund stands by now.
   * @throws when it is not known whether the refund was made: it will be asked for again.
   */
  refund(refund: RefundToMake): Promise<MoneyAnswer>;
  /**
   * Takes a renewal without the buyer. Where there is no such call, and the provider does not renew itself either,
   * buyers pay each period on their own page.
   * @throws when it is not known whether it was taken: it will be asked for again, by the same `ref`
   */
  charge?(charge: ChargeToMake): Promise<MoneyAnswer>;
  /**
   * Ends what the provider renews itself. Safe to repeat; `now` gives nothing back.
   * @throws where it is not known whether it was ended
   */
  endSubscription?(subscription: RenewedElsewhere, at: 'now' | 'period_end'): Promise<void>;
  /**
   * How a checkout stands, as an event that may be applied again and again; undefined where nothing was paid. Of one
   * that is under way with us and not there any more it has to say `failed`: its message may have been lost.
   */
  read?(checkout: Checkout): Promise<ProviderEvent | undefined>;
  /**
   * What a message of the provider's says; undefined where it concerns nothing of ours.
   * @throws Problem `unauthorized` for one that is forged or too old; anything else where what it is about could not be
   * read: it is refused then, and comes again
   */
  receive?(message: ProviderMessage): Told | undefined | Promise<Told | undefined>;
  /** Where mobile money is among the methods. */
  readonly operators?: readonly Operator[];
  /** @throws Problem `validation_failed` for a number nobody has */
  checkPhone?(phone: string): void;
  /** Asks a phone to approve; null where it was answered at once, false where there was nothing to approve any more. */
  askApproval?(ref: string, phone: string): Promise<Approval | null | false>;
  /** A number for trying out: no phone rings. */
  isTestNumber?(phone: string): boolean;
  pendingApproval?(ref: string): Promise<Approval | null>;
}

/** What a message may say. */
export type Told = ProviderEvent | SubscriptionEvent | DisputeEvent | Notice;

/** One that was opened. */
export interface Checkout {
  readonly ref: string;
  readonly sessionId: Id<'checkoutSession'>;
  readonly currency: string;
  /** As far as we have heard, an attempt is under way. */
  readonly isUnderWay: boolean;
}

/** A message that only says where to look: what counts is read from there. */
export interface Notice {
  /** The provider's own name for the checkout. */
  readonly ref: string;
  /** An attempt that failed, which leaves nothing to be read. */
  readonly failed?: { readonly id: string; readonly failureCode: FailureCode };
}

/** As it came in. */
export interface ProviderMessage {
  /** The very bytes that were signed, as text. */
  readonly body: string;
  header(name: string): string | undefined;
}

/** Something that happened at the provider, in our words. Applied at most once by `id`. */
export interface ProviderEvent {
  readonly provider: string;
  readonly id: string;
  readonly sessionId: Id<'checkoutSession'>;
  /** The provider's reference of the attempt this is about. */
  readonly attempt: string;
  /** The provider's own name for the checkout, where that might be another one than we have opened. */
  readonly checkout?: string;
  readonly type: 'processing' | 'succeeded' | 'failed' | 'canceled';
  readonly amount: number;
  readonly currency: string;
  readonly failureCode: FailureCode | null;
}

/**
 * Something that happened to a subscription which the provider renews itself, told by the session that began it.
 * Applied at most once by `id`.
 */
export type SubscriptionEvent = {
  readonly provider: string;
  readonly id: string;
  readonly sessionId: Id<'checkoutSession'>;
} & (RenewalHappening | SubscriptionHappening);

export type RenewalHappening = {
  readonly type: 'renewal_succeeded' | 'renewal_failed';
  /** What is owed, by the provider's name: the `attempt` of the one that succeeds. */
  readonly bill: string;
  /** The provider's reference of this attempt; of one that succeeded, what a refund is asked for by. */
  readonly attempt: string;
  readonly amount: number;
  readonly currency: string;
  readonly failureCode: FailureCode | null;
  /** When the next period is charged, where it is known. */
  readonly nextChargeAt: string | null;
};

export type SubscriptionHappening =
  /** `hasFailed`: it was given up because nobody paid. */
  | { readonly type: 'subscription_ended'; readonly hasFailed: boolean }
  /** It will end then; null: it goes on after all. */
  | { readonly type: 'subscription_ends'; readonly at: string | null };

/** How a payment stands that a buyer's bank was asked to take back. Applied at most once by `id`. */
export interface DisputeEvent {
  readonly provider: string;
  readonly id: string;
  readonly sessionId: Id<'checkoutSession'>;
  /** The reference under which the payment succeeded. */
  readonly attempt: string;
  /** `undisputed`: the money is here after all. */
  readonly type: 'disputed' | 'undisputed';
}
