/** The true widget with a link that is not there yet: the script of merchants' pages, told what to show. */
import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { PublicLink } from '../../contract/index.js';
import type { Words } from '../words/words.js';

let script: Promise<void> | undefined;

/** Once for the page. */
function loadWidget(): Promise<void> {
  script ??= new Promise<void>((resolve, reject) => {
    if (customElements.get('pay-link-form')) return resolve();
    const element = document.createElement('script');
    element.src = '/pay-link.js';
    element.onload = () => resolve();
    element.onerror = () => {
      script = undefined;
      element.remove();
      reject(new Error('The script of the widget did not load.'));
    };
    document.head.append(element);
  });
  return script;
}

const nothingToPay = () => Promise.reject(new Error('A preview opens no session.'));

const clientFor = (link: PublicLink) => ({
  paymentLink: () => Promise.resolve(link),
  quote: nothingToPay,
  openSession: nothingToPay,
  session: nothingToPay,
  confirm: nothingToPay,
  extend: nothingToPay,
  cancel: nothingToPay,
  watchSession: () => {},
});

/** @summary The form as buyers will see it. */
export class DeskPreview extends LitElement {
  static override properties: PropertyDeclarations = {
    words: { attribute: false },
    link: { attribute: false },
    locale: {},
    isThere: { state: true },
    hasFailed: { state: true },
    isPressed: { state: true },
  };

  declare words: Words;
  /** Undefined while the form says nothing that could be shown. */
  declare link: PublicLink | undefined;
  declare locale: string;
  declare isThere: boolean;
  declare hasFailed: boolean;
  declare isPressed: boolean;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    loadWidget().then(
      () => {
        this.isThere = true;
      },
      () => {
        this.hasFailed = true;
      },
    );
  }

  protected override render(): TemplateResult {
    const { words, link } = this;
    const { linkForm: says } = words;
    if (this.hasFailed) return html`<p class="hint" role="status">${says.previewOff}</p>`;
    if (!link || !this.isThere) return html`<p class="hint">${says.previewWait}</p>`;
    // Another link is another form: what was typed to try the last one is no part of this one.
    const version = JSON.stringify({ ...link, now: '' });
    return html`${keyed(
      version,
      html`<pay-link-form link=${link.id} api=${location.origin} locale=${this.locale} .client=${clientFor(link)}
          @pay-link-submit=${this.#refuse}></pay-link-form>`,
    )}
      ${this.isPressed ? html`<p class="hint" role="status">${says.previewNoPay}</p>` : nothing}`;
  }

  #refuse(event: Event): void {
    event.preventDefault();
    this.isPressed = true;
  }
}
