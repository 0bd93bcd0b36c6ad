import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type Product, type ProductPrice, productPriceSchema } from '../../contract/index.js';
import { problemOf } from '../api.js';
import type { Desk } from '../desk.js';
import { addedPriceBody, productSentence } from '../product-form/body.js';
import { type DraftPrice, emptyPrice } from '../product-form/draft.js';
import { priceFields } from '../product-form/price-fields.js';
import { ask } from './ask.js';
import { rememberCurrency, usualCurrency } from './currencies.js';
import { toFirstMistake } from './first-mistake.js';
import { priceText } from './product-shown.js';
import { SameKey } from './same-key.js';
import { money } from './shown.js';
import type { Mistakes } from './typed.js';

/** @summary The prices of a product: a price never changes, so another one is added and the old one archived. */
export class DeskProductPrices extends LitElement {
  static override properties: PropertyDeclarations = {
    desk: { attribute: false },
    product: { attribute: false },
    draft: { state: true },
    refused: { state: true },
    left: { state: true },
    busy: { state: true },
  };

  declare desk: Desk;
  declare product: Product;
  declare keep: (part: string, isUnsaved: boolean) => void;
  declare take: (product: Product) => void;
  /** Undefined until one is written. */
  declare draft: DraftPrice | undefined;
  declare refused: Mistakes;
  declare left: ReadonlySet<string>;
  /** What is being done: `add`, or the id of the price that is archived. */
  declare busy: string | undefined;

  readonly #key = new SameKey();

  constructor() {
    super();
    this.refused = {};
    this.left = new Set();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  #put(price: ProductPrice): void {
    const others = this.product.prices.filter(({ id }) => id !== price.id);
    const isNew = others.length === this.product.prices.length;
    const prices = isNew
      ? [...others, price]
      : this.product.prices.map((one) => (one.id === price.id ? price : one));
    this.take({ ...this.product, prices });
  }

  async #archive(price: ProductPrice, isLast: boolean): Promise<void> {
    const { words, say, sayTrouble } = this.desk;
    const { products: says } = words;
    const text = [says.askArchivePriceText, ...(isLast ? [says.askLastPriceText] : [])];
    const title = says.askArchivePrice(priceText(this.desk, price));
    if (this.busy || !(await ask(this.desk, { title, text, yes: says.archivePrice }))) return;
    this.busy = price.id;
    try {
      await this.#mark(price, 'archive');
      say(says.priceArchived, () => this.#mark(price, 'restore'));
    } catch (error) {
      sayTrouble(error);
    } finally {
      this.busy = undefined;
    }
  }

  async #restore(price: ProductPrice): Promise<void> {
    const { words, say, sayTrouble } = this.desk;
    if (this.busy) return;
    this.busy = price.id;
    try {
      await this.#mark(price, 'restore');
      say(words.products.priceRestored);
    } catch (error) {
      sayTrouble(error);
    } finally {
      this.busy = undefined;
    }
  }

  async #mark({ id }: ProductPrice, action: 'archive' | 'restore'): Promise<void> {
    this.#put(await this.desk.api.post(productPriceSchema(), `/v1/prices/${id}/${action}`));
    await this.updateComplete;
    // The button that was pressed is gone.
    this.querySelector<HTMLElement>('h2')?.focus();
  }

  async #begin(): Promise<void> {
    this.draft = emptyPrice(
      this.product.prices.at(-1)?.currency ?? usualCurrency(this.desk.locale),
    );
    await this.updateComplete;
    this.querySelector<HTMLElement>('input[name="price.unitAmount"]')?.focus();
  }

  async #close(): Promise<void> {
    this.draft = undefined;
    this.refused = {};
    this.left = new Set();
    this.keep('price', false);
    await this.updateComplete;
    this.querySelector<HTMLElement>('.begin')?.focus();
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { words, api, say, sayTrouble, locale } = this.desk;
    if (!this.draft || this.busy) return;
    this.left = new Set(['*']);
    const { body, mistakes } = addedPriceBody(this.draft, this.product.id, this.desk);
    if (Object.keys(mistakes).length) return this.#toFirstMistake();
    this.busy = 'add';
    try {
      const headers = this.#key.headers(body);
      this.#put(await api.post(productPriceSchema(), '/v1/prices', body, { headers }));
      rememberCurrency(body.currency);
      say(words.products.priceAdded);
      await this.#close();
    } catch (error) {
      const problem = await problemOf(error);
      if (!problem.errors?.length) return sayTrouble(problem);
      this.refused = Object.fromEntries(
        problem.errors.map((one) => [
          `price.${one.path}`,
          productSentence({ words, locale }, one, body.currency),
        ]),
      );
      await this.#toFirstMistake();
    } finally {
      this.busy = undefined;
    }
  }

  async #toFirstMistake(): Promise<void> {
    await this.updateComplete;
    toFirstMistake(this);
  }

  protected override render(): TemplateResult {
    const { products: says } = this.desk.words;
    const there = this.product.prices.filter(({ isArchived }) => !isArchived);
    const archived = this.product.prices.filter(({ isArchived }) => isArchived);
    return html`<h2 id="prices-title" tabindex="-1">${says.pricesTitle}</h2>
      <p class="hint">${says.pricesHint}</p>
      ${there.length ? this.#table(there, 'prices-title') : html`<p class="warning">${says.noPrices}</p>`}
      ${this.#adding()}
      ${
        archived.length
          ? html`<details class="more-of"><summary id="archived-prices">${says.archivedPrices(archived.length)}</summary>
            ${this.#table(archived, 'archived-prices')}</details>`
          : nothing
      }`;
  }

  #table(prices: readonly ProductPrice[], title: string): TemplateResult {
    const { products: says } = this.desk.words;
    const hasTrial = prices.some(({ trialPeriodDays }) => trialPeriodDays);
    const hasName = prices.some(({ providerPriceId }) => providerPriceId);
    const isThere = prices.some(({ isArchived }) => !isArchived);
    return html`<div class="framed"><table class="list" aria-labelledby=${title}>
      <thead><tr>
        <th scope="col">${says.priceColumn}</th>
        <th scope="col">${says.howOftenColumn}</th>
        ${hasTrial ? html`<th scope="col">${says.trialColumn}</th>` : nothing}
        ${hasName ? html`<th scope="col">${says.providerColumn}</th>` : nothing}
        <th scope="col"><span class="visually-hidden">${isThere ? says.archivePrice : says.restorePrice}</span></th>
      </tr></thead>
      <tbody>${prices.map((price) => this.#row(price, { hasTrial, hasName, isLast: prices.length === 1 }))}</tbody>
    </table></div>`;
  }

  #row(
    price: ProductPrice,
    { hasTrial, hasName, isLast }: Record<'hasTrial' | 'hasName' | 'isLast', boolean>,
  ): TemplateResult {
    const { words } = this.desk;
    const { products: says } = words;
    const rhythm = price.interval
      ? words.interval(price.interval, price.intervalCount ?? 1)
      : says.once;
    return html`<tr>
      <th scope="row">${money(this.desk, price.unitAmount, price.currency)}</th>
      <td data-label=${says.howOftenColumn}>${rhythm}</td>
      ${hasTrial ? html`<td data-label=${says.trialColumn}>${price.trialPeriodDays ? says.freeDays(price.trialPeriodDays) : '–'}</td>` : nothing}
      ${hasName ? html`<td data-label=${says.providerColumn}>${price.providerPriceId ?? '–'}</td>` : nothing}
      <td class="actions">${this.#action(price, isLast)}</td>
    </tr>`;
  }

  #action(price: ProductPrice, isLast: boolean): TemplateResult {
    const { products: says } = this.desk.words;
    const amount = priceText(this.desk, price);
    const isBusy = this.busy === price.id;
    return price.isArchived
      ? html`<button class="quiet" type="button" aria-label=${says.restorePriceOf(amount)} ?disabled=${isBusy}
          @click=${() => this.#restore(price)}>${says.restorePrice}</button>`
      : html`<button class="quiet" type="button" aria-label=${says.archivePriceOf(amount)} ?disabled=${isBusy}
          @click=${() => this.#archive(price, isLast)}>${says.archivePrice}</button>`;
  }

  #adding(): TemplateResult {
    const { words } = this.desk;
    const { products: says } = words;
    const { draft } = this;
    if (!draft)
      return html`<p><button class="secondary begin" type="button" @click=${this.#begin}>${says.addPriceTitle}</button></p>`;
    const { mistakes } = addedPriceBody(draft, this.product.id, this.desk);
    const told = Object.entries(mistakes).filter(
      ([path]) => this.left.has('*') || this.left.has(path),
    );
    return html`<form class="item" novalidate aria-label=${says.addPriceTitle} aria-busy=${this.busy === 'add' ? 'true' : nothing} @submit=${this.#submit}>
      ${priceFields({
        ...{ desk: this.desk, price: draft, path: 'price' },
        mistakes: { ...Object.fromEntries(told), ...this.refused },
        change: (changes) => {
          this.draft = { ...draft, ...changes };
          this.refused = {};
          this.keep('price', true);
        },
        leave: (path) => {
          this.left = new Set([...this.left, path]);
        },
      })}
      <div class="form-end">
        <button class="primary" type="submit" ?disabled=${this.busy === 'add'}>${says.addThisPrice}</button>
        <button class="secondary" type="button" @click=${this.#close}>${words.common.cancel}</button>
      </div>
    </form>`;
  }
}
