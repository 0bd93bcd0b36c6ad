import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { problemOf } from '../api.js';
import { troubleIn } from '../trouble.js';
import { DeskDialog } from './dialog.js';

/** @summary Asks before something is done that cannot be undone, does it, and says where it fails. */
export class DeskAsk extends DeskDialog {
  static override properties: PropertyDeclarations = {
    ...DeskDialog.properties,
    confirm: { attribute: false },
    work: { attribute: false },
    isBusy: { state: true },
    trouble: { state: true },
  };

  /** What the button says that does it. */
  declare confirm: string;
  declare work: () => Promise<unknown>;
  declare isBusy: boolean;
  declare trouble: string | undefined;

  async #do(): Promise<void> {
    this.isBusy = true;
    this.trouble = undefined;
    try {
      await this.work();
      this.close();
    } catch (error) {
      this.trouble = troubleIn(this.desk.words, await problemOf(error));
    }
    this.isBusy = false;
  }

  protected override content(): TemplateResult {
    return html`
      ${this.trouble ? html`<p class="alert" role="alert">${this.trouble}</p>` : nothing}
      <div class="form-end" aria-busy=${this.isBusy ? 'true' : nothing}>
        <button class="secondary" type="button" autofocus @click=${() => this.close()}>${this.desk.words.common.cancel}</button>
        <button class="danger" type="button" ?disabled=${this.isBusy ?? false} @click=${() => this.#do()}>${this.confirm}</button>
      </div>`;
  }
}
