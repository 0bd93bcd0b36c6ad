import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import {
  brandingSchema,
  deskLocales,
  type PublicLink,
  publicLinkSchema,
  type Settings,
  settingsSchema,
} from '../../contract/index.js';
import { problemOf } from '../api.js';
import { differencesOf } from '../link-form/differences.js';
import { again } from '../parts/again.js';
import { brandingFields } from '../parts/branding.js';
import { conflictPanel } from '../parts/conflict.js';
import { copyButton } from '../parts/copy-button.js';
import { select, textArea, textField, tick } from '../parts/field.js';
import { toFirstMistake } from '../parts/first-mistake.js';
import { settingsPage } from '../parts/settings-frame.js';
import { time } from '../parts/shown.js';
import type { Mistakes } from '../parts/typed.js';
import {
  faultOf,
  type SettingsDraft,
  settingOf,
  settingsBody,
  settingsDraftOf,
} from '../settings-form/draft.js';
import { wordsIn } from '../words/words.js';
import { DeskPage } from './desk-page.js';

const path = '/v1/settings';
const showAfterMs = 150;

interface Conflict {
  readonly theirs: Settings;
  readonly etag: string;
}

/** @summary What is settled once for all links, and what the server has settled. */
export class DeskSettings extends DeskPage {
  static override properties: PropertyDeclarations = {
    ...DeskPage.properties,
    settings: { state: true },
    draft: { state: true },
    left: { state: true },
    refused: { state: true },
    isUnsaved: { state: true },
    isBusy: { state: true },
    conflict: { state: true },
    sample: { state: true },
    look: { state: true },
    hasFailed: { state: true },
  };

  /** As they are saved; undefined until they are known. */
  declare settings: Settings | undefined;
  declare draft: SettingsDraft | undefined;
  /** Fields whose mistakes may be told; `*`: all of them. */
  declare left: ReadonlySet<string>;
  /** What the server found wrong, until it is written anew. */
  declare refused: Mistakes;
  declare isUnsaved: boolean;
  declare isBusy: boolean;
  declare conflict: Conflict | undefined;
  /** A link as buyers would meet it, to show colours on. */
  declare sample: PublicLink | undefined;

  /** The last one that could be shown. */
  declare look: PublicLink['branding'];

  declare hasFailed: boolean;

  #etag = '';
  #showing: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.left = new Set();
    this.refused = {};
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
    const read = await this.attempt(() => this.desk.api.read(settingsSchema(), path));
    this.hasFailed = !read;
    if (!read) return;
    this.#take(read.value, read.etag);
    await this.#readSample();
  }

  #take(settings: Settings, etag: string): void {
    this.settings = settings;
    this.#etag = etag;
    this.draft = settingsDraftOf(settings);
    this.look = settings.branding;
    this.#keep(false);
  }

  #keep(isUnsaved: boolean): void {
    this.isUnsaved = isUnsaved;
    this.desk.keep(isUnsaved);
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

  readonly #change = (changes: Partial<SettingsDraft>): void => {
    if (!this.draft) return;
    this.draft = { ...this.draft, ...changes };
    this.refused = {};
    this.#keep(true);
    if (changes.branding) this.#showSoon();
  };

  /** A colour that is being dragged changes many times a second. */
  #showSoon(): void {
    clearTimeout(this.#showing);
    this.#showing = setTimeout(() => {
      if (!this.draft) return;
      const { body } = settingsBody(this.draft, this.desk);
      const read = brandingSchema().safeParse(body.branding ?? {});
      if (read.success) this.look = read.data;
    }, showAfterMs);
  }

  readonly #leave = (name: string): void => {
    this.left = new Set([...this.left, name]);
  };

  get #mistakes(): Mistakes {
    if (!this.draft) return {};
    const { mistakes } = settingsBody(this.draft, this.desk);
    const told = Object.entries(mistakes).filter(
      ([name]) => this.left.has('*') || this.left.has(name),
    );
    return { ...Object.fromEntries(told), ...this.refused };
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.isBusy) return;
    this.left = new Set(['*']);
    if (Object.keys(this.#mistakes).length) return this.#toFirstMistake();
    await this.#save(this.#etag);
  }

  async #save(etag: string): Promise<void> {
    const { desk } = this;
    if (!this.draft) return;
    this.isBusy = true;
    try {
      const { body } = settingsBody(this.draft, desk);
      const saved = await desk.api.save(settingsSchema(), path, { body, etag });
      const { value } = saved;
      this.#take(value, saved.etag);
      this.left = new Set();
      desk.settle({ name: value.name, locale: value.locale });
      desk.say(wordsIn(value.locale ?? navigator.language).settings.saved);
    } catch (error) {
      const problem = await problemOf(error);
      if (problem.code === 'precondition_failed') await this.#showConflict();
      else if (problem.errors?.length) {
        this.refused = Object.fromEntries(
          problem.errors.map((one) => {
            const field = settingOf(one.path);
            return [field, faultOf(desk.words, field, one.code)];
          }),
        );
        await this.#toFirstMistake();
      } else desk.sayTrouble(problem);
    }
    this.isBusy = false;
  }

  async #showConflict(): Promise<void> {
    const read = await this.attempt(() => this.desk.api.read(settingsSchema(), path));
    if (!read) return;
    this.conflict = { theirs: read.value, etag: read.etag };
    await this.updateComplete;
    this.querySelector<HTMLElement>('#conflict-title')?.focus();
  }

  async #toFirstMistake(): Promise<void> {
    await this.updateComplete;
    toFirstMistake(this);
  }

  protected override render(): TemplateResult {
    const { words } = this.desk;
    const { settings, draft } = this;
    if (!settings || !draft)
      return settingsPage(
        this.desk,
        this.hasFailed
          ? again(this.desk, () => this.#read())
          : html`<p class="waiting" role="status">${words.common.loading}</p>`,
      );
    const mistakes = this.#mistakes;
    const n = Object.keys(mistakes).length;
    return settingsPage(
      this.desk,
      html`<h1>${words.settings.title}</h1>
        ${this.conflict ? this.#conflicting(this.conflict, draft) : nothing}
        <form class="parts" novalidate aria-busy=${this.isBusy ? 'true' : nothing} @submit=${this.#submit}>
          ${
            this.left.has('*') && n
              ? html`<div class="alert" role="alert"><h2>${words.linkForm.mistakes(n)}</h2></div>`
              : nothing
          }
          ${this.#shop(settings, draft, mistakes)} ${this.#branding(draft, mistakes)}
          ${this.#origins(draft, mistakes)} ${this.#visits(draft)}
          <div class="save-bar">
            <button class="primary" type="submit" ?disabled=${this.isBusy ?? false}>${words.settings.save}</button>
            <p class="hint" role="status">${this.isUnsaved ? words.settings.unsaved : nothing}</p>
          </div>
        </form>
        ${this.#receipts(settings)} ${this.#server(settings)}`,
    );
  }

  #shop(settings: Settings, draft: SettingsDraft, mistakes: Mistakes): TemplateResult {
    const { settings: says, common } = this.desk.words;
    const field = (name: 'name' | 'email') => ({
      ...{ name, value: draft[name], error: mistakes[name], optional: common.optional },
      onInput: (value: string) => this.#change({ [name]: value }),
      onLeave: () => this.#leave(name),
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
        onInput: (locale) => this.#change({ locale: locale as SettingsDraft['locale'] }),
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
            change: (branding) => this.#change({ branding }),
            leave: this.#leave,
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
        onInput: (allowedOrigins) => this.#change({ allowedOrigins }),
        onLeave: () => this.#leave('allowedOrigins'),
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
          onChange: (countsVisits) => this.#change({ countsVisits }),
        })}
        <p class="hint">${says.visitsHint}</p>
      </div>
    </section>`;
  }

  #receipts({ sendsReceipts }: Settings): TemplateResult {
    const { settings: says } = this.desk.words;
    return html`<section class="panel" aria-labelledby="receipts-title">
      <h2 id="receipts-title">${says.receipts}</h2>
      ${
        sendsReceipts
          ? html`<p>${says.receiptsOn}</p>`
          : html`<p>${says.receiptsOff}</p><p class="hint">${says.receiptsHow}</p>`
      }
    </section>`;
  }

  #server({ provider, testMode, publicUrl, updatedAt }: Settings): TemplateResult {
    const { settings: says } = this.desk.words;
    return html`<section class="panel" aria-labelledby="server-title">
      <h2 id="server-title">${says.server}</h2>
      <p class="hint">${says.serverHint}</p>
      <dl class="facts">
        <div><dt>${says.provider}</dt><dd>${says.providers[provider] ?? provider}</dd></div>
        <div><dt>${says.side}</dt><dd>${testMode ? says.testSide : says.liveSide}</dd></div>
        <div><dt>${says.publicUrl}</dt><dd>${publicUrl} ${copyButton(this.desk, { text: publicUrl })}</dd></div>
        <div><dt>${says.changed}</dt><dd>${time(this.desk, updatedAt)}</dd></div>
      </dl>
    </section>`;
  }

  #conflicting({ theirs, etag }: Conflict, draft: SettingsDraft): TemplateResult {
    const { settings: says, linkForm } = this.desk.words;
    const names: Readonly<Record<string, unknown>> = { ...linkForm, ...says };
    const nameOf = (field: string) => `${names[field] ?? field}`;
    return conflictPanel(this.desk, {
      title: says.conflict,
      differences: differencesOf(settingsDraftOf(theirs), draft, nameOf),
      nameOf,
      keepYours: () => {
        this.conflict = undefined;
        void this.#save(etag);
      },
      takeTheirs: () => {
        this.conflict = undefined;
        this.refused = {};
        this.#take(theirs, etag);
        this.desk.settle({ name: theirs.name, locale: theirs.locale });
      },
    });
  }
}
