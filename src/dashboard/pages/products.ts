import { html, nothing, type TemplateResult } from 'lit';
import { type Product, productSchema } from '../../contract/index.js';
import type { News } from '../desk.js';
import { idOf } from '../parts/field.js';
import { Listing } from '../parts/listing.js';
import { rowId } from '../parts/more.js';
import { priceText, productState, stockText, thumb } from '../parts/product-shown.js';
import { addressOf } from '../place.js';
import { isFound } from '../product-form/stock.js';
import { ListPage } from './list-page.js';

/** What changes a stock. */
const isAboutStock = /^(checkout_session|desk)\./;
const shownPrices = 2;
const shows = ['active', 'archived', 'all'] as const;

/** @summary The catalogue: what is sold, for how much, and how much of it is there. */
export class DeskProducts extends ListPage<Product> {
  protected override readonly address = addressOf('products');

  protected override readonly listing: Listing<Product> = new Listing<Product>(this, {
    ask: (cursor, signal) =>
      this.desk.api.list(productSchema(), '/v1/products', { query: { limit: 50, cursor }, signal }),
    fail: (error) => this.desk.sayTrouble(error),
  });

  protected override get says() {
    const { products } = this.desk.words;
    const isArchive = this.#show === 'archived' && !this.#search;
    return { ...products, ...(isArchive && { nothingFound: products.nothingArchived }) };
  }

  protected override get whole(): string {
    return `${this.address}?show=all`;
  }

  get #search(): string {
    return this.desk.place.query.get('search')?.trim() ?? '';
  }

  get #show(): (typeof shows)[number] {
    const asked = this.desk.place.query.get('show');
    return shows.find((one) => one === asked) ?? 'active';
  }

  protected override hear({ type }: News): void {
    if (isAboutStock.test(type)) this.listing.refreshSoon();
  }

  protected override shownOf(products: readonly Product[]): readonly Product[] {
    const isShown = (product: Product) =>
      (this.#show === 'all' || product.isArchived === (this.#show === 'archived')) &&
      (!this.#search || isFound(product, this.#search));
    return products.filter(isShown);
  }

  protected override actions(): TemplateResult {
    return html`<a class="button primary" href=${addressOf('products', 'new')}>${this.says.create}</a>`;
  }

  /** What a product can be, for who has none yet. */
  protected override beginning(): TemplateResult {
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

  protected override filters(): TemplateResult {
    const { says } = this;
    const { rows = [], nextCursor } = this.listing;
    const isPartly = nextCursor && (this.#search || this.#show === 'archived');
    const typed = (event: Event) => (event.target as HTMLInputElement).value;
    return html`<search class="filters">
      <div class="field wide">
        <label for=${idOf('search')}>${says.searchLabel}</label>
        <input id=${idOf('search')} type="search" .value=${this.desk.place.query.get('search') ?? ''} maxlength="100" autocomplete="off"
          @input=${(event: Event) => this.look('search', typed(event))} />
      </div>
      <div class="field">
        <label for=${idOf('show')}>${says.show}</label>
        <select id=${idOf('show')} @change=${(event: Event) => this.look('show', typed(event) === 'active' ? '' : typed(event))}>
          ${shows.map((one) => html`<option value=${one} .selected=${one === this.#show}>${says.shows[one]}</option>`)}
        </select>
      </div>
    </search>
    ${isPartly ? html`<p class="hint">${says.onlySearched(rows.length)}</p>` : nothing}`;
  }

  protected override table(products: readonly Product[]): TemplateResult {
    const { says } = this;
    return html`<table class="list">
      <thead><tr>
        <th scope="col">${says.name}</th>
        <th scope="col">${says.prices}</th>
        <th scope="col" class="number">${says.stock}</th>
        <th scope="col">${says.state}</th>
      </tr></thead>
      <tbody>${products.map((product) => this.#row(product))}</tbody>
    </table>`;
  }

  #row(product: Product): TemplateResult {
    const { products: says } = this.desk.words;
    const { id, name, imageUrl, skus } = product;
    const prices = product.prices.filter(({ isArchived }) => !isArchived);
    const about = [
      says.types[product.type],
      skus.length > 1 && says.combinationsOf(skus.length),
    ].filter(Boolean);
    return html`<tr id=${rowId(product)}>
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
