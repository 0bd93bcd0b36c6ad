import { html, type TemplateResult } from 'lit';
import type { Desk } from '../desk.js';

interface Copying {
  readonly text: string;
  /** What is copied, for who does not see what is beside the button. */
  readonly label?: string;
  readonly look?: 'quiet' | 'secondary';
}

/** Copies a text, and says so. Without a clipboard (a page on plain http) the text is selected to be copied by hand. */
export function copyButton(desk: Desk, { text, label, look = 'quiet' }: Copying): TemplateResult {
  const copy = async (event: Event) => {
    const button = event.currentTarget as HTMLElement;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      copyByHand(text, button);
    }
    desk.say(desk.words.common.copied);
  };
  return html`<button class=${look} type="button" aria-label=${label ?? desk.words.common.copy} @click=${copy}>
    ${desk.words.common.copy}
  </button>`;
}

function copyByHand(text: string, button: HTMLElement): void {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'visually-hidden';
  // Nothing outside of an open dialog can be selected.
  (button.closest('dialog') ?? document.body).append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
  button.focus();
}
