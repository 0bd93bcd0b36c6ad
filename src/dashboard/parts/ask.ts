/** Asks before something that cannot be undone, in a dialog of the browser's own. */
import { html, render } from 'lit';
import type { Desk } from '../desk.js';

interface Question {
  readonly title: string;
  readonly text: string | readonly string[];
  /** The word for doing it; to leave it is always possible. */
  readonly yes: string;
}

/** @returns whether it is wanted. The focus goes back to where it was. */
export function ask({ words }: Desk, { title, text, yes }: Question): Promise<boolean> {
  const dialog = document.createElement('dialog');
  dialog.className = 'sure';
  dialog.setAttribute('aria-labelledby', 'sure-title');
  dialog.setAttribute('aria-describedby', 'sure-text');
  render(
    html`<form method="dialog">
      <h2 id="sure-title">${title}</h2>
      <div id="sure-text">${[text].flat().map((one) => html`<p>${one}</p>`)}</div>
      <div class="form-end">
        <button class="secondary" value="no" autofocus>${words.common.cancel}</button>
        <button class="danger" value="yes">${yes}</button>
      </div>
    </form>`,
    dialog,
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
  });
}
