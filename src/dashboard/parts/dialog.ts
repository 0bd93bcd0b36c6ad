/** What stands before everything else until it is answered: a native dialog, opened as soon as it is there. */
import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Desk } from '../desk.js';

/** @fires desk-close when it is closed, by whatever way; who has drawn it takes it away then */
export abstract class DeskDialog extends LitElement {
  static override properties: PropertyDeclarations = {
    desk: { attribute: false },
    heading: { attribute: false },
    text: { attribute: false },
  };

  declare desk: Desk;
  declare heading: string;
  declare text: string;

  /** Only its own buttons close it. */
  protected readonly isStrict: boolean = false;

  protected abstract content(): TemplateResult;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.querySelector('dialog');
  }

  protected override firstUpdated(): void {
    this.#dialog?.showModal();
  }

  /** The focus goes back to where it was. */
  protected close(): void {
    this.#dialog?.close();
  }

  readonly #onCancel = (event: Event): void => {
    if (this.isStrict) event.preventDefault();
  };

  /** Where `closedby` is not known, browsers let a second Escape pass without asking. */
  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (this.isStrict && event.key === 'Escape') event.preventDefault();
  };

  readonly #onClose = (): void => {
    this.dispatchEvent(new Event('desk-close'));
  };

  protected override render(): TemplateResult {
    return html`<dialog class="asking" aria-labelledby="dialog-title" aria-describedby="dialog-text"
      closedby=${this.isStrict ? 'none' : nothing}
      @cancel=${this.#onCancel} @keydown=${this.#onKeyDown} @close=${this.#onClose}>
      <h2 id="dialog-title">${this.heading}</h2>
      <p id="dialog-text">${this.text}</p>
      ${this.content()}
    </dialog>`;
  }
}
