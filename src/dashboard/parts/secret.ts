import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { copyButton } from './copy-button.js';
import { DeskDialog } from './dialog.js';

/** @summary Shows what is shown once. Only who says that it is kept closes it. */
export class DeskSecret extends DeskDialog {
  static override properties: PropertyDeclarations = {
    ...DeskDialog.properties,
    label: { attribute: false },
    secret: { attribute: false },
    said: { state: true },
  };

  declare label: string;
  declare secret: string;
  declare said: string | undefined;

  protected override readonly isStrict = true;

  override connectedCallback(): void {
    super.connectedCallback();
    // Not lost by a step back, or a window that is closed, either.
    this.desk.keep(true);
  }

  #done(): void {
    this.desk.keep(false);
    this.close();
  }

  protected override content(): TemplateResult {
    const { words } = this.desk;
    // The corner is behind the dialog.
    const here = {
      ...this.desk,
      say: (sentence: string) => {
        this.said = sentence;
      },
    };
    return html`
      <div class="field">
        <label for="secret">${this.label}</label>
        <div class="secret-line">
          <textarea id="secret" class="secret" rows="2" readonly spellcheck="false" autocomplete="off" .value=${this.secret}
            @focus=${(event: Event) => (event.target as HTMLTextAreaElement).select()}></textarea>
          ${copyButton(here, { text: this.secret, label: words.secret.copy, look: 'secondary' })}
        </div>
        <p class="hint" role="status">${this.said}</p>
      </div>
      <div class="form-end">
        <button class="primary" type="button" @click=${() => this.#done()}>${words.secret.kept}</button>
      </div>`;
  }
}
