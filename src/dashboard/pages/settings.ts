import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import {
  brandingSchema,
  deskLocales,
  type PublicLink,
  publicLinkSchema,
  type Settings,
  settingsSchema,
} from '../../contract/index.js';
import { again } from '../parts/again.js';
import { brandingFields } from '../parts/branding.js';
import { select, textArea, textField, tick } from '../parts/field.js';
import { settingsPage } from '../parts/settings-frame.js';
import type { Mistakes } from '../parts/typed.js';
import { VersionedForm } from '../parts/versioned-form.js';
import { waiting } from '../parts/waiting.js';
import {
  refusedIn,
  type SettingsDraft,
  settingsBody,
  settingsDraftOf,
} from '../settings-form/draft.js';
import { receipts, server } from '../settings-form/server.js';
import { wordsIn } from '../words/words.js';
import { DeskPage } from './desk-page.js';

const path = '/v1/settings';
const showAfterMs = 150;

/** @summary What is settled once for all links, and what the server has settled. */
export class DeskSettings extends DeskPage {
  static override properties: PropertyDeclarations = {
    ...DeskPage.properties,
    sample: { state: true },
    look: { state: true },
    hasFailed: { state: true },
  };

  /** A link as buyers would meet it, to show colours on. */
  declare sample: PublicLink | undefined;

  /** The last one that could be shown. */
  declare look: PublicLink['branding'];

  declare hasFailed: boolean;

  readonly #form: VersionedForm<SettingsDraft, Settings> = new VersionedForm<
    SettingsDraft,
    Settings
  >(this, {
    mistakesOf: (draft) => settingsBody(draft, this.desk).mistakes,
    draftOf: settingsDraftOf,
    read: () => this.desk.api.read(settingsSchema(), path),
    onTake: ({ name, locale, branding }) => {
      this.look = branding;
      this.desk.settle({ name, locale });
    },
    onChange: ({ branding }) => branding && this.#showSoon(),
    send: (draft, etag) => this.#save(draft, etag),
    refusedOf: ({ errors }) => refusedIn(this.desk.words, errors),
  });

  #showing: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.look = null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#showing);
  }

  protected override open(): void {
    this.nameTab(this.desk.words.settings.nav);
    void this.#read();
  }

  async #read(): Promise<void> {
    await this.attempt(() => this.#form.read());
    this.hasFailed = !this.#form.saved;
    if (!this.hasFailed) await this.#readSample();
  }

  /** Read once: what is chosen here is laid over it as it is chosen. */
  async #readSample(): Promise<void> {
    const { words } = this.desk;
    const currency = localStorage.getItem('paylink-desk-currency') ?? 'EUR';
    const link = { type: 'amount', name: words.settings.previewName, currency, amount: 25_000 };
    const body = { ...link, collectName: 'required' };
    const { signal } = this.leaving;
    this.sample = await this.desk.api
      .post(publicLinkSchema(), '/v1/payment-links/preview', body, { signal })
      .catch(() => undefined);
  }

  /** A colour that is being dragged changes many times a second. */
  #showSoon(): void {
    clearTimeout(this.#showing);
    this.#showing = setTimeout(() => {
      const { draft } = this.#form;
      if (!draft) return;
      const { body } = settingsBody(draft, this.desk);
      const read = brandingSchema().safeParse(body.branding ?? {});
      if (read.success) this.look = read.data;
    }, showAfterMs);
  }

  async #save(draft: SettingsDraft, etag: string): Promise<void> {
    const { body } = settingsBody(draft, this.desk);
    const saved = await this.desk.api.save(settingsSchema(), path, { body, etag });
    this.#form.settle(saved, draft);
    this.desk.say(wordsIn(saved.value.locale ?? navigator.language).settings.saved);
  }

  protected override render(): TemplateResult {
    const { words } = this.desk;
    const form = this.#form;
    const { saved, draft, mistakes } = form;
    if (!saved || !draft)
      return settingsPage(
        this.desk,
        this.hasFailed ? again(this.desk, () => this.#read()) : waiting(this.desk),
      );
    return settingsPage(
      this.desk,
      html`<h1>${words.settings.title}</h1>
        ${form.conflict({ title: words.settings.conflict, nameOf: (field) => this.#nameOf(field) })}
        <form class="parts" novalidate aria-busy=${form.isBusy ? 'true' : nothing} @submit=${form.submit}>
          ${form.summary()}
          ${this.#shop(saved, draft, mistakes)} ${this.#branding(draft, mistakes)}
          ${this.#origins(draft, mistakes)} ${this.#visits(draft)}
          <div class="save-bar">
            <button class="primary" type="submit" ?disabled=${form.isBusy}>${words.settings.save}</button>
            <p class="hint" role="status">${form.isUnsaved ? words.settings.unsaved : nothing}</p>
          </div>
        </form>
        ${receipts(this.desk, saved)} ${server(this.desk, saved)}`,
    );
  }

  #shop(settings: Settings, draft: SettingsDraft, mistakes: Mistakes): TemplateResult {
    const { settings: says, common } = this.desk.words;
    const field = (name: 'name' | 'email') => ({
      ...{ name, value: draft[name], error: mistakes[name], optional: common.optional },
      onInput: (value: string) => this.#form.change({ [name]: value }),
      onLeave: () => this.#form.leave(name),
    });
    return html`<section class="panel" aria-labelledby="shop-title">
      <h2 id="shop-title">${says.shop}</h2>
      ${textField({ ...field('name'), label: says.name, hint: says.nameHint, maxLength: 100 })}
      ${textField({
        ...field('email'),
        ...{ label: says.email, isOptional: true, type: 'email', inputMode: 'email' },
        ...{ autocomplete: 'email', maxLength: 254 },
        hint: settings.sendsReceipts ? says.emailHint : says.emailUnsent,
      })}
      ${select({
        ...{ name: 'locale', label: says.locale, value: draft.locale },
        choices: [
          { value: '', label: says.localeOfBrowser },
          ...deskLocales.map((value) => ({ value, label: says.locales[value] })),
        ],
        onInput: (locale) => this.#form.change({ locale: locale as SettingsDraft['locale'] }),
      })}
    </section>`;
  }

  #branding(draft: SettingsDraft, mistakes: Mistakes): TemplateResult {
    const { desk } = this;
    const { settings: says } = desk.words;
    return html`<section class="panel" aria-labelledby="branding-title">
      <h2 id="branding-title">${says.branding}</h2>
      <p class="hint">${says.brandingHint}</p>
      <div class="look">
        <div class="fields">
          ${brandingFields({
            ...{ desk, mistakes, branding: draft.branding },
            change: (branding) => this.#form.change({ branding }),
            leave: this.#form.leave,
          })}
        </div>
        <div class="preview">
          <h3 id="preview-title">${says.preview}</h3>
          <desk-preview class="panel" .words=${desk.words} .link=${this.sample && { ...this.sample, branding: this.look }} .locale=${desk.locale}></desk-preview>
        </div>
      </div>
    </section>`;
  }

  #origins(draft: SettingsDraft, mistakes: Mistakes): TemplateResult {
    const { settings: says } = this.desk.words;
    return html`<section class="panel" aria-labelledby="origins-title">
      <h2 id="origins-title">${says.origins}</h2>
      ${textArea({
        ...{ name: 'allowedOrigins', label: says.allowedOrigins, hint: says.originsHint },
        ...{ value: draft.allowedOrigins, error: mistakes.allowedOrigins },
        onInput: (allowedOrigins) => this.#form.change({ allowedOrigins }),
        onLeave: () => this.#form.leave('allowedOrigins'),
      })}
    </section>`;
  }

  #visits(draft: SettingsDraft): TemplateResult {
    const { settings: says } = this.desk.words;
    return html`<section class="panel" aria-labelledby="visits-title">
      <h2 id="visits-title">${says.visits}</h2>
      <div class="field">
        ${tick({
          ...{ name: 'countsVisits', label: says.countsVisits, isTicked: draft.countsVisits },
          onChange: (countsVisits) => this.#form.change({ countsVisits }),
        })}
        <p class="hint">${says.visitsHint}</p>
      </div>
    </section>`;
  }

  #nameOf(field: string): string {
    const { settings, linkForm } = this.desk.words;
    const names: Readonly<Record<string, unknown>> = { ...linkForm, ...settings };
    return `${names[field] ?? field}`;
  }
}
