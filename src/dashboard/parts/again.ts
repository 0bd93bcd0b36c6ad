import { html, type TemplateResult } from 'lit';
import type { Desk } from '../desk.js';

/** What stands where nothing could be read, with a way on: an empty list would say that there is nothing. */
export const again = (
  { words: { common, sales } }: Desk,
  retry: () => unknown,
): TemplateResult => html`<div class="panel" role="alert">
  <p>${sales.retryText}</p>
  <p><button class="secondary" type="button" @click=${() => retry()}>${common.retry}</button></p>
</div>`;
