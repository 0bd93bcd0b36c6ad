/** The way on in a list. */
import { html, type LitElement, nothing, type TemplateResult } from 'lit';
import type { Desk } from '../desk.js';
import type { Listed, Listing } from './listing.js';

/** Of the row of a list: where `more` brings who has asked for it. */
export const rowId = ({ id }: { readonly id: string }): string => `row-${id}`;

/** Reads the next page, and brings who pressed to the first of those that have come and are shown. */
export function more<T extends Listed>(
  page: LitElement & { readonly desk: Desk },
  listing: Listing<T>,
): TemplateResult | typeof nothing {
  const { nextCursor, isBusy } = listing;
  if (!nextCursor) return nothing;
  const read = async () => {
    const come = await listing.more();
    await page.updateComplete;
    come
      .map((row) => page.querySelector<HTMLElement>(`#${rowId(row)} :is(a, button)`))
      .find(Boolean)
      ?.focus();
  };
  return html`<p class="more"><button class="secondary" type="button" ?disabled=${isBusy} @click=${read}>${page.desk.words.common.more}</button></p>`;
}
