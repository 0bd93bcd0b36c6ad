/** Line drawings that say how it stands; the words beside them say it too. */
import { html } from 'hono/html';
import type { Html } from './dates.js';

const icon = (name: string, shape: Html): Html =>
  html`<svg class="icon icon-${name}" viewBox="0 0 48 48" width="48" height="48" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${shape}</svg>`;

export const doneIcon = (): Html =>
  icon('done', html`<circle cx="24" cy="24" r="20"/><path d="m15.5 24.5 6 6 11-12.5"/>`);

export const clockIcon = (): Html =>
  icon('clock', html`<circle cx="24" cy="24" r="20"/><path d="M24 13v11.5l7 4.5"/>`);

export const closedIcon = (): Html =>
  icon('closed', html`<circle cx="24" cy="24" r="20"/><path d="M16 24h16"/>`);

export const crossIcon = (): Html =>
  icon('cross', html`<circle cx="24" cy="24" r="20"/><path d="m17.5 17.5 13 13m0-13-13 13"/>`);

export const searchIcon = (): Html =>
  icon('search', html`<circle cx="21" cy="21" r="14"/><path d="m31.5 31.5 10 10"/>`);

export const phoneIcon = (): Html =>
  icon(
    'phone',
    html`<rect x="13" y="4" width="22" height="40" rx="4.5"/><path d="M21 38h6"/><path class="wave" d="m19.5 20 3.5 3.5 6-6.5"/>`,
  );
