import { html, type TemplateResult } from 'lit';
import type { Desk } from '../desk.js';

/** What stands where nothing could be read: an empty list would say that there is nothing. */
export const again = (
  { words }: Desk,
  retry: () => unknown,
): TemplateResult => html`<div class="card" role="alert">
  <p>${words.sales.retryText}</p>
  <p><button class="secondary" type="button" @click=${retry}>${words.common.retry}</button></p>
</div>`;
