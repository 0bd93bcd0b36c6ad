/** Who bought, and how to reach them. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Address } from '../../contract/index.js';
import type { Desk } from '../desk.js';
import { facts } from '../parts/facts.js';
import { breakable } from '../parts/shown.js';
import { type Customer, linesOf } from './buyer.js';

export function buyerPanel(desk: Desk, customer: Customer): TemplateResult {
  const { sales } = desk.words;
  const says = sales.payment;
  const { email, name, phone, billingAddress, shippingAddress } = customer;
  const known = facts(
    [
      [says.name, name],
      [says.email, email && html`<a href="mailto:${email}">${breakable(email)}</a>`],
      [says.phone, phone && html`<a href="tel:${phone.replace(/[^+\d]/g, '')}">${phone}</a>`],
      [says.billing, written(desk, billingAddress)],
      [says.shipping, written(desk, shippingAddress)],
    ],
    'pairs',
  );
  return html`<section class="panel" aria-labelledby="buyer-title">
    <h2 id="buyer-title">${sales.buyer}</h2>
    ${known === nothing ? html`<p class="hint">${says.noBuyer}</p>` : known}
  </section>`;
}

const written = ({ locale }: Desk, address: Address | null): TemplateResult | null =>
  address &&
  html`${linesOf(address, locale).map((line) => html`<span class="line">${line}</span>`)}`;
