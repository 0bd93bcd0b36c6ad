/** What the settings tell of the server, and cannot change. */
import { html, type TemplateResult } from 'lit';
import type { Settings } from '../../contract/index.js';
import type { Desk } from '../desk.js';
import { copyButton } from '../parts/copy-button.js';
import { time } from '../parts/shown.js';

export function receipts({ words }: Desk, { sendsReceipts }: Settings): TemplateResult {
  const { settings: says } = words;
  return html`<section class="panel" aria-labelledby="receipts-title">
    <h2 id="receipts-title">${says.receipts}</h2>
    ${
      sendsReceipts
        ? html`<p>${says.receiptsOn}</p>`
        : html`<p>${says.receiptsOff}</p><p class="hint">${says.receiptsHow}</p>`
    }
  </section>`;
}

export function server(
  desk: Desk,
  { provider, testMode, publicUrl, updatedAt }: Settings,
): TemplateResult {
  const { settings: says } = desk.words;
  return html`<section class="panel" aria-labelledby="server-title">
    <h2 id="server-title">${says.server}</h2>
    <p class="hint">${says.serverHint}</p>
    <dl class="facts">
      <div><dt>${says.provider}</dt><dd>${says.providers[provider] ?? provider}</dd></div>
      <div><dt>${says.side}</dt><dd>${testMode ? says.testSide : says.liveSide}</dd></div>
      <div><dt>${says.publicUrl}</dt><dd>${publicUrl} ${copyButton(desk, { text: publicUrl })}</dd></div>
      <div><dt>${says.changed}</dt><dd>${time(desk, updatedAt)}</dd></div>
    </dl>
  </section>`;
}
