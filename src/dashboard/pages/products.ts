import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type Product, productSchema } from '../../contract/index.js';
import { again } from '../parts/again.js';
import { idOf } from '../parts/field.js';
import { priceText, productState, stockText, thumb } from '../parts/product-shown.js';
import { addressOf } from '../place.js';
import { isFound } from '../product-form/stock.js';
import { DeskPage } from './desk-page.js';

/** What changes a stock. */
const isAboutStock = /^checkout_session\./;
const shownPrices = 2;
const shows = ['active', 'archived', 'all'] as const;

/** @summary The catalogue: what is sold, for how much, and how much of it is there. */
export class DeskProducts extends DeskPage {
  static override properties: PropertyDeclarations = {
    ...DeskPage.properties,
    products: { state: true },
    nextCursor: { state: true },
    isBusy: { state: true },
    hasFailed: { state: true },
  };

  /** Undefined until they are known. */
  declare products: readonly Product[] | undefined;
  declare nextCursor: string | null;
  declare isBusy: boolean;
  declare hasFailed: boolean;

  #stale: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.nextCursor = null;
    this.isBusy = false;
    this.hasFailed = false;
  }

  get #search(): string {
    return this.desk.place.query.get('search')?.trim() ?? '';
  }

  get #show(): (typeof shows)[number] {
    const asked = this.desk.place.query.get('show');
    return shows.find((one) => one === asked) ?? 'active';
  }

  protected override open(): void {
    this.nameTab(this.desk.words.products.title);
    void this.#read();
  }

  protected override hear({ type }: { type: string }): void {
    if (!isAboutStock.test(type)) return;
    clearTimeout(this.#stale);
    this.#stale = setTimeout(() => void this.#refresh(), 500);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#stale);
  }

  #page(cursor?: string) {
    const { signal } = this.leaving;
    const query = { limit: 50, cursor };
    return this.desk.api.list(productSchema(), '/v1/products', { query, signal });
  }

  async #read(): Promise<void> {
    this.hasFailed = false;
    const page = await this.attempt(() => this.#page());
    this.hasFailed = !page;
    if (!page) return;
    this.products = page.data;
    this.nextCursor = page.nextCursor;
  }

  async #more(): Promise<void> {
    const { nextCursor, products = [] } = this;
    if (!nextCursor || this.isBusy) return;
    this.isBusy = true;
    const page = await this.attempt(() => this.#page(nextCursor));
    this.isBusy = false;
    if (!page) return;
    this.products = [...products, ...page.data];
    this.nextCursor = page.nextCursor;
    await this.updateComplete;
    // On from the first of those that have come and are shown.
    const first = page.data.find((product) => this.#isShown(product));
    this.querySelector<HTMLElement>(`#product-${first?.id} a`)?.focus();
  }

  /** The first ones anew; what was read on to stays under them as it was. */
  async #refresh(): Promise<void> {
    const page = await this.#page().catch(() => undefined);
    if (!page || !this.products) return;
    const fresh = new Set(page.data.map(({ id }) => id));
    this.products = [...page.data, ...this.products.filter(({ id }) => !fresh.has(id))];
  }

  #look(name: 'search' | 'show', value: string): void {
    const query = new URLSearchParams(this.desk.place.query);
    if (value) query.set(name, value);
    else query.delete(name);
    const text = query.toString();
    this.desk.go(`${addressOf('products')}${text ? `?${text}` : ''}`, { instead: true });
  }

  #isShown(product: Product): boolean {
    const isWanted = this.#show === 'all' || product.isArchived === (this.#show === 'archived');
    return isWanted && (!this.#search || isFound(product, this.#search));
  }

  protected override render(): TemplateResult {
    const { words } = this.desk;
    const { products: says } = words;
    const isFirst = this.products?.length === 0;
    return html`<div class="page-head">
        <h1>${says.title}</h1>
        ${isFirst ? nothing : html`<a class="button primary" href=${addressOf('products', 'new')}>${says.create}</a>`}
      </div>
      ${isFirst ? this.#beginning() : [this.#filters(), this.#table()]}`;
  }

  /** What a product can be, for who has none yet. */
  #beginning(): TemplateResult {
    const { products: says } = this.desk.words;
    return html`<section class="panel beginning" aria-labelledby="beginning-title">
      <h2 id="beginning-title">${says.emptyTitle}</h2>
      <p class="lead">${says.emptyText}</p>
      <ul class="hints">
        ${says.emptyWays.map(([title, text]) => html`<li><strong>${title}</strong> <span class="lead">${text}</span></li>`)}
      </ul>
      <p><a class="button primary" href=${addressOf('products', 'new')}>${says.create}</a></p>
    </section>`;
  }

  #filters(): TemplateResult {
    const { products: says } = this.desk.words;
    const typed = (event: Event) => (event.target as HTMLInputElement).value;
    return html`<search class="filters">
      <div class="field wide">
        <label for=${idOf('search')}>${says.searchLabel}</label>
        <input id=${idOf('search')} type="search" .value=${this.#search} maxlength="100" autocomplete="off"
          @input=${(event: Event) => this.#look('search', typed(event).trim())} />
      </div>
      <div class="field">
        <label for=${idOf('show')}>${says.show}</label>
        <select id=${idOf('show')} @change=${(event: Event) => this.#look('show', typed(event) === 'active' ? '' : typed(event))}>
          ${shows.map((one) => html`<option value=${one} .selected=${one === this.#show}>${says.shows[one]}</option>`)}
        </select>
      </div>
    </search>`;
  }

  #table(): TemplateResult {
    const { words } = this.desk;
    const { products: says } = words;
    if (this.hasFailed) return again(this.desk, () => this.#read());
    if (!this.products) return html`<p class="waiting" role="status">${words.common.loading}</p>`;
    const found = this.products.filter((product) => this.#isShown(product));
    const isNarrow = Boolean(this.#search) || this.#show === 'archived';
    const more = this.nextCursor
      ? html`<div class="more">
          ${isNarrow ? html`<p class="hint">${says.onlySearched(this.products.length)}</p>` : nothing}
          <button class="secondary" type="button" ?disabled=${this.isBusy} @click=${this.#more}>${words.common.more}</button>
        </div>`
      : nothing;
    if (!found.length)
      return html`<div class="panel"><p role="status">${this.#show === 'archived' && !this.#search ? says.nothingArchived : says.nothingFound}</p>
        <p><a href="${addressOf('products')}?show=all">${says.showAll}</a></p>${more}</div>`;
    return html`<p class="visually-hidden" role="status">${says.shown(found.length)}</p>
      <div class="panel flush" aria-busy=${this.isBusy ? 'true' : nothing}>
      <table class="list">
        <thead><tr>
          <th scope="col">${says.name}</th>
          <th scope="col">${says.prices}</th>
          <th scope="col" class="number">${says.stock}</th>
          <th scope="col">${says.state}</th>
        </tr></thead>
        <tbody>${found.map((product) => this.#row(product))}</tbody>
      </table>
      ${more}
    </div>`;
  }

  #row(product: Product): TemplateResult {
    const { products: says } = this.desk.words;
    const { id, name, imageUrl, skus } = product;
    const prices = product.prices.filter(({ isArchived }) => !isArchived);
    const about = [
      says.types[product.type],
      skus.length > 1 && says.combinationsOf(skus.length),
    ].filter(Boolean);
    return html`<tr id="product-${id}">
      <th scope="row"><div class="named">${thumb(imageUrl, name)}
        <div><a href=${addressOf('products', id)}>${name}</a> <span class="hint">${about.join(' · ')}</span></div></div></th>
      <td data-label=${says.prices}><ul class="lines">
        ${prices.slice(0, shownPrices).map((price) => html`<li>${priceText(this.desk, price)}</li>`)}
        ${prices.length > shownPrices ? html`<li class="hint">${says.morePrices(prices.length - shownPrices)}</li>` : nothing}
        ${prices.length ? nothing : html`<li class="hint">–</li>`}
      </ul></td>
      <td class="number" data-label=${says.stock}>${stockText(this.desk, skus)}</td>
      <td data-label=${says.state}>${productState(this.desk, product)}</td>
    </tr>`;
  }
}
