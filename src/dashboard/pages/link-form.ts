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
import { bodyOf, fieldOf, type Mistakes, sentenceOf } from '../link-form/body.js';
import { differencesOf } from '../link-form/differences.js';
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
import { conflictPanel } from '../parts/conflict.js';
import { rememberCurrency, usualCurrency } from '../parts/currencies.js';
import { addressOf } from '../place.js';
import { DeskPage } from './desk-page.js';

const previewAfterMs = 400;

interface Conflict {
  readonly theirs: MerchantLink;
  readonly etag: string;
}

/** @summary Creates and edits a link beside what buyers will see of it. */
export class DeskLinkForm extends DeskPage {
  static override properties: PropertyDeclarations = {
    ...DeskPage.properties,
    linkId: { attribute: false },
    draft: { state: true },
    lost: { state: true },
    products: { state: true },
    refused: { state: true },
    shown: { state: true },
    isBusy: { state: true },
    conflict: { state: true },
    left: { state: true },
  };

  /** Of the link that is edited; undefined: a new one is written. */
  declare linkId: string | undefined;
  declare draft: Draft | undefined;
  /** Why the link cannot be edited. */
  declare lost: 'gone' | 'unread' | undefined;
  declare products: readonly Product[];
  /** What the server found wrong, until it is written anew. */
  declare refused: Mistakes;
  declare shown: PublicLink | undefined;
  declare isBusy: boolean;
  declare conflict: Conflict | undefined;
  /** Fields whose mistakes may be told; `*`: all of them. */
  declare left: ReadonlySet<string>;

  #saved: MerchantLink | undefined;
  #etag = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #previewing: AbortController | undefined;

  constructor() {
    super();
    this.products = [];
    this.refused = {};
    this.left = new Set();
  }

  protected override open(): void {
    const { words, place } = this.desk;
    void this.#readProducts();
    if (this.linkId) {
      void this.#readLink();
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
    this.draft = { ...draft, ...(sold && { items: [emptyItem(sold)] }) };
    if (copied) void this.#copy(copied);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#previewing?.abort();
  }

  async #readProducts(): Promise<void> {
    const { signal } = this.leaving;
    const found = await this.attempt(() =>
      this.desk.api.all(productSchema(), '/v1/products', { signal }),
    );
    this.products = found ?? [];
  }

  async #readLink(): Promise<void> {
    this.lost = undefined;
    try {
      const read = await this.desk.api.read(merchantLinkSchema(), this.#path);
      this.#take(read.value, read.etag);
    } catch (error) {
      this.lost = (await problemOf(error)).code === 'not_found' ? 'gone' : 'unread';
    }
  }

  /** As it is saved. */
  #take(link: MerchantLink, etag: string): void {
    this.#saved = link;
    this.#etag = etag;
    this.draft = draftOf(link, this.desk.locale);
    this.nameTab(this.desk.words.linkForm.editTitle(link.name));
    this.desk.keep(false);
    this.#previewSoon();
  }

  /** A new link that begins as another one is; its address and its uses are its own. */
  async #copy(id: string): Promise<void> {
    const read = await this.attempt(() =>
      this.desk.api.read(merchantLinkSchema(), `/v1/payment-links/${encodeURIComponent(id)}`),
    );
    if (!read) return;
    const draft = draftOf(read.value, this.desk.locale);
    this.draft = { ...draft, slug: '', items: draft.items.map((item) => ({ ...item, id: null })) };
    this.#previewSoon();
  }

  get #path(): string {
    return `/v1/payment-links/${this.linkId}`;
  }

  readonly #change = (changes: Partial<Draft>): void => {
    if (!this.draft) return;
    const isOtherType = changes.type && changes.type !== this.draft.type;
    // What was begun for another kind of link is none of this one's.
    const items = isOtherType && { items: firstItems(changes.type as LinkType) };
    this.draft = { ...this.draft, ...changes, ...items };
    this.refused = {};
    this.desk.keep(true);
    this.#previewSoon();
  };

  #said() {
    const { words, locale } = this.desk;
    return bodyOf(this.draft as Draft, { words, locale, isNew: !this.linkId });
  }

  #previewSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#preview(), previewAfterMs);
  }

  async #preview(): Promise<void> {
    this.#previewing?.abort();
    const { body, mistakes } = this.#said();
    // What was shown last stays until the form says something again.
    if (Object.keys(mistakes).length) return;
    const asking = new AbortController();
    this.#previewing = asking;
    const path = this.linkId ? `${this.#path}/preview` : '/v1/payment-links/preview';
    try {
      const { signal } = asking;
      this.shown = await this.desk.api.post(publicLinkSchema(), path, body, { signal });
    } catch (error) {
      if (asking.signal.aborted) return;
      // Said when it is sent; a preview has nothing to say.
      await problemOf(error).catch(() => undefined);
    }
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.isBusy) return;
    this.left = new Set(['*']);
    if (Object.keys(this.#mistakes).length) return this.#toFirstMistake();
    await this.#save(this.#etag);
  }

  async #save(etag: string): Promise<void> {
    const { api, words, say, sayTrouble } = this.desk;
    const { body } = this.#said();
    this.isBusy = true;
    try {
      const link = this.linkId
        ? await api.patch(merchantLinkSchema(), this.#path, body, { headers: { 'if-match': etag } })
        : await api.post(merchantLinkSchema(), '/v1/payment-links', body);
      rememberCurrency(link.currency);
      this.desk.keep(false);
      say(this.linkId ? words.linkForm.saved : words.linkForm.created);
      this.desk.go(addressOf('links', link.id));
    } catch (error) {
      const problem = await problemOf(error);
      if (problem.code === 'precondition_failed') await this.#showConflict();
      else if (problem.errors?.length) {
        this.refused = Object.fromEntries(
          problem.errors.map((one) => {
            const path = fieldOf(one.path);
            return [path, sentenceOf(words, { ...one, path })];
          }),
        );
        await this.#toFirstMistake();
      } else if (problem.code === 'conflict' && this.draft?.slug) {
        this.refused = { slug: words.problems.slugTaken };
        await this.#toFirstMistake();
      } else sayTrouble(problem);
    } finally {
      this.isBusy = false;
    }
  }

  async #showConflict(): Promise<void> {
    const read = await this.attempt(() => this.desk.api.read(merchantLinkSchema(), this.#path));
    if (!read) return;
    this.conflict = { theirs: read.value, etag: read.etag };
    await this.updateComplete;
    this.querySelector<HTMLElement>('#conflict-title')?.focus();
  }

  /** What is said to be wrong just now: all of it once it was sent, else where a field was left. */
  get #mistakes(): Mistakes {
    const { mistakes } = this.#said();
    const told = Object.entries(mistakes).filter(
      ([path]) => this.left.has('*') || this.left.has(path),
    );
    return { ...Object.fromEntries(told), ...this.refused };
  }

  async #toFirstMistake(): Promise<void> {
    await this.updateComplete;
    const faulty = this.querySelector<HTMLElement>(
      '[aria-invalid="true"], fieldset[aria-describedby="items-error"] select',
    );
    faulty?.closest('details')?.setAttribute('open', '');
    faulty?.focus();
  }

  protected override render(): TemplateResult {
    const { words } = this.desk;
    const { draft } = this;
    if (this.lost === 'gone') return missing(this.desk);
    if (this.lost) return again(this.desk, () => this.#readLink());
    if (!draft) return html`<p class="waiting" role="status">${words.common.loading}</p>`;
    const mistakes = this.#mistakes;
    const says = words.linkForm;
    const title = this.linkId ? says.editTitle(this.#saved?.name ?? '') : says.newTitle;
    const writing: Writing = {
      ...{ desk: this.desk, draft, mistakes, isNew: !this.linkId, change: this.#change },
      leave: (path) => {
        this.left = new Set([...this.left, path]);
      },
    };
    return html`<h1>${title}</h1>
      ${this.conflict ? this.#conflicting(this.conflict, draft) : nothing}
      <div class="beside">
        <form class="panel" novalidate aria-busy=${this.isBusy ? 'true' : nothing} @submit=${this.#submit}>
          ${this.#summary(mistakes)} ${basics(writing)}
          ${draft.type === 'amount' ? amounts(writing) : items(writing, this.products)}
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

  #summary(mistakes: Mistakes): TemplateResult | typeof nothing {
    const paths = Object.keys(mistakes);
    if (!this.left.has('*') || !paths.length) return nothing;
    return html`<div class="alert" role="alert"><h2>${this.desk.words.linkForm.mistakes(paths.length)}</h2></div>`;
  }

  #conflicting({ theirs, etag }: Conflict, draft: Draft): TemplateResult {
    const { words, locale } = this.desk;
    const says = words.linkForm;
    const labels: Readonly<Record<string, unknown>> = { ...says, branding: says.look };
    const label = (field: string) =>
      typeof labels[field] === 'string' ? (labels[field] as string) : field;
    const keep = async () => {
      this.conflict = undefined;
      await this.#save(etag);
    };
    const take = () => {
      this.conflict = undefined;
      this.refused = {};
      this.#take(theirs, etag);
    };
    return conflictPanel(this.desk, {
      title: says.changedTitle,
      differences: differencesOf(draftOf(theirs, locale), draft, label),
      ...{ nameOf: label, keepYours: keep, takeTheirs: take },
    });
  }
}
