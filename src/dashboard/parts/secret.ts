import { html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Desk } from '../desk.js';
import { copyButton } from './copy-button.js';

/**
 * @summary Shows what is shown once, before everything else. Only who says that it is kept closes it.
 * @fires desk-close when it is closed; who has drawn it takes it away then
 */
export class DeskSecret extends LitElement {
  static override properties: PropertyDeclarations = {
    desk: { attribute: false },
    heading: { attribute: false },
    text: { attribute: false },
    label: { attribute: false },
    secret: { attribute: false },
    said: { state: true },
  };

  declare desk: Desk;
  declare heading: string;
  declare text: string;
  declare label: string;
  declare secret: string;
  declare said: string | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Not lost by a step back, or a window that is closed, either.
    this.desk.keep(true);
  }

  protected override firstUpdated(): void {
    this.querySelector('dialog')?.showModal();
  }

  readonly #stay = (event: Event): void => event.preventDefault();

  /** Where `closedby` is not known, browsers let a second Escape pass without asking. */
  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') event.preventDefault();
  };

  /** The focus goes back to where it was. */
  #done(): void {
    this.desk.keep(false);
    this.querySelector('dialog')?.close();
  }

  protected override render(): TemplateResult {
    const { secret: says } = this.desk.words;
    // The corner is behind the dialog.
    const here = {
      ...this.desk,
      say: (sentence: string) => {
        this.said = sentence;
      },
    };
    return html`<dialog class="told-once" aria-labelledby="secret-title" aria-describedby="secret-text" closedby="none"
      @cancel=${this.#stay} @keydown=${this.#onKeyDown} @close=${() => this.dispatchEvent(new Event('desk-close'))}>
      <h2 id="secret-title">${this.heading}</h2>
      <p id="secret-text">${this.text}</p>
      <div class="field">
        <label for="secret">${this.label}</label>
        <div class="secret-line">
          <textarea id="secret" class="secret" rows="2" readonly spellcheck="false" autocomplete="off" .value=${this.secret}
            @focus=${(event: Event) => (event.target as HTMLTextAreaElement).select()}></textarea>
          ${copyButton(here, { text: this.secret, label: says.copy, look: 'secondary' })}
        </div>
        <p class="hint" role="status">${this.said}</p>
      </div>
      <div class="form-end">
        <button class="primary" type="button" @click=${() => this.#done()}>${says.kept}</button>
      </div>
    </dialog>`;
  }
}
