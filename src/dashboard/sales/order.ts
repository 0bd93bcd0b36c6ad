/** What was bought: the lines of the order, what was taken off, and what recurs. */
import { html, nothing, type TemplateResult } from 'lit';
import type { MerchantSession } from '../../contract/index.js';
import type { Desk } from '../desk.js';
import { day, money } from '../parts/shown.js';

type Totals = MerchantSession['totals'];

export function order(desk: Desk, { totals }: MerchantSession): TemplateResult {
  const { payment: says } = desk.words.sales;
  const shown = (amount: number) => money(desk, amount, totals.currency);
  const sum = (name: string, value: string, look = '') =>
    html`<div class=${look}><dt>${name}</dt><dd>${value}</dd></div>`;
  return html`<table class="list order">
      <thead><tr>
        <th scope="col">${says.item}</th>
        <th scope="col" class="number">${says.quantity}</th>
        <th scope="col" class="number">${says.price}</th>
        <th scope="col" class="number">${says.sum}</th>
      </tr></thead>
      <tbody>${totals.lines.map(
        (line) => html`<tr>
          <th scope="row">${line.name}</th>
          <td class="number" data-label=${says.quantity}>${line.quantity.toLocaleString(desk.locale)}</td>
          <td class="number" data-label=${says.price}>${shown(line.unitAmount)}</td>
          <td class="number" data-label=${says.sum}>${shown(line.amount)}</td>
        </tr>`,
      )}</tbody>
    </table>
    <dl class="sums">
      ${totals.discounts.map(({ code, amount }) => sum(says.discount(code), `−${shown(amount)}`))}
      ${sum(says.total, shown(totals.total), 'total')}
      ${totals.recurring ? recurring(desk, totals.recurring, totals) : nothing}
    </dl>`;
}

function recurring(
  desk: Desk,
  { amount, interval, intervalCount, nextChargeAt }: NonNullable<Totals['recurring']>,
  { currency }: Totals,
): TemplateResult {
  const { words } = desk;
  const price = `${money(desk, amount, currency)} ${words.interval(interval, intervalCount)}`;
  return html`<div><dt>${words.sales.payment.afterwards}</dt>
    <dd>${words.sales.subscription.from(price)} ${day(desk, nextChargeAt)}</dd></div>`;
}
