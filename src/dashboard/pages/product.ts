import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type Product, productSchema } from '../../contract/index.js';
import { problemOf } from '../api.js';
import type { News } from '../desk.js';
import { toFirstMistake } from '../parts/first-mistake.js';
import { productState } from '../parts/product-shown.js';
import type { Mistakes } from '../parts/typed.js';
import { addressOf } from '../place.js';
import { type Details, detailsBody, refusedOf } from '../product-form/body.js';
import { describing } from '../product-form/sections.js';
import { ObjectPage } from './object-page.js';

const detailsOf = ({ name, description, imageUrl }: Product): Details => ({
  name,
  description: description ?? '',
  imageUrl: imageUrl ?? '',
});

/** @summary One product: how it is called, what is there of it, what it costs. */
export class DeskProduct extends ObjectPage {
  static override properties: PropertyDeclarations = {
    ...ObjectPage.properties,
    productId: { attribute: false },
    product: { state: true },
    details: { state: true },
    refused: { state: true },
    left: { state: true },
    isBusy: { state: true },
  };

  declare productId: string;
  declare product: Product | undefined;
  /** As they are written; undefined: as they are saved. */
  declare details: Details | undefined;
  declare refused: Mistakes;
  declare left: ReadonlySet<string>;
  declare isBusy: boolean;

  readonly #unsaved = new Set<string>();
  /** Of the version the details were written over. */
  #etag = '';

  constructor() {
    super();
    this.refused = {};
    this.left = new Set();
    this.isBusy = false;
  }

  /** A checkout that opens holds some of it, one that ends takes it or gives it back. */
  protected override isAbout({ type }: News): boolean {
    return type.startsWith('checkout_session.');
  }

  get #path(): string {
    return `/v1/products/${this.productId}`;
  }

  /** What is written just now stays as it is. */
  protected override async readAll(signal: AbortSignal): Promise<void> {
    const { value, etag } = await this.desk.api.read(productSchema(), this.#path);
    if (signal.aborted) return;
    this.#take(value);
    if (!this.details) this.#etag = etag;
  }

  protected override get missing() {
    const { common, products } = this.desk.words;
    return { title: common.missingTitle, address: addressOf('products'), way: products.backToList };
  }

  readonly #take = (product: Product): void => {
    this.product = product;
    this.nameTab(product.name);
  };

  /** Several parts of the page can be half written. */
  readonly #keep = (part: string, isUnsaved: boolean): void => {
    if (isUnsaved) this.#unsaved.add(part);
    else this.#unsaved.delete(part);
    this.desk.keep(this.#unsaved.size > 0);
  };

  #change(changes: Partial<Details>, product: Product): void {
    this.details = { ...(this.details ?? detailsOf(product)), ...changes };
    this.refused = {};
    this.#keep('details', true);
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { api, words, say, sayTrouble, locale } = this.desk;
    if (this.isBusy || !this.product) return;
    this.left = new Set(['name', 'description', 'imageUrl']);
    const written = this.details ?? detailsOf(this.product);
    const { body, mistakes } = detailsBody(written, this.desk);
    if (Object.keys(mistakes).length) return this.#toFirstMistake();
    this.isBusy = true;
    try {
      const saved = await api.save(productSchema(), this.#path, { body, etag: this.#etag });
      this.#take(saved.value);
      this.#etag = saved.etag;
      // What was typed on meanwhile is not saved yet.
      if (this.details === written || !this.details) {
        this.details = undefined;
        this.left = new Set();
        this.#keep('details', false);
      }
      say(words.products.saved);
    } catch (error) {
      const problem = await problemOf(error);
      if (problem.code === 'precondition_failed') return await this.#tellOther();
      if (!problem.errors?.length) return sayTrouble(problem);
      const language = { words, locale };
      this.refused = refusedOf(problem.errors, { language, currencyOf: () => 'EUR' });
      await this.#toFirstMistake();
    } finally {
      this.isBusy = false;
    }
  }

  /** What was written stays; to save again is to save it over theirs. */
  async #tellOther(): Promise<void> {
    const { api, say, words } = this.desk;
    const theirs = await this.attempt(() => api.read(productSchema(), this.#path));
    if (!theirs) return;
    this.#take(theirs.value);
    this.#etag = theirs.etag;
    say(words.products.changedMeanwhile(theirs.value.name));
  }

  async #toFirstMistake(): Promise<void> {
    await this.updateComplete;
    toFirstMistake(this.querySelector('form') ?? this);
  }

  async #mark(action: 'archive' | 'restore'): Promise<void> {
    const { words, api, say } = this.desk;
    const { products: says } = words;
    if (this.isBusy) return;
    this.isBusy = true;
    await this.attempt(async () => {
      const product = await api.post(productSchema(), `${this.#path}/${action}`);
      this.#take(product);
      if (action === 'archive') say(says.archived(product.name), () => this.#mark('restore'));
      else say(says.restored(product.name));
      await this.updateComplete;
      // The button that was pressed is gone.
      this.querySelector<HTMLElement>('h1')?.focus();
    });
    this.isBusy = false;
  }

  protected override whole(): TemplateResult | undefined {
    const { products: says } = this.desk.words;
    const { product } = this;
    if (!product) return undefined;
    const isRecurring = product.prices.some(
      ({ isArchived, type }) => !isArchived && type === 'recurring',
    );
    const query = new URLSearchParams({
      type: isRecurring ? 'subscription' : 'product',
      product: product.id,
      currency: product.prices.find(({ isArchived }) => !isArchived)?.currency ?? '',
    });
    const way = `${addressOf('links', 'new')}?${query}`;
    return html`
      <p><a href=${addressOf('products')}>← ${says.backToList}</a></p>
      <div class="page-head">
        <h1 tabindex="-1">${product.name} ${productState(this.desk, product)}</h1>
        ${product.isArchived ? nothing : html`<a class="button primary" href=${way}>${says.makeLink}</a>`}
      </div>
      ${product.isArchived ? this.#archived() : nothing}
      <desk-product-skus class="panel" .desk=${this.desk} .product=${product} .keep=${this.#keep} .take=${this.#take}></desk-product-skus>
      <desk-product-prices class="panel" .desk=${this.desk} .product=${product} .keep=${this.#keep} .take=${this.#take}></desk-product-prices>
      ${this.#detailsForm(product)}
      ${product.isArchived ? nothing : this.#ending()}`;
  }

  #detailsForm(product: Product): TemplateResult {
    const { words } = this.desk;
    const { products: says } = words;
    const draft = this.details ?? detailsOf(product);
    const told = Object.entries(detailsBody(draft, this.desk).mistakes).filter(([path]) =>
      this.left.has(path),
    );
    return html`<form class="panel" novalidate aria-labelledby="details-title" aria-busy=${this.isBusy ? 'true' : nothing} @submit=${this.#submit}>
      <h2 id="details-title">${says.details}</h2>
      ${describing({
        ...{ desk: this.desk, draft, mistakes: { ...Object.fromEntries(told), ...this.refused } },
        change: (changes) => this.#change(changes, product),
        leave: (path) => {
          this.left = new Set([...this.left, path]);
        },
      })}
      <p class="hint">${says.kindIs(says.types[product.type])}</p>
      <div class="form-end">
        <button class="primary" type="submit" ?disabled=${this.isBusy}>${words.common.save}</button>
      </div>
    </form>`;
  }

  #archived(): TemplateResult {
    const { products: says } = this.desk.words;
    return html`<div class="warning">
      <p>${says.archivedNote}</p>
      <p><button class="secondary" type="button" ?disabled=${this.isBusy} @click=${() => this.#mark('restore')}>${says.restore}</button></p>
    </div>`;
  }

  #ending(): TemplateResult {
    const { products: says } = this.desk.words;
    return html`<section class="panel" aria-labelledby="ending-title">
      <h2 id="ending-title">${says.archiveTitle}</h2>
      <p class="lead">${says.archiveText}</p>
      <p><button class="danger" type="button" ?disabled=${this.isBusy} @click=${() => this.#mark('archive')}>${says.archive}</button></p>
    </section>`;
  }
}
