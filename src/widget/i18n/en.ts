/** English, which defines the shape: every other language has exactly these keys. */
import type { FailureCode, ProblemCode, SelectionProblemCode } from '../../contract/index.js';

/** Plain text with `{names}`, or one text per plural category, so that a language can travel as JSON. */
export type Message = string;
/** By CLDR category; `=1` is exactly one, for languages that do not tell one from many but do say “monthly”. */
export type Plural = { readonly other: string } & Partial<
  Record<Intl.LDMLPluralRule | '=1', string>
>;

/** Refusals a buyer can meet; anything else is told as `internal`. */
export type BuyerProblemCode =
  | Exclude<
      ProblemCode,
      | 'malformed_json'
      | 'unauthorized'
      | 'cross_site'
      | 'not_found'
      | 'conflict'
      | 'precondition_failed'
      | 'too_large'
      | 'not_json'
      | 'idempotency_mismatch'
      | 'unavailable'
    >
  | 'network'
  | 'timeout'
  | 'invalid_link'
  | 'invalid_reference'
  | 'api_missing'
  | 'handoff_blocked';

/** Trouble with a field: what a buyer can do something about, and what could not be read from text. */
export type FieldCode =
  | Exclude<
      SelectionProblemCode,
      | 'not_expected'
      | 'unknown_item'
      | 'unknown_variant'
      | 'unknown_price'
      | 'duplicate'
      | 'fixed_quantity'
    >
  | 'amount_decimals'
  | 'amount_ambiguous'
  | 'amount_unreadable'
  | 'quantity_unreadable'
  | 'nothing_chosen'
  | 'unavailable'
  | 'sold_out';

export interface Messages {
  readonly text: typeof text;
  readonly plurals: Record<keyof typeof plurals, Plural>;
  readonly problems: Record<BuyerProblemCode, Message>;
  readonly fields: Record<FieldCode, Message>;
  readonly failures: Record<FailureCode, Message>;
}

/** What a page may hand in as `messages`: any part of any group. */
export type MessageOverrides = {
  readonly [Group in keyof Messages]?: Partial<Messages[Group]>;
};

const text = {
  pay: 'Pay',
  buy: 'Buy',
  book: 'Book',
  donate: 'Donate',
  subscribe: 'Subscribe',
  payTotal: 'Pay {total}',
  bookTotal: 'Book for {total}',
  donateTotal: 'Donate {total}',
  subscribeTotal: 'Subscribe for {total}',
  startTrial: 'Start free trial',
  opening: 'One moment…',
  loading: 'Loading the payment form',
  close: 'Close',
  done: 'Done',
  retry: 'Try again',
  dismiss: 'Dismiss',
  continueElsewhere: 'Go to {host}',
  testMode: 'Test mode: no money moves',
  amount: 'Amount…',
  amountLegend: 'Amount',
  other: 'Other…',
  amountBetween: 'From {min} to {max}',
  amountFrom: 'At least {min}',
  amountRead: 'You pay {amount}',
  from: 'From {price}',
  quantity: 'Quantity',
  fewer: 'One less of {name}',
  more: 'One more of {name}',
  add: 'Add {name}',
  soldOut: 'Sold out',
  unavailable: 'Unavailable',
  price: 'Price',
  billing: 'Billing',
  email: 'E-mail',
  name: 'Name',
  phone: 'Phone',
  optional: 'Optional',
  total: 'Total',
  totalToday: 'Due today',
  afterwards: 'Then {amount} {every}',
  trialUntil: 'Free until {date}, then {amount} {every}',
  nextCharge: 'Next charge on {date}',
  firstCharge: 'First charge on {date}',
  cancelAnytime: 'You can cancel at any time.',
  setupFee: 'One-time fee',
  save: 'Save {off}',
  kept: 'What you entered is kept.',
  shippingAddress: 'Delivery address',
  billingAddress: 'Billing address',
  billingDiffers: 'The billing address is another one',
  callingCode: 'Country code',
  acceptTerms: 'I accept the {terms}.',
  terms: 'terms and conditions',
  addCode: 'Add promotion code',
  promotionCode: 'Promotion code',
  applyCode: 'Apply',
  removeCode: 'Remove',
  codeOff: '{off} off',
  codeFrom: 'From {amount} on',
  discount: 'Discount {code}',
  fullFrom: 'From {date}: {amount} {every}',
  inactive: 'This payment link is not active.',
  expired: 'This payment link has expired.',
  exhausted: 'This payment link has been used up.',
  temporarilySoldOut:
    'What is left is being paid for by others. It may come back in a few minutes.',
  notFound: 'This payment link does not exist.',
  failed: 'The payment form could not be loaded.',
  leaving: 'Taking you to the payment…',
  waiting: 'The payment is open in another window.',
  confirming: 'Your payment is being confirmed.',
  blocked: 'Your browser did not open the payment. Use this link:',
  continuePayment: 'Continue to payment',
  copyAddress: 'Payment address',
  paymentPage: 'Payment page',
  otherWay: 'Pay another way',
  mobileMoney: 'Mobile money',
  payerPhone: 'Mobile money number',
  payerHint: 'With the country code, such as +242\u00a006\u00a0123\u00a045\u00a067.',
  approve: 'Approve {total} on your phone',
  approveHow: 'Enter your PIN in the prompt of your mobile money account. This page waits for you.',
  timeLeft: 'Time left: {time}',
  held: 'Held for you for {time}',
  moreTime: 'I need more time',
  cancelPayment: 'Cancel the payment',
  print: 'Print the receipt',
  changeOrder: 'Change the order',
  stillOpen: 'A payment you started is still open.',
  wasCanceled: 'The payment was canceled. Nothing was charged.',
  wasExpired: 'The payment took too long. Nothing was charged.',
  didNotWork: 'The payment did not work: {reason}',
  nowCosts: 'The price has changed. The total is now {total}.',
  thanks: 'Thank you',
  paid: '{total} paid',
  started: 'Your subscription has started',
  reference: 'Reference',
};

const plurals = {
  left: { one: 'Only {count} left', other: 'Only {count} left' },
  atMost: { one: 'At most {count}', other: 'At most {count}' },
  retryIn: { one: 'Try again in {count} second.', other: 'Try again in {count} seconds.' },
  monthsFree: { one: '{count} month free', other: '{count} months free' },
  everyDay: { one: 'every day', other: 'every {count} days' },
  everyWeek: { one: 'every week', other: 'every {count} weeks' },
  everyMonth: { one: 'every month', other: 'every {count} months' },
  everyYear: { one: 'every year', other: 'every {count} years' },
  captionDay: { one: 'Daily', other: 'Every {count} days' },
  captionWeek: { one: 'Weekly', other: 'Every {count} weeks' },
  captionMonth: { one: 'Monthly', other: 'Every {count} months' },
  captionYear: { one: 'Yearly', other: 'Every {count} years' },
} satisfies Record<string, Plural>;

export const en: Messages = {
  text,
  plurals,
  problems: {
    origin_not_allowed: 'This payment link may not be used on this site.',
    link_not_found: text.notFound,
    session_not_found: 'This payment no longer exists.',
    link_inactive: text.inactive,
    link_expired: text.expired,
    link_exhausted: text.exhausted,
    temporarily_sold_out: text.temporarilySoldOut,
    out_of_stock: 'Something of your choice has just sold out. Please choose again.',
    price_changed: 'The price has changed. Please look at the new total.',
    idempotency_in_flight: 'Your order is still being sent.',
    validation_failed: 'Please check what you entered.',
    invalid_selection: 'Please check what you entered.',
    rate_limited: 'Too many tries. Please wait a moment.',
    internal: 'Something went wrong on our side. Nothing was charged.',
    provider_unavailable: 'The payment service does not answer. Nothing was charged.',
    network: 'There is no connection.',
    timeout: 'That took too long.',
    promotion_code_invalid: 'This code is not known.',
    promotion_code_expired: 'This code has expired.',
    promotion_code_used_up: 'This code has been used up.',
    promotion_code_minimum_not_met: 'Your order is too small for this code.',
    promotion_code_not_first_purchase: 'This code is for a first purchase.',
    promotion_code_not_eligible: 'This code cannot be used here.',
    promotion_code_currency_mismatch: 'This code is for another currency.',
    invalid_link: 'This page names no valid payment link.',
    invalid_reference: 'This page gives no valid reference.',
    api_missing: 'This page does not say where payments are taken.',
    handoff_blocked: 'Your browser did not open the payment.',
  },
  fields: {
    required: 'This is needed.',
    too_few: 'At least {limit}.',
    too_many: 'At most {limit}.',
    out_of_stock: 'Only {limit} left.',
    too_small: '{understood} is too little: at least {limit}.',
    too_large: '{understood} is too much: at most {limit}.',
    mixed_intervals: 'These cannot be billed together.',
    invalid_email: 'This does not look like an e-mail address, such as name@example.com.',
    invalid_phone: 'This does not look like a phone number, such as +44 20 7946 0000.',
    invalid_postal_code: 'This does not look like a postal code there, such as {example}.',
    unknown_country: 'We do not sell to this country.',
    unknown_option: 'Please choose again.',
    invalid_format: 'This is not in the expected form.',
    not_a_number: 'This is not a number.',
    too_long: 'At most {limit} characters.',
    amount_decimals: 'This currency has no such small part. Write it like {example}.',
    amount_ambiguous: 'Did you mean {understood}? Write it like {example}.',
    amount_unreadable: '“{typed}” cannot be read as an amount. Write it like {example}.',
    quantity_unreadable: '“{typed}” is not a whole number.',
    nothing_chosen: 'Choose at least one.',
    unavailable: 'This combination is not available.',
    sold_out: 'This is sold out.',
  },
  failures: {
    declined: 'it was declined.',
    insufficient_funds: 'the balance is too low.',
    rejected_by_payer: 'it was rejected on the phone.',
    timed_out: 'it was not approved in time.',
    payer_not_found: 'this number has no account.',
    payer_limit_reached: 'a limit of the account is reached.',
    not_allowed: 'it is not allowed for this account.',
    too_many_attempts: 'there were too many attempts.',
    provider_error: 'the payment service had a problem.',
  },
};
