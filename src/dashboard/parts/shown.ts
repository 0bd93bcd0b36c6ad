/** Money, times and states as the merchant reads them. */
import { html, type TemplateResult } from 'lit';
import {
  formatMoney,
  type LinkStatus,
  type PaymentStatus,
  type Subscription,
} from '../../contract/index.js';
import type { Desk } from '../desk.js';

export const money = ({ locale }: Desk, amount: number, currency: string): string =>
  formatMoney({ amount, currency }, locale);

/** An address that breaks where its parts do, where it has to. */
export const breakable = (address: string): TemplateResult =>
  html`${address.split(/(?<=[/.@_])(?=[^/])/).map((part) => html`${part}<wbr />`)}`;

/** Day and minute where the merchant is; the exact time of the world beside it. */
export function time({ locale }: Desk, iso: string): TemplateResult {
  const shown = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return html`<time datetime=${iso} title=${iso}>${shown.format(new Date(iso))}</time>`;
}

export function day({ locale }: Desk, iso: string): TemplateResult {
  const shown = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(iso));
  return html`<time datetime=${iso} title=${iso}>${shown}</time>`;
}

export const linkStatus = ({ words }: Desk, status: LinkStatus): TemplateResult =>
  html`<span class="state state-${status}">${words.status[status]}</span>`;

export const paymentStatus = ({ words }: Desk, status: PaymentStatus): TemplateResult =>
  html`<span class="state state-${status}">${words.paymentStatus[status]}</span>`;

export const subscriptionStatus = (
  { words }: Desk,
  status: Subscription['status'],
): TemplateResult =>
  html`<span class="state state-${status}">${words.sales.subscriptionStatus[status]}</span>`;
