import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { productSchema } from '../../contract/index.js';
import { rememberCurrency, usualCurrency } from '../parts/currencies.js';
import { Form } from '../parts/form.js';
import { SameKey } from '../parts/same-key.js';
import { waiting } from '../parts/waiting.js';
import { addressOf } from '../place.js';
import { axes } from '../product-form/axes.js';
import { productBody, refusedOf } from '../product-form/body.js';
import { emptyProduct, type ProductDraft, withTyped } from '../product-form/draft.js';
import { describing, kind, prices, type Writing } from '../product-form/sections.js';
import { type ForAll, skuTable } from '../product-form/sku-table.js';
import { DeskPage } from './desk-page.js';

/** @summary Makes a product: what it is, what it costs, and what there is to choose. */
export class DeskNewProduct extends DeskPage {
  static override properties: PropertyDeclarations = {
    ...DeskPage.properties,
    forAll: { state: true },
  };

  declare forAll: ForAll;

  readonly #form: Form<ProductDraft> = new Form<ProductDraft>(this, {
    mistakesOf: (draft) => productBody(draft, this.desk).mistakes,
    send: (draft) => this.#create(draft),
    refusedOf: ({ errors = [] }, draft) => {
      const { body, rows } = productBody(draft, this.desk);
      return refusedOf(errors, {
        ...{ language: this.desk, rows },
        currencyOf: (path) =>
          body.prices[Number(/^prices\.(\d+)/.exec(path)?.[1] ?? 0)]?.currency ?? 'EUR',
      });
    },
  });

  readonly #key = new SameKey();

  constructor() {
    super();
    this.forAll = { unitAmount: '', stockQuantity: '' };
  }

  protected override open(): void {
    this.nameTab(this.desk.words.products.newTitle);
    this.#form.begin(emptyProduct(usualCurrency(this.desk.locale)));
  }

  readonly #change: Writing['change'] = (changes) => {
    const { draft, change } = this.#form;
    if (draft) change(typeof changes === 'function' ? changes(draft) : changes);
  };

  async #submit(event: SubmitEvent): Promise<void> {
    const { draft, isBusy, change, submit } = this.#form;
    // A value that was typed last, and not left yet.
    if (draft?.axes.length && !isBusy) change({ axes: draft.axes.map(withTyped) });
    await submit(event);
  }

  async #create(draft: ProductDraft): Promise<void> {
    const { api, words, say, keep, go } = this.desk;
    const { body } = productBody(draft, this.desk);
    const headers = this.#key.headers(body);
    const made = await api.post(productSchema(), '/v1/products', body, { headers });
    rememberCurrency(body.prices[0]?.currency ?? '');
    keep(false);
    say(words.products.created);
    go(addressOf('products', made.id));
  }

  /** To the field that has just been added. */
  async #toLast(selector: string): Promise<void> {
    await this.updateComplete;
    [...this.querySelectorAll<HTMLElement>(selector)].at(-1)?.focus();
  }

  protected override render(): TemplateResult {
    const { words } = this.desk;
    const { products: says } = words;
    const form = this.#form;
    const { draft, mistakes, leave } = form;
    if (!draft) return waiting(this.desk);
    const writing: Writing = { desk: this.desk, draft, mistakes, change: this.#change, leave };
    const filling = {
      forAll: this.forAll,
      setForAll: (forAll: ForAll) => {
        this.forAll = forAll;
      },
    };
    return html`<p><a href=${addressOf('products')}>← ${says.backToList}</a></p>
      <h1>${says.newTitle}</h1>
      <form class="panel product-form" novalidate aria-busy=${form.isBusy ? 'true' : nothing} @submit=${this.#submit}>
        ${form.summary()}
        ${describing({ ...writing, isFirst: true })} ${kind(writing)}
        ${prices(writing, () => this.#toLast('input[name^="prices."][name$=".unitAmount"]'))}
        ${axes(writing, () => this.#toLast('input[name^="axes."][name$=".name"]'))}
        ${skuTable(writing, filling)}
        <div class="form-end">
          <button class="primary" type="submit" ?disabled=${form.isBusy}>${says.createIt}</button>
          <a class="button secondary" href=${addressOf('products')}>${words.common.cancel}</a>
        </div>
      </form>`;
  }
}
