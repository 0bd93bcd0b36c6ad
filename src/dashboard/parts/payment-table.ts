import { html, nothing, type TemplateResult } from 'lit';
import type { Payment } from '../../contract/index.js';
import type { Desk } from '../desk.js';
import { addressOf } from '../place.js';
import { rowId } from './more.js';
import { money, paymentStatus, time } from './shown.js';

export interface Column {
  readonly name: string;
  readonly cell: (payment: Payment) => TemplateResult | string;
}

/** @param columns what is told besides of each of them */
export const paymentTable = (
  desk: Desk,
  payments: readonly Payment[],
  columns: readonly Column[] = [],
): TemplateResult => {
  const { payments: says } = desk.words;
  return html`<table class="list payments">
    <thead><tr>
      <th scope="col">${says.amount}</th>
      <th scope="col">${says.status}</th>
      ${columns.map(({ name }) => html`<th scope="col">${name}</th>`)}
      <th scope="col">${says.when}</th>
    </tr></thead>
    <tbody>${payments.map(
      (payment) => html`<tr id=${rowId(payment)}>
        <th scope="row" class="amount"><a href=${addressOf('payments', payment.id)}>${money(desk, payment.amount, payment.currency)}</a></th>
        <td data-label=${says.status}><span>${paymentStatus(desk, payment.status)} ${because(desk, payment)}</span></td>
        ${columns.map(({ name, cell }) => html`<td data-label=${name}>${cell(payment)}</td>`)}
        <td data-label=${says.when}>${time(desk, payment.createdAt)}</td>
      </tr>`,
    )}</tbody>
  </table>`;
};

/** Why it failed, or what of it has gone back. */
function because(desk: Desk, { status, failure, refundedAmount, currency }: Payment) {
  if (failure) return html`<span class="hint">${desk.words.failure[failure.code]}</span>`;
  if (status !== 'partially_refunded') return nothing;
  const amount = money(desk, refundedAmount, currency);
  return html`<span class="hint">${desk.words.sales.payments.refunded(amount)}</span>`;
}
