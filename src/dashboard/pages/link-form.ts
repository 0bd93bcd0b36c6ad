import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import {
  isCurrency,
  type LinkType,
  linkTypes,
  type MerchantLink,
  merchantLinkSchema,
  type Product,
  type PublicLink,
  productSchema,
  publicLinkSchema,
} from '../../contract/index.js';
import { problemOf } from '../api.js';
import { bodyOf, changesOf, refusedIn, type Said } from '../link-form/body.js';
import { type Draft, draftOf, emptyDraft, emptyItem, firstItems } from '../link-form/draft.js';
import { items } from '../link-form/items.js';
import { asked } from '../link-form/questions.js';
import {
  after,
  amounts,
  basics,
  currencyField,
  describing,
  limits,
  look,
  technical,
  type Writing,
} from '../link-form/sections.js';
import { again, missing } from '../parts/again.js';
import { rememberCurrency, usualCurrency } from '../parts/currencies.js';
import { SameKey } from '../parts/same-key.js';
import { VersionedForm } from '../parts/versioned-form.js';
import { waiting } from '../parts/waiting.js';
import { addressOf } from '../place.js';
import { DeskPage } from './desk-page.js';

const previewAfterMs = 400;

/** @summary Creates and edits a link beside what buyers will see of it. */
export class DeskLinkForm extends DeskPage {
  static override properties: PropertyDeclarations = {
    ...DeskPage.properties,
    linkId: { attribute: false },
    lost: { state: true },
    products: { state: true },
    shown: { state: true },
  };

  /** Of the link that is edited; undefined: a new one is written. */
  declare linkId: string | undefined;
  /** Why the link cannot be edited. */
  declare lost: 'gone' | 'unread' | undefined;
  /** Undefined until they are known; null where they could not be read. */
  declare products: readonly Product[] | null | undefined;
  declare shown: PublicLink | undefined;

  readonly #form: VersionedForm<Draft, MerchantLink> = new VersionedForm<Draft, MerchantLink>(
    this,
    {
      mistakesOf: (draft) => this.#said(draft).mistakes,
      draftOf: (link) => draftOf(link, this.desk.locale),
      read: () => this.desk.api.read(merchantLinkSchema(), this.#path),
      onTake: ({ name }) => {
        this.nameTab(this.desk.words.linkForm.editTitle(name));
        this.#previewSoon();
      },
      onChange: () => this.#previewSoon(),
      send: (draft, etag) => this.#save(draft, etag),
      refusedOf: (problem, { slug }) => {
        const { words } = this.desk;
        if (problem.code === 'conflict' && slug) return { slug: words.problems.slugTaken };
        return refusedIn(words, problem.errors);
      },
    },
  );

  #timer: ReturnType<typeof setTimeout> | undefined;
  #previewing: AbortController | undefined;

  /** A new link whose answer was lost is not made a second time. */
  readonly #key = new SameKey();

  protected override open(): void {
    const { words, place } = this.desk;
    void this.#readProducts();
    if (this.linkId) {
      void this.#read();
      return;
    }
    this.nameTab(words.linkForm.newTitle);
    const asked = place.query.get('type') as LinkType;
    const type = linkTypes.includes(asked) ? asked : 'amount';
    const copied = place.query.get('from');
    const currency = place.query.get('currency') ?? '';
    const sold = place.query.get('product');
    const draft = emptyDraft(
      type,
      isCurrency(currency) ? currency : usualCurrency(this.desk.locale),
    );
    // From the page of a product: the link sells it.
    this.#form.begin({ ...draft, ...(sold && { items: [emptyItem(sold)] }) });
    if (copied) void this.#copy(copied);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#previewing?.abort();
  }

  async #read(): Promise<void> {
    this.lost = undefined;
    try {
      await this.#form.read();
    } catch (error) {
      this.lost = (await problemOf(error)).code === 'not_found' ? 'gone' : 'unread';
    }
  }

  readonly #readProducts = async (): Promise<void> => {
    const { signal } = this.leaving;
    this.products = undefined;
    const found = await this.attempt(() =>
      this.desk.api.all(productSchema(), '/v1/products', { signal }),
    );
    this.products = found ?? null;
  };

  /** A new link that begins as another one is; its address and its uses are its own. */
  async #copy(id: string): Promise<void> {
    const read = await this.attempt(() =>
      this.desk.api.read(merchantLinkSchema(), `/v1/payment-links/${encodeURIComponent(id)}`),
    );
    if (!read) return;
    const draft = draftOf(read.value, this.desk.locale);
    const items = draft.items.map((item) => ({ ...item, id: null }));
    this.#form.begin({ ...draft, slug: '', items });
    this.#previewSoon();
  }

  get #path(): string {
    return `/v1/payment-links/${this.linkId}`;
  }

  readonly #change = (changes: Partial<Draft>): void => {
    const isOtherType = changes.type && changes.type !== this.#form.draft?.type;
    // What was begun for another kind of link is none of this one's.
    const items = isOtherType && { items: firstItems(changes.type as LinkType) };
    this.#form.change({ ...changes, ...items });
  };

  #said(draft: Draft) {
    const { words, locale } = this.desk;
    return bodyOf(draft, { words, locale, isNew: !this.linkId });
  }

  /** Of a new link all of it, of a saved one what has become another. */
  #asked(body: Said['body']): Said['body'] {
    const { savedDraft } = this.#form;
    return savedDraft ? changesOf(this.#said(savedDraft).body, body) : body;
  }

  #previewSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#preview(), previewAfterMs);
  }

  async #preview(): Promise<void> {
    this.#previewing?.abort();
    if (!this.#form.draft) return;
    const { body, mistakes } = this.#said(this.#form.draft);
    // What was shown last stays until the form says something again.
    if (Object.keys(mistakes).length) return;
    const asking = new AbortController();
    this.#previewing = asking;
    const path = this.linkId ? `${this.#path}/preview` : '/v1/payment-links/preview';
    try {
      const { signal } = asking;
      this.shown = await this.desk.api.post(publicLinkSchema(), path, this.#asked(body), {
        signal,
      });
    } catch (error) {
      if (asking.signal.aborted) return;
      // Said when it is sent; a preview has nothing to say.
      await problemOf(error).catch(() => undefined);
    }
  }

  async #save(draft: Draft, etag: string): Promise<void> {
    const { api, words, say, keep, go } = this.desk;
    const { body } = this.#said(draft);
    if (this.linkId) return this.#saveChanges(draft, etag);
    const headers = this.#key.headers(body);
    const link = await api.post(merchantLinkSchema(), '/v1/payment-links', body, { headers });
    rememberCurrency(link.currency);
    keep(false);
    say(words.linkForm.created);
    go(addressOf('links', link.id));
  }

  async #saveChanges(draft: Draft, etag: string): Promise<void> {
    const { api, words, say, go } = this.desk;
    const body = this.#asked(this.#said(draft).body);
    const saved = await api.save(merchantLinkSchema(), this.#path, { body, etag });
    const isAll = this.#form.settle(saved, draft);
    say(words.linkForm.saved);
    if (isAll) go(addressOf('links', saved.value.id));
  }

  protected override render(): TemplateResult {
    const { words } = this.desk;
    const form = this.#form;
    const { draft, mistakes, leave } = form;
    if (this.lost === 'gone') return missing(this.desk);
    if (this.lost) return again(this.desk, () => this.#read());
    if (!draft) return waiting(this.desk);
    const says = words.linkForm;
    const title = this.linkId ? says.editTitle(form.saved?.name ?? '') : says.newTitle;
    const writing: Writing = {
      ...{ desk: this.desk, draft, mistakes, isNew: !this.linkId, change: this.#change, leave },
    };
    return html`<h1>${title}</h1>
      ${form.conflict({ title: says.changedTitle, nameOf: (field) => this.#nameOf(field) })}
      <div class="beside">
        <form class="panel" novalidate aria-busy=${form.isBusy ? 'true' : nothing} @submit=${form.submit}>
          ${form.summary()} ${basics(writing)}
          ${draft.type === 'amount' ? amounts(writing) : items(writing, { products: this.products, retry: this.#readProducts })}
          ${currencyField(writing)} ${describing(writing)} ${limits(writing)} ${asked(writing)}
          ${look(writing)} ${after(writing)} ${technical(writing)}
          <div class="form-end">
            <button class="primary" type="submit">${this.linkId ? words.common.save : says.create}</button>
            <a class="button secondary" href=${this.linkId ? addressOf('links', this.linkId) : addressOf('links')}>${words.common.cancel}</a>
          </div>
        </form>
        <aside class="preview" aria-labelledby="preview-title">
          <h2 id="preview-title">${says.preview}</h2>
          <desk-preview class="panel" .words=${words} .link=${this.shown} .locale=${this.desk.locale}></desk-preview>
        </aside>
      </div>`;
  }

  #nameOf(field: string): string {
    const { linkForm: says } = this.desk.words;
    const labels: Readonly<Record<string, unknown>> = { ...says, branding: says.look };
    return typeof labels[field] === 'string' ? labels[field] : field;
  }
}
