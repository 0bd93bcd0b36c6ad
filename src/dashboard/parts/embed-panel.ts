import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import * as z from 'zod/mini';
import {
  type Branding,
  type MerchantLink,
  parseMoney,
  settingsSchema,
} from '../../contract/index.js';
import type { Desk } from '../desk.js';
import { themeWarnings } from '../link-form/contrast.js';
import { copyButton } from './copy-button.js';
import { type Embedding, type Kind, kinds, type Script, snippet } from './embed-snippet.js';
import { radios, select, textField, tick } from './field.js';

const scriptSchema = z.object({ src: z.string(), integrity: z.string() });

const standard: Embedding = {
  ...{ element: 'button', display: 'modal', theme: 'auto', locale: '', label: '' },
  ...{ showPrice: false, email: '', name: '', amount: '', quantity: '', promotionCode: '' },
  reference: '',
};

/** Those the widget speaks, each called as its own speakers do. */
const locales = [
  'en',
  'fr',
  'ar',
  'de',
  'es',
  'he',
  'hi',
  'it',
  'ja',
  'ko',
  'nl',
  'pl',
  'pt',
  'sw',
  'tr',
  'zh',
];

/** @summary Chooses how a link stands in a page, and writes down what to paste there. */
export class DeskEmbed extends LitElement {
  static override properties: PropertyDeclarations = {
    desk: { attribute: false },
    link: { attribute: false },
    embedding: { state: true },
    kind: { state: true },
    script: { state: true },
    hasFailed: { state: true },
    usual: { state: true },
  };

  declare desk: Desk;
  declare link: MerchantLink;
  declare embedding: Embedding;
  declare kind: Kind;
  declare script: Script | undefined;
  declare hasFailed: boolean;
  /** The look of all forms of the merchant. */
  declare usual: Branding | null | undefined;

  constructor() {
    super();
    this.embedding = standard;
    this.kind = 'html';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#readScript();
    void this.#readUsual();
  }

  async #readScript(): Promise<void> {
    await this.updateComplete;
    try {
      this.script = await this.desk.api.get(scriptSchema, '/pay-link.json');
    } catch {
      this.hasFailed = true;
    }
  }

  /** Without it there is a warning less, and nothing else. */
  async #readUsual(): Promise<void> {
    await this.updateComplete;
    const settings = this.desk.api.get(settingsSchema(), '/v1/settings');
    this.usual = (await settings.catch(() => undefined))?.branding;
  }

  /** What cannot be read in the colours chosen here, said before a buyer meets it. */
  #warnings(): TemplateResult {
    const branding = { ...this.usual, ...this.link.branding };
    const theme = this.kind === 'iframe' ? 'auto' : this.embedding.theme;
    const sentences = themeWarnings(branding, theme, this.desk.words);
    return html`<div role="status">${sentences.map((sentence) => html`<p class="warning">${sentence}</p>`)}</div>`;
  }

  #set(changes: Partial<Embedding>): void {
    this.embedding = { ...this.embedding, ...changes };
  }

  /** In the element's words: minor units. */
  get #minor(): string {
    const { currency } = this.link;
    const reading = parseMoney(this.embedding.amount, currency, this.desk.locale);
    return reading.state === 'read' ? `${reading.amount}` : '';
  }

  protected override render(): TemplateResult {
    const { words } = this.desk;
    const { embed: says } = words;
    if (this.hasFailed) return html`<p class="hint" role="status">${words.common.network}</p>`;
    if (!this.script) return html`<p class="hint">${words.common.loading}</p>`;
    const embedding = { ...this.embedding, amount: this.#minor };
    const fallback = this.link.name;
    const text = snippet({
      kind: this.kind,
      url: this.link.url,
      script: this.script,
      embedding,
      fallback,
    });
    return html`<div class="fields">
      ${radios({
        ...{ name: 'embed-kind', label: says.where, value: this.kind },
        choices: kinds.map((value) => ({ value, label: says.kinds[value] })),
        onInput: (kind) => {
          this.kind = kind as Kind;
        },
      })}
      <p class="hint">${says.hints[this.kind]}</p>
      ${this.#choices()} ${this.#warnings()}
      <div class="snippet">
        <pre tabindex="0" role="region" aria-label=${says.snippet}><code>${text}</code></pre>
        ${copyButton(this.desk, { text, label: says.copySnippet, look: 'secondary' })}
      </div>
      ${this.kind === 'iframe' ? nothing : html`<p class="hint">${says.integrity}</p>`}
    </div>`;
  }

  #choices(): TemplateResult {
    const { words, locale } = this.desk;
    const { embed: says } = words;
    const one = this.embedding;
    const isFrame = this.kind === 'iframe';
    const names = new Intl.DisplayNames(locale, { type: 'language' });
    const text = (name: keyof Embedding, label: string) =>
      textField({
        ...{ name: `embed-${name}`, label, value: String(one[name]) },
        onInput: (value) => this.#set({ [name]: value }),
      });
    return html`
      ${
        isFrame
          ? nothing
          : html`<div class="row">
          ${select({
            ...{ name: 'embed-element', label: says.element, value: one.element },
            choices: [
              { value: 'button', label: says.elements.button },
              { value: 'form', label: says.elements.form },
            ],
            onInput: (value) => this.#set({ element: value as Embedding['element'] }),
          })}
          ${
            one.element === 'button'
              ? select({
                  ...{ name: 'embed-display', label: says.display, value: one.display },
                  choices: (['modal', 'popover', 'page'] as const).map((value) => ({
                    value,
                    label: says.displays[value],
                  })),
                  onInput: (value) => this.#set({ display: value as Embedding['display'] }),
                })
              : nothing
          }
          ${select({
            ...{ name: 'embed-theme', label: says.theme, value: one.theme },
            choices: (['auto', 'light', 'dark'] as const).map((value) => ({
              value,
              label: says.themes[value],
            })),
            onInput: (value) => this.#set({ theme: value as Embedding['theme'] }),
          })}
        </div>`
      }
      <div class="row">
        ${select({
          ...{ name: 'embed-locale', label: says.language, value: one.locale },
          choices: [
            { value: '', label: says.ofThePage },
            ...locales.map((value) => ({ value, label: names.of(value) ?? value })),
          ],
          onInput: (value) => this.#set({ locale: value }),
        })}
        ${isFrame || one.element === 'form' ? nothing : text('label', says.label)}
      </div>
      ${
        isFrame || one.element === 'form'
          ? nothing
          : tick({
              ...{ name: 'embed-price', label: says.showPrice, isTicked: one.showPrice },
              onChange: (showPrice) => this.#set({ showPrice }),
            })
      }
      <details class="section"><summary><span class="section-title">${says.prefill}</span> <span class="hint">${says.prefillHint}</span></summary>
        <div class="fields"><div class="row">
          ${text('email', words.linkForm.collectEmail)} ${text('name', words.linkForm.collectName)}
          ${this.link.type === 'amount' ? text('amount', words.linkForm.amount) : text('quantity', words.linkForm.quantity)}
          ${text('promotionCode', says.promotionCode)} ${text('reference', words.common.reference)}
        </div></div>
      </details>`;
  }
}
