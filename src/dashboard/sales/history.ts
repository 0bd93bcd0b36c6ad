/** The timeline of a payment, in sentences. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Payment, Refund } from '../../contract/index.js';
import type { Desk } from '../desk.js';
import { money, time } from '../parts/shown.js';
import { addressOf } from '../place.js';
import { whyOf } from './notice.js';
import { type Known, type Moment, timelineOf } from './timeline.js';

export const history = (desk: Desk, known: Known): TemplateResult =>
  html`<ol class="timeline">
    ${timelineOf(known).map(
      (moment) => html`<li class="moment moment-${moment.what}">
        <p>${sentence(desk, known.payment, moment)}</p>
        ${isReleasing(moment) ? html`<p class="hint">${desk.words.sales.moments.released}</p>` : nothing}
        <p class="hint">${time(desk, moment.at)}</p>
      </li>`,
    )}
  </ol>`;

const isReleasing = (moment: Moment): boolean =>
  moment.what === 'refunded' && moment.refund.releaseRedemption;

function sentence(desk: Desk, shown: Payment, moment: Moment): TemplateResult | string {
  const { moments: says } = desk.words.sales;
  const amountOf = ({ amount, currency }: Payment | Refund) => money(desk, amount, currency);
  switch (moment.what) {
    case 'opened':
      return moment.isRenewal ? says.openedRenewal : says.opened;
    case 'begun':
      return linked(shown, moment.payment, says.begun(amountOf(moment.payment)));
    case 'paid':
      return moment.payment.id === shown.id
        ? says.paid(amountOf(moment.payment))
        : linked(shown, moment.payment, says.paidByOther(amountOf(moment.payment)));
    case 'doesNotFit':
      return linked(shown, moment.payment, says.doesNotFit(amountOf(moment.payment)));
    case 'failed':
      return linked(shown, moment.payment, says.failed(whyOf(desk, moment.code)));
    case 'refundAsked':
      return says.refundAsked(amountOf(moment.refund));
    case 'refunded': {
      const isLate = moment.refund.reason === 'late_payment';
      return (isLate ? says.returned : says.refunded)(amountOf(moment.refund));
    }
    case 'refundFailed':
      return says.refundFailed(amountOf(moment.refund), whyOf(desk, moment.refund.failure?.code));
    default:
      return says[moment.what];
  }
}

/** Another attempt has a page of its own. */
const linked = (shown: Payment, payment: Payment, text: string): TemplateResult | string =>
  payment.id === shown.id ? text : html`<a href=${addressOf('payments', payment.id)}>${text}</a>`;
