import { html, type TemplateResult } from 'lit';
import type { Payment } from '../../contract/index.js';
import type { Desk } from '../desk.js';
import { addressOf } from '../place.js';
import { money, paymentStatus, time } from './shown.js';

export const paymentTable = (desk: Desk, payments: readonly Payment[]): TemplateResult => {
  const { payments: says } = desk.words;
  return html`<table class="list">
    <thead><tr>
      <th scope="col">${says.amount}</th>
      <th scope="col">${says.status}</th>
      <th scope="col">${says.when}</th>
      <th scope="col">${says.why}</th>
    </tr></thead>
    <tbody>${payments.map(
      (payment) => html`<tr>
        <th scope="row"><a href=${addressOf('payments', payment.id)}>${money(desk, payment.amount, payment.currency)}</a></th>
        <td data-label=${says.status}>${paymentStatus(desk, payment.status)}</td>
        <td data-label=${says.when}>${time(desk, payment.createdAt)}</td>
        <td data-label=${says.why}>${payment.failure ? desk.words.failure[payment.failure.code] : '–'}</td>
      </tr>`,
    )}</tbody>
  </table>`;
};
