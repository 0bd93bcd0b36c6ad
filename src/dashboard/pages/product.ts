import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type Product, productSchema } from '../../contract/index.js';
import { problemOf } from '../api.js';
import { again } from '../parts/again.js';
import { ask } from '../parts/ask.js';
import { toFirstMistake } from '../parts/first-mistake.js';
import { productState } from '../parts/product-shown.js';
import type { Mistakes } from '../parts/typed.js';
import { addressOf } from '../place.js';
import { type Details, detailsBody, refusedOf } from '../product-form/body.js';
import { describing } from '../product-form/sections.js';
import { DeskPage } from './desk-page.js';

const detailsOf = ({ name, description, imageUrl }: Product): Details => ({
  name,
  description: description ?? '',
  imageUrl: imageUrl ?? '',
});

/** @summary One product: how it is called, what is there of it, what it costs. */
export class DeskProduct extends DeskPage {
  static override properties: PropertyDeclarations = {
    ...DeskPage.properties,
    productId: { attribute: false },
    product: { state: true },
    details: { state: true },
    refused: { state: true },
    left: { state: true },
    isBusy: { state: true },
    isGone: { state: true },
    hasFailed: { state: true },
  };

  declare productId: string;
  declare product: Product | undefined;
  /** As they are written; undefined: as they are saved. */
  declare details: Details | undefined;
  declare refused: Mistakes;
  declare left: ReadonlySet<string>;
  declare isBusy: boolean;
  declare isGone: boolean;
  declare hasFailed: boolean;

  readonly #unsaved = new Set<string>();
  #stale: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.refused = {};
    this.left = new Set();
    this.isBusy = false;
    this.isGone = false;
    this.hasFailed = false;
  }

  protected override open(): void {
    void this.#read();
  }

  /** A checkout that opens holds some of it, one that ends takes it or gives it back. */
  protected override hear({ type }: { type: string }): void {
    if (!type.startsWith('checkout_session.')) return;
    clearTimeout(this.#stale);
    this.#stale = setTimeout(() => void this.#refresh(), 500);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#stale);
  }

  get #path(): string {
    return `/v1/products/${this.productId}`;
  }

  async #read(): Promise<void> {
    const { signal } = this.leaving;
    this.hasFailed = false;
    try {
      this.#take(await this.desk.api.get(productSchema(), this.#path, { signal }));
    } catch (error) {
      if (signal.aborted) return;
      const problem = await problemOf(error);
      this.isGone = problem.code === 'not_found';
      this.hasFailed = !this.isGone;
      if (this.hasFailed) this.desk.sayTrouble(problem);
    }
  }

  /** What is written just now stays as it is. */
  async #refresh(): Promise<void> {
    const { signal } = this.leaving;
    const found = await this.desk.api
      .get(productSchema(), this.#path, { signal })
      .catch(() => undefined);
    if (found) this.#take(found);
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
      this.#take(await api.patch(productSchema(), this.#path, body));
      // What was typed on meanwhile is not saved yet.
      if (this.details === written || !this.details) {
        this.details = undefined;
        this.left = new Set();
        this.#keep('details', false);
      }
      say(words.products.saved);
    } catch (error) {
      const problem = await problemOf(error);
      if (!problem.errors?.length) return sayTrouble(problem);
      const language = { words, locale };
      this.refused = refusedOf(problem.errors, { language, currencyOf: () => 'EUR' });
      await this.#toFirstMistake();
    } finally {
      this.isBusy = false;
    }
  }

  async #toFirstMistake(): Promise<void> {
    await this.updateComplete;
    toFirstMistake(this.querySelector('form') ?? this);
  }

  async #archive({ name }: Product): Promise<void> {
    const { words, api, say } = this.desk;
    const { products: says } = words;
    const question = { title: says.askArchive(name), text: says.askArchiveText, yes: says.archive };
    if (this.isBusy || !(await ask(this.desk, question))) return;
    this.isBusy = true;
    await this.attempt(async () => {
      this.#take(await api.post(productSchema(), `${this.#path}/archive`));
      say(says.archived(name));
      await this.updateComplete;
      // The button that was pressed is gone.
      this.querySelector<HTMLElement>('h1')?.focus();
    });
    this.isBusy = false;
  }

  protected override render(): TemplateResult {
    const { words } = this.desk;
    const { products: says } = words;
    const { product } = this;
    if (this.isGone)
      return html`<div class="card"><h1>${words.common.missingTitle}</h1><p><a href=${addressOf('products')}>${says.backToList}</a></p></div>`;
    if (this.hasFailed) return again(this.desk, () => this.#read());
    if (!product) return html`<p class="waiting" role="status">${words.common.loading}</p>`;
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
      ${product.isArchived ? html`<p class="warning">${says.archivedNote}</p>` : nothing}
      <desk-product-skus class="panel" .desk=${this.desk} .product=${product} .keep=${this.#keep} .take=${this.#take}></desk-product-skus>
      <desk-product-prices class="panel" .desk=${this.desk} .product=${product} .keep=${this.#keep} .take=${this.#take}></desk-product-prices>
      ${this.#detailsForm(product)}
      ${product.isArchived ? nothing : this.#ending(product)}`;
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

  #ending(product: Product): TemplateResult {
    const { products: says } = this.desk.words;
    return html`<section class="panel" aria-labelledby="ending-title">
      <h2 id="ending-title">${says.archiveTitle}</h2>
      <p class="lead">${says.archiveText}</p>
      <p><button class="danger" type="button" ?disabled=${this.isBusy} @click=${() => this.#archive(product)}>${says.archive}</button></p>
    </section>`;
  }
}
