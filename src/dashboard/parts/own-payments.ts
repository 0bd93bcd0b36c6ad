import { html, type LitElement, nothing, type TemplateResult } from 'lit';
import type { Payment } from '../../contract/index.js';
import type { Desk } from '../desk.js';
import { addressOf } from '../place.js';
import { again } from './again.js';
import type { Listing } from './listing.js';
import { more } from './more.js';
import { paymentTable } from './payment-table.js';

interface Says {
  readonly title: string;
  readonly none: string;
  /** The way to the same payments in the list of all of them, and what it is asked for. */
  readonly all: string;
  readonly query: string;
}

/** The payments of what a page is about. */
export function ownPayments(
  page: LitElement & { readonly desk: Desk },
  listing: Listing<Payment>,
  { title, none, all, query }: Says,
): TemplateResult {
  const { rows, hasFailed } = listing;
  return html`<section class="panel flush" aria-labelledby="payments-title">
    <h2 id="payments-title" class="inset">${title}</h2>
    ${hasFailed ? again(page.desk, () => listing.read()) : nothing}
    ${rows?.length === 0 ? html`<p class="inset lead">${none}</p>` : nothing}
    ${
      rows?.length
        ? html`${paymentTable(page.desk, rows)} <p class="inset"><a href="${addressOf('payments')}?${query}">${all}</a></p>`
        : nothing
    }
    ${more(page, listing)}
  </section>`;
}
