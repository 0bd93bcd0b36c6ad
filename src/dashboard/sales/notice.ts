/** What has to be known of a payment before anything else: how it stands, and what to do. */
import { html, nothing, type TemplateResult } from 'lit';
import type { FailureCode, Refund } from '../../contract/index.js';
import type { Desk } from '../desk.js';
import { money } from '../parts/shown.js';
import { addressOf } from '../place.js';
import { doubtOf, type Known } from './timeline.js';

export const whyOf = ({ words }: Desk, code: FailureCode | undefined): string =>
  code ? words.sales.why[code] : words.sales.whyUnknown;

type Shown = TemplateResult | typeof nothing;

const box = (look: string, title: string, ...rest: readonly Shown[]): TemplateResult =>
  html`<div class="notice ${look}"><p><strong>${title}</strong></p>${rest}</div>`;

const say = (text: string): TemplateResult => html`<p>${text}</p>`;

export function notices(desk: Desk, known: Known): TemplateResult {
  const { refunds } = known;
  const pending = refunds.filter(({ status }) => status === 'pending');
  return html`${ofStatus(desk, known)} ${pending.map((refund) => ofPending(desk, refund))} ${ofFailed(desk, known)}`;
}

function ofStatus(desk: Desk, known: Known): Shown {
  const { about } = desk.words.sales;
  const { payment } = known;
  switch (payment.status) {
    case 'processing':
      return box('warn', about.processing, say(about.processingDo));
    case 'failed':
      return ofFailure(desk, known);
    case 'disputed':
      return box('bad', about.disputed, say(about.disputedDo));
    case 'needs_review':
      return ofDoubt(desk, known);
    default:
      return nothing;
  }
}

function ofFailure(desk: Desk, { payment, session }: Known): TemplateResult {
  const { about } = desk.words.sales;
  const title = about.failed(whyOf(desk, payment.failure?.code));
  const { failedDo } = about;
  // Of a renewal that is charged by itself its subscription tells more.
  if (payment.subscriptionId && session.paymentId !== payment.id) return box('bad', title);
  if (session.status === 'complete') return box('bad', title, say(failedDo.paid));
  const isOpen = session.status === 'open' || session.status === 'processing';
  return box('bad', title, say(isOpen ? failedDo.open : failedDo.again));
}

function ofDoubt(desk: Desk, known: Known): Shown {
  const doubt = doubtOf(known);
  if (!doubt) return nothing;
  const { about } = desk.words.sales;
  const { payment, session } = known;
  const paid = money(desk, payment.amount, payment.currency);
  const asked = money(desk, session.total, session.currency);
  const isTwin = doubt === 'paid_twice' && session.paymentId && session.paymentId !== payment.id;
  return box(
    'warn',
    about.review[doubt],
    doubt === 'other_amount' ? say(about.reviewAmounts(paid, asked)) : nothing,
    say(about.reviewDo),
    isTwin
      ? html`<p><a href=${addressOf('payments', session.paymentId as string)}>${about.reviewTwin}</a></p>`
      : nothing,
  );
}

function ofPending(desk: Desk, { amount, currency }: Refund): TemplateResult {
  const { about } = desk.words.sales;
  return box(
    'warn',
    about.refundPending(money(desk, amount, currency)),
    say(about.refundPendingText),
  );
}

/** The last one, where nothing has gone back since: an older failure is in the history. */
function ofFailed(desk: Desk, { payment, refunds }: Known): Shown {
  const { about } = desk.words.sales;
  const [last] = refunds
    .filter(({ settledAt }) => settledAt)
    .sort((one, other) => Date.parse(`${other.settledAt}`) - Date.parse(`${one.settledAt}`));
  if (last?.status !== 'failed' || payment.status === 'needs_review') return nothing;
  const amount = money(desk, last.amount, last.currency);
  const title = about.refundFailed(amount, whyOf(desk, last.failure?.code));
  return box('bad', title, say(about.refundFailedText));
}
