import { html, type TemplateResult } from 'lit';
import type { Desk } from '../desk.js';

/** What stands where something is being read. */
export const waiting = ({ words }: Desk): TemplateResult =>
  html`<p class="waiting" role="status">${words.common.loading}</p>`;
