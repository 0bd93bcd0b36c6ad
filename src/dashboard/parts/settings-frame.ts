/** The settings are several pages; this leads from one to the next. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Desk } from '../desk.js';
import { addressOf, type PageName } from '../place.js';

/** Around the content of each of them: its heading comes first in it. */
export function settingsPage(desk: Desk, content: unknown): TemplateResult {
  const { settings: says } = desk.words;
  const page = partOf(desk.place.page);
  const way = (name: PageName, address: string, label: string) =>
    html`<li><a href=${address} aria-current=${page === name ? 'page' : nothing}>${label}</a></li>`;
  return html`<div class="settings">
    <nav class="side" aria-label=${says.nav}>
      <ul>
        ${way('settings', addressOf('settings'), says.general)}
        ${way('codes', addressOf('settings', 'codes'), says.codes)}
        ${way('keys', addressOf('settings', 'keys'), says.keys)}
        ${way('webhooks', addressOf('settings', 'webhooks'), says.webhooks)}
      </ul>
    </nav>
    <div class="settings-page">${content}</div>
  </div>`;
}

function partOf(page: PageName): PageName {
  if (page === 'webhook') return 'webhooks';
  return page === 'newCode' ? 'codes' : page;
}
