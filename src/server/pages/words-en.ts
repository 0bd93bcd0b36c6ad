/** What our own pages say in English; its shape is what every language must fill. */
import type { FailureCode, Interval } from '../../contract/index.js';

const every: Record<Interval, [one: string, many: string]> = {
  day: ['day', 'days'],
  week: ['week', 'weeks'],
  month: ['month', 'months'],
  year: ['year', 'years'],
};

/** What happened, and the way on. */
const failures: Record<FailureCode, { title: string; text: string }> = {
  declined: {
    title: 'The payment was declined',
    text: 'No money was taken. Try again, or pay another way.',
  },
  insufficient_funds: {
    title: 'There was not enough money in the account',
    text: 'No money was taken. Top up and try again, or pay another way.',
  },
  rejected_by_payer: {
    title: 'The request was rejected on the phone',
    text: 'No money was taken. If that was a slip, ask for approval again.',
  },
  timed_out: {
    title: 'Nobody approved in time',
    text: 'No money was taken. Keep the phone at hand and try again.',
  },
  payer_not_found: {
    title: 'This number has no mobile money account',
    text: 'No money was taken. Check the number and try again, or use another one.',
  },
  payer_limit_reached: {
    title: 'The account has reached its limit',
    text: 'No money was taken. Try again tomorrow, or use another account.',
  },
  not_allowed: {
    title: 'This account may not make the payment',
    text: 'No money was taken. Try again with another account.',
  },
  too_many_attempts: {
    title: 'Too many attempts',
    text: 'The payment was canceled after five attempts that failed. No money was taken. You can start again.',
  },
  provider_error: {
    title: 'The payment service had a fault',
    text: 'No money was taken. Wait a moment and try again.',
  },
};

export const en = {
  testBanner: 'Test mode',
  testBannerText: 'No money moves here.',
  poweredBy: 'Payments by PayLink',
  deskNeedsScript: 'The desk needs JavaScript. Switch it on for this site.',
  backToShop: 'Back to the shop',
  startAgain: 'Start again',
  closeWindow: 'Close this window',
  photoOf: (name: string) => `Picture of ${name}`,

  yourOrder: 'Your order',
  each: (amount: string) => `${amount} each`,
  quantity: 'Quantity',
  subtotal: 'Subtotal',
  discount: (code: string) => `Discount ${code}`,
  total: 'Total',
  totalToday: 'Total today',
  perInterval: (interval: Interval, count: number) =>
    count === 1 ? `every ${every[interval][0]}` : `every ${count} ${every[interval][1]}`,
  recurs: (amount: string, period: string) => `Then ${amount} ${period}`,
  renews: (amount: string, period: string) => `Renews at ${amount} ${period}`,
  trialEnds: (date: string) => `Free trial until ${date}`,
  nextCharge: 'Next charge',
  fullFrom: (date: string, amount: string, period: string) => `From ${date}: ${amount} ${period}`,
  trialDays: (days: number) => (days === 1 ? '1 day free' : `${days} days free`),

  payTitle: (name: string) => `Pay for ${name}`,
  sandboxTitle: 'Sandbox: choose what happens',
  sandboxText: 'Here a provider would ask for a card. In the sandbox you decide how it ends.',
  pay: (amount: string) => `Pay ${amount}`,
  decline: 'Decline',
  cancel: 'Cancel',
  orByPhone: 'Or approve by phone',
  mobileMoneyText: 'With mobile money you confirm the payment on your phone.',
  phone: 'Phone number',
  phoneHint: 'With the country code, for example +242 06 123 45 67',
  phoneFaulty: 'This is not a phone number we can read. Write it with its country code.',
  approveByPhone: 'Approve by phone',
  testNumbers: 'Test numbers',
  testOutcomes: [
    'approves',
    'rejected by the payer',
    'low balance',
    'times out',
    'unknown number',
    'approves after 20 seconds',
  ],
  anyOther: 'any other number',
  approvesAfter3: 'approves after 3 seconds',
  timeLeft: 'Time left to pay:',
  duration: (minutes: number) => (minutes <= 1 ? 'less than a minute' : `${minutes} minutes`),
  minutesTemplate: '{n} minutes',
  extend: 'I need more time',
  extended: 'You have more time now.',
  notExtended: 'The time cannot be extended again.',

  notPaidTitle: 'Your payment is not finished yet',
  paysAt: (host: string) => `You pay on the secure page of ${host} and come back here.`,
  continueToPayment: 'Continue to payment',
  justPaid: 'Have you just paid? Then wait a moment: this page shows it by itself.',
  notCanceled: {
    title: 'It could not be canceled just now',
    text: 'The payment service does not answer. Wait a moment and try again.',
  },
  preparingTitle: 'Your payment is being prepared',
  preparingText: 'In a few seconds you can go on from here.',
  noWayTitle: 'This payment cannot go on',
  noWayText:
    'The seller takes payments in another way by now. Start again; if you have paid already, write to the seller.',

  approveTitle: 'Approve on your phone',
  approveText: (phone: string) => `A request was sent to ${phone}.`,
  approveSteps: [
    'Open the prompt of your mobile money account.',
    'Check the amount and confirm with your PIN.',
    'Keep this page open, or come back later: it shows how it ended.',
  ],
  approveUntil: 'Time left to approve:',
  confirmingTitle: 'Confirming the payment',
  confirmingText: 'This usually takes a few seconds. You can leave this page open or come back.',
  confirmingSlowText:
    'Mostly this takes a few seconds; a debit from a bank account may take some days. You can close this page and come back.',
  waiting: 'Waiting for the answer …',

  completeTitle: 'Thank you, it is paid',
  completeFreeTitle: 'Thank you, you are all set',
  completeText: (name: string) => `${name} has received your payment.`,
  givenBackTitle: 'The payment was given back',
  givenBackText: (name: string, amount: string) =>
    `${name} has given ${amount} back. It may take some days to arrive.`,
  partlyGivenBackText: (name: string, amount: string) =>
    `${name} has received your payment, and has given ${amount} of it back.`,
  givenBack: 'Given back',
  completeFreeText: (name: string) => `${name} has received your order. Nothing is due today.`,
  receiptSent: (to: string) => `We have sent a receipt to ${to}.`,
  receiptOnItsWay: (to: string) => `A receipt is on its way to ${to}.`,
  receipt: 'Confirmation',
  amountPaid: 'Amount paid',
  paidTo: 'Paid to',
  date: 'Date',
  reference: 'Reference',
  sessionId: 'Payment number',
  print: 'Print',

  expiredTitle: 'The time to pay ran out',
  expiredText: 'No money was taken. Start again whenever you like.',
  canceledTitle: 'The payment was canceled',
  canceledText: 'No money was taken. You can start again.',
  failures,

  from: (amount: string) => `From ${amount}`,
  free: 'Free',
  amountBetween: (min: string, max: string) => `You choose: ${min} to ${max}`,
  amountFrom: (min: string) => `You choose, from ${min}`,
  amountChosen: 'You choose the amount',
  availableUntil: 'Available until',
  secure: 'You see the total once more before you pay.',
  email: 'E-mail',
  name: 'Name',
  optional: 'optional',
  submit: {
    pay: (amount: string) => `Pay ${amount}`.trim(),
    book: (amount: string) => (amount ? `Book for ${amount}` : 'Book'),
    donate: (amount: string) => `Donate ${amount}`.trim(),
    subscribe: () => 'Subscribe',
  },
  problems: {
    invalid_selection: 'Something is missing or not right. Please look at the fields below.',
    validation_failed: 'Something is missing or not right. Please look at the fields below.',
    out_of_stock: 'There is not that much left. Choose a smaller quantity.',
    temporarily_sold_out: 'What is left is being paid for by others. Try again in a few minutes.',
    price_changed: 'The price has changed since this page was opened. Please look at it again.',
    rate_limited: 'That was too often in a short time. Wait a minute and try again.',
    provider_unavailable: 'The payment service does not answer. Nothing was charged. Try again.',
    internal: 'That did not work, and nothing was charged. Please try again.',
  },
  fieldProblems: {
    required: 'This is needed.',
    invalid_email: 'This is not an e-mail address. One looks like name@example.com.',
    invalid_phone: 'This is not a phone number. Write it with its country code.',
    too_few: 'That is fewer than can be bought at once.',
    too_many: 'That is more than can be bought at once.',
    out_of_stock: 'There is not that much left.',
    invalid: 'Please check this.',
  },
  needsScript:
    'Choosing here needs JavaScript. Please switch it on, or open this page in another browser.',
  late: 'This takes longer than usual.',
  loadAgain: 'Load the page again',
  inactive: ['This link is switched off', 'The seller is not taking payments here at the moment.'],
  expired: ['This offer has ended', 'The time in which it could be paid is over.'],
  exhausted: ['All taken', 'This link has been used as often as it could be.'],
  soldOut: [
    'Sold out for the moment',
    'What is left is being paid for by others just now. Try again in a few minutes.',
  ],
  tryAgain: 'Try again',
  continueTo: (host: string) => `Continue to ${host}`,

  notFoundTitle: 'There is nothing here',
  notFoundText: 'The address may be mistyped or out of date. Ask whoever sent it for a new one.',
  busyTitle: 'Too many tries',
  busyText: 'Nothing was charged by this step. Wait a minute and load the page again.',
  errorTitle: 'Something went wrong on our side',
  awayText:
    'We cannot show this just now. Nothing was charged by opening it. Try again in a minute.',
  errorText:
    'We may not know yet how this step ended. Wait a moment and open your payment again: it says whether it was paid.',
  errorNumber: 'If you write to us, give this number:',
};

export type Words = typeof en;
