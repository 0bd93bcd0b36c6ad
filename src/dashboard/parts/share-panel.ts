import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type DeskLocale, deskLocales, type MerchantLink } from '../../contract/index.js';
import type { Desk } from '../desk.js';
import { languageOf, wordsIn } from '../words/words.js';
import { copyButton } from './copy-button.js';
import { select } from './field.js';
import { qrPng, qrSvg, svgAddress } from './qr.js';
import { canShare, type Service, services, shareAddress } from './share.js';

/** @summary Sends a link: as a message where people talk, or as a square to be scanned. */
export class DeskShare extends LitElement {
  static override properties: PropertyDeclarations = {
    desk: { attribute: false },
    link: { attribute: false },
    text: { state: true },
    locale: { state: true },
  };

  declare desk: Desk;
  declare link: MerchantLink;
  /** As the merchant has changed it. */
  declare text: string | undefined;
  /** Of the message: those who get it need not speak as the desk does. */
  declare locale: DeskLocale | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  get #locale(): DeskLocale {
    return this.locale ?? languageOf(this.desk.locale);
  }

  get #text(): string {
    return this.text ?? wordsIn(this.#locale).share.message(this.link.name);
  }

  async #share(): Promise<void> {
    const { name, url } = this.link;
    // Who closes the sheet has not met an error.
    await navigator.share({ title: name, text: this.#text, url }).catch(() => undefined);
  }

  async #savePng(): Promise<void> {
    const address = URL.createObjectURL(await qrPng(this.link.url));
    const anchor = document.createElement('a');
    anchor.href = address;
    anchor.download = this.#fileName('png');
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }

  #fileName(ending: string): string {
    return `${this.link.slug ?? this.link.id}.${ending}`;
  }

  protected override render(): TemplateResult {
    const { words } = this.desk;
    const { share: says } = words;
    const { name, url } = this.link;
    const message = { text: this.#text, url, subject: name };
    const svg = svgAddress(qrSvg(url));
    const way = (service: Service) =>
      html`<li><a class="button secondary" href=${shareAddress(service, message)} target="_blank" rel="noopener noreferrer">${says.services[service]}</a></li>`;
    return html`<div class="share">
      <div class="fields">
        ${select({
          ...{ name: 'share-locale', label: says.language, value: this.#locale },
          choices: deskLocales.map((value) => ({ value, label: words.settings.locales[value] })),
          onInput: (locale) => {
            this.locale = locale as DeskLocale;
            this.text = undefined;
          },
        })}
        <div class="field">
          <label for="share-text">${says.text}</label>
          <textarea id="share-text" rows="2" .value=${this.#text} @input=${(event: Event) => {
            this.text = (event.target as HTMLTextAreaElement).value;
          }}></textarea>
        </div>
        <ul class="ways-out">
          ${canShare() ? html`<li><button class="primary" type="button" @click=${this.#share}>${says.share}</button></li>` : nothing}
          ${services.map(way)}
          <li>${copyButton(this.desk, { text: `${this.#text} ${url}`, label: says.copyMessage, look: 'secondary' })}</li>
        </ul>
      </div>
      <figure class="qr">
        <img src=${svg} width="176" height="176" alt=${says.qrAlt(name)} />
        <figcaption class="form-end">
          <a class="button secondary" href=${svg} download=${this.#fileName('svg')}>${says.saveSvg}</a>
          <button class="secondary" type="button" @click=${this.#savePng}>${says.savePng}</button>
        </figcaption>
      </figure>
    </div>`;
  }
}
