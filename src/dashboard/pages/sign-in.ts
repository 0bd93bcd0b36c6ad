import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type SignInOutcome, signIn } from '../session.js';
import type { Words } from '../words/words.js';

type Refusal = Exclude<SignInOutcome, object>;

/**
 * @summary Asks for an API key.
 * @fires pay-link-signed-in when it was valid; the detail says who has signed in
 */
export class PayLinkSignIn extends LitElement {
  static override properties: PropertyDeclarations = {
    words: { attribute: false },
    isAgain: { type: Boolean },
    refusal: { state: true },
    isBusy: { state: true },
    isShown: { state: true },
  };

  declare words: Words;
  /** A sign-in has ended, and a page waits behind it. */
  declare isAgain: boolean;
  declare refusal: Refusal | undefined;
  declare isBusy: boolean;
  declare isShown: boolean;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.isBusy) return;
    const form = event.target as HTMLFormElement;
    const key = new FormData(form).get('key')?.toString().trim() ?? '';
    this.isBusy = true;
    const outcome = await signIn(key);
    this.isBusy = false;
    if (typeof outcome === 'object') {
      const detail = outcome;
      this.dispatchEvent(new CustomEvent('pay-link-signed-in', { detail, bubbles: true }));
      return;
    }
    this.refusal = outcome;
    await this.updateComplete;
    form.querySelector('input')?.focus();
  }

  #sentence(refusal: Refusal): string {
    const { wrong, tooOften, away } = this.words.signIn;
    return { wrong, too_often: tooOften, away }[refusal];
  }

  protected override render(): TemplateResult {
    const { words, refusal, isShown } = this;
    const { signIn: says } = words;
    return html`<form class="panel sign-in" aria-busy=${this.isBusy ? 'true' : nothing} @submit=${this.#submit}>
      <h1 id="sign-in-title">${says.title}</h1>
      ${this.isAgain ? html`<p class="hint">${says.again}</p>` : nothing}
      <div class="field">
        <label for="key">${says.key}</label>
        <input id="key" name="key" type=${isShown ? 'text' : 'password'} required autocomplete="current-password"
          spellcheck="false" autocapitalize="off" autofocus
          aria-invalid=${refusal ? 'true' : nothing}
          aria-describedby=${refusal ? 'key-error key-hint' : 'key-hint'} />
        <p id="key-hint" class="hint">${says.keyHint}</p>
        ${refusal ? html`<p id="key-error" class="error" role="alert">${this.#sentence(refusal)}</p>` : nothing}
      </div>
      <label class="tick"><input type="checkbox" .checked=${Boolean(isShown)}
        @change=${(event: Event) => {
          this.isShown = (event.target as HTMLInputElement).checked;
        }} /> ${says.show}</label>
      <button class="primary" type="submit">${says.submit}</button>
    </form>`;
  }
}
