/** What stands where a page has nothing to show, with a way on. */
import { html, type TemplateResult } from 'lit';
import type { Desk } from '../desk.js';
import { addressOf } from '../place.js';

/** Nothing could be read: an empty list would say that there is nothing. */
export const again = (
  { words: { common, sales } }: Desk,
  retry: () => unknown,
): TemplateResult => html`<div class="panel" role="alert">
  <p>${sales.retryText}</p>
  <p><button class="secondary" type="button" @click=${() => retry()}>${common.retry}</button></p>
</div>`;

export interface Missing {
  readonly title: string;
  /** Where the way leads from here, and what it is called. */
  readonly address: string;
  readonly way: string;
}

/** Nothing is at this address, or not any more. */
export const missing = (
  { words: { common } }: Desk,
  { title, address, way }: Missing = {
    ...{ title: common.missingTitle, address: addressOf('links'), way: common.toLinks },
  },
): TemplateResult => html`<div class="card">
  <h1>${title}</h1>
  <p class="lead">${common.missingText}</p>
  <p><a class="button secondary" href=${address}>${way}</a></p>
</div>`;
