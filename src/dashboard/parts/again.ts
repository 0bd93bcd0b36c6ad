/** What stands where a page has nothing to show, with a way on. */
import { html, type TemplateResult } from 'lit';
import type { Desk } from '../desk.js';
import { addressOf } from '../place.js';

/** Nothing could be read: an empty list would say that there is nothing. */
export const again = (
  { words }: Desk,
  retry: () => unknown,
): TemplateResult => html`<div class="card" role="alert">
  <p>${words.sales.retryText}</p>
  <p><button class="secondary" type="button" @click=${retry}>${words.common.retry}</button></p>
</div>`;

/** Nothing is at this address, or not any more. */
export const missing = ({ words }: Desk): TemplateResult => html`<div class="card">
  <h1>${words.common.missingTitle}</h1>
  <p class="lead">${words.common.missingText}</p>
  <p><a class="button secondary" href=${addressOf('links')}>${words.common.toLinks}</a></p>
</div>`;
