import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { productSchema } from '../../contract/index.js';
import { problemOf } from '../api.js';
import { rememberCurrency, usualCurrency } from '../parts/currencies.js';
import { toFirstMistake } from '../parts/first-mistake.js';
import { SameKey } from '../parts/same-key.js';
import type { Mistakes } from '../parts/typed.js';
import { addressOf } from '../place.js';
import { axes } from '../product-form/axes.js';
import { productBody, refusedOf, type SaidProduct } from '../product-form/body.js';
import { emptyProduct, type ProductDraft, withTyped } from '../product-form/draft.js';
import { describing, kind, prices, type Writing } from '../product-form/sections.js';
import { type ForAll, skuTable } from '../product-form/sku-table.js';
import { DeskPage } from './desk-page.js';

/** @summary Makes a product: what it is, what it costs, and what there is to choose. */
export class DeskNewProduct extends DeskPage {
  static override properties: PropertyDeclarations = {
    ...DeskPage.properties,
    draft: { state: true },
    refused: { state: true },
    left: { state: true },
    forAll: { state: true },
    isBusy: { state: true },
  };

  declare draft: ProductDraft | undefined;
  /** What the server found wrong, until it is written anew. */
  declare refused: Mistakes;
  /** Fields whose mistakes may be told; `*`: all of them. */
  declare left: ReadonlySet<string>;
  declare forAll: ForAll;
  declare isBusy: boolean;

  readonly #key = new SameKey();

  constructor() {
    super();
    this.refused = {};
    this.left = new Set();
    this.forAll = { unitAmount: '', stockQuantity: '' };
    this.isBusy = false;
  }

  protected override open(): void {
    this.nameTab(this.desk.words.products.newTitle);
    this.draft = emptyProduct(usualCurrency(this.desk.locale));
  }

  readonly #change: Writing['change'] = (changes) => {
    const { draft } = this;
    if (!draft) return;
    this.draft = { ...draft, ...(typeof changes === 'function' ? changes(draft) : changes) };
    this.refused = {};
    this.desk.keep(true);
  };

  #said(): SaidProduct {
    return productBody(this.draft as ProductDraft, this.desk);
  }

  /** What is said to be wrong just now: all of it once it was sent, else where a field was left. */
  #told({ mistakes }: SaidProduct): Mistakes {
    const told = Object.entries(mistakes).filter(
      ([path]) => this.left.has('*') || this.left.has(path),
    );
    return { ...Object.fromEntries(told), ...this.refused };
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.isBusy || !this.draft) return;
    this.left = new Set(['*']);
    // A value that was typed last, and not left yet.
    this.draft = { ...this.draft, axes: this.draft.axes.map(withTyped) };
    const said = this.#said();
    if (Object.keys(said.mistakes).length) return this.#toFirstMistake();
    await this.#create(said);
  }

  async #create({ body, rows }: SaidProduct): Promise<void> {
    const { api, words, say, sayTrouble, locale } = this.desk;
    this.isBusy = true;
    try {
      const headers = this.#key.headers(body);
      const made = await api.post(productSchema(), '/v1/products', body, { headers });
      rememberCurrency(body.prices[0]?.currency ?? '');
      this.desk.keep(false);
      say(words.products.created);
      this.desk.go(addressOf('products', made.id));
    } catch (error) {
      const problem = await problemOf(error);
      if (!problem.errors?.length) return sayTrouble(problem);
      const { prices: asked } = body;
      this.refused = refusedOf(problem.errors, {
        ...{ language: { words, locale }, rows },
        currencyOf: (path) =>
          asked[Number(/^prices\.(\d+)/.exec(path)?.[1] ?? 0)]?.currency ?? 'EUR',
      });
      await this.#toFirstMistake();
    } finally {
      this.isBusy = false;
    }
  }

  async #toFirstMistake(): Promise<void> {
    await this.updateComplete;
    toFirstMistake(this);
  }

  /** To the field that has just been added. */
  async #toLast(selector: string): Promise<void> {
    await this.updateComplete;
    [...this.querySelectorAll<HTMLElement>(selector)].at(-1)?.focus();
  }

  protected override render(): TemplateResult {
    const { words } = this.desk;
    const { products: says } = words;
    const { draft } = this;
    if (!draft) return html`<p class="waiting" role="status">${words.common.loading}</p>`;
    const mistakes = this.#told(this.#said());
    const writing: Writing = {
      ...{ desk: this.desk, draft, mistakes, change: this.#change },
      leave: (path) => {
        this.left = new Set([...this.left, path]);
      },
    };
    const filling = {
      forAll: this.forAll,
      setForAll: (forAll: ForAll) => {
        this.forAll = forAll;
      },
    };
    return html`<p><a href=${addressOf('products')}>← ${says.backToList}</a></p>
      <h1>${says.newTitle}</h1>
      <form class="panel product-form" novalidate aria-busy=${this.isBusy ? 'true' : nothing} @submit=${this.#submit}>
        ${this.#summary(mistakes)}
        ${describing({ ...writing, isFirst: true })} ${kind(writing)}
        ${prices(writing, () => this.#toLast('input[name^="prices."][name$=".unitAmount"]'))}
        ${axes(writing, () => this.#toLast('input[name^="axes."][name$=".name"]'))}
        ${skuTable(writing, filling)}
        <div class="form-end">
          <button class="primary" type="submit" ?disabled=${this.isBusy}>${says.createIt}</button>
          <a class="button secondary" href=${addressOf('products')}>${words.common.cancel}</a>
        </div>
      </form>`;
  }

  #summary(mistakes: Mistakes): TemplateResult | typeof nothing {
    const { length } = Object.keys(mistakes);
    if (!this.left.has('*') || !length) return nothing;
    return html`<div class="alert" role="alert"><h2>${this.desk.words.linkForm.mistakes(length)}</h2></div>`;
  }
}
