import { html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { type Product, productSchema, type Sku, skuSchema } from '../../contract/index.js';
import { problemOf } from '../api.js';
import type { Desk } from '../desk.js';
import { amountText } from '../link-form/draft.js';
import { productSentence, type SkuField, skuBody } from '../product-form/body.js';
import { afterPress } from './after-press.js';
import { cell } from './cell.js';
import { idOf } from './field.js';
import { skuName, swatch, thumb } from './product-shown.js';

/**
 * @summary The SKUs of a product, each field of them saved when it is left. What cannot be saved stays as it was typed.
 */
export class DeskProductSkus extends LitElement {
  static override properties: PropertyDeclarations = {
    desk: { attribute: false },
    product: { attribute: false },
    typed: { state: true },
    mistakes: { state: true },
    saving: { state: true },
  };

  declare desk: Desk;
  declare product: Product;
  declare keep: (part: string, isUnsaved: boolean) => void;
  declare take: (product: Product) => void;
  /** By SKU and field, what is not saved. */
  declare typed: Readonly<Record<string, string>>;
  declare mistakes: Readonly<Record<string, string>>;
  declare saving: ReadonlySet<string>;

  constructor() {
    super();
    this.typed = {};
    this.mistakes = {};
    this.saving = new Set();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Own amounts are in the currency of the first price there ever was. */
  get #currency(): string {
    return this.product.prices[0]?.currency ?? '';
  }

  #textOf(sku: Sku, field: SkuField): string {
    const value = sku[field];
    if (value === null) return '';
    if (field === 'unitAmount') return amountText(Number(value), this.#currency, this.desk.locale);
    return `${value}`;
  }

  #write(name: string, typed: string): void {
    this.typed = { ...this.typed, [name]: typed };
    this.keep('skus', true);
  }

  #keepOthers(name: string): void {
    const others = Object.keys(this.typed).filter((one) => one !== name && !this.saving.has(one));
    this.keep('skus', others.length > 0);
  }

  #forget(name: string): void {
    this.typed = without(this.typed, name);
    this.mistakes = without(this.mistakes, name);
    this.#keepOthers(name);
  }

  async #save(sku: Sku, field: SkuField, label: string): Promise<void> {
    const name = `${sku.id}.${field}`;
    const typed = this.typed[name];
    if (typed === undefined || this.saving.has(name)) return;
    const { words, say } = this.desk;
    const says = words.products;
    const { body, mistakes } = skuBody({ field, typed, currency: this.#currency }, this.desk);
    const mistake = mistakes[field];
    if (mistake) {
      afterPress(() => {
        this.mistakes = { ...this.mistakes, [name]: mistake };
      });
      return;
    }
    const before = sku[field];
    const after = body[field] ?? null;
    if (before === after) return this.#forget(name);
    this.saving = new Set([...this.saving, name]);
    // It is on its way: who leaves by a press need not be asked.
    this.#keepOthers(name);
    try {
      await this.#patch(sku.id, { [field]: after });
      if (this.typed[name] === typed) this.#forget(name);
      say(says.cellSaved(label, skuName(this.desk, sku)), () =>
        this.#undo(sku.id, field, { before, after }),
      );
    } catch (error) {
      await this.#refuse(name, error);
    } finally {
      this.saving = new Set([...this.saving].filter((one) => one !== name));
    }
    const later = this.typed[name];
    const now = this.product.skus.find(({ id }) => id === sku.id);
    const isLeft = document.activeElement?.id !== idOf(name);
    // It was written anew, and left, while the first writing was on its way.
    if (now && later !== undefined && later !== typed && isLeft)
      await this.#save(now, field, label);
  }

  async #patch(id: string, changes: object): Promise<void> {
    const saved = await this.desk.api.patch(skuSchema(), `/v1/skus/${id}`, changes);
    this.#put(saved);
  }

  #put(saved: Sku): void {
    const skus = this.product.skus.map((sku) => (sku.id === saved.id ? saved : sku));
    this.take({ ...this.product, skus });
  }

  /** Of a stock the difference: some may have been sold meanwhile. */
  async #undo(id: string, field: SkuField, { before, after }: Change): Promise<void> {
    let back = before;
    if (field === 'stockQuantity' && typeof before === 'number' && typeof after === 'number') {
      const now = await this.desk.api.get(productSchema(), `/v1/products/${this.product.id}`);
      const there = now.skus.find((sku) => sku.id === id)?.stockQuantity;
      if (typeof there === 'number') back = Math.max(0, there + before - after);
    }
    await this.#patch(id, { [field]: back });
  }

  async #refuse(name: string, error: unknown): Promise<void> {
    const { words, locale, sayTrouble } = this.desk;
    const problem = await problemOf(error);
    const [first] = problem.errors ?? [];
    const sentence = first
      ? productSentence({ words, locale }, first, this.#currency)
      : words.products.problems.notSaved;
    if (!first) sayTrouble(problem);
    if (!this.isConnected) return;
    this.keep('skus', true);
    this.mistakes = { ...this.mistakes, [name]: sentence };
  }

  /** There is but one, and nothing of it was said apart from the product. */
  get #isPlain(): boolean {
    const [first, ...others] = this.product.skus;
    return (
      !others.length &&
      !Object.keys(first?.attributes ?? {}).length &&
      first?.unitAmount === null &&
      first.imageUrl === null
    );
  }

  protected override render(): TemplateResult {
    const { words } = this.desk;
    const { products: says } = words;
    const isPlain = this.#isPlain;
    return html`<h2 id="skus-title">${isPlain ? says.stockTitle : says.skusEditTitle}</h2>
      <p class="hint">${says.skusEditHint} ${says.emptyStock}</p>
      <div class="framed"><table class="list skus" aria-labelledby="skus-title">
        <thead><tr>
          <th scope="col">${says.skuOf}</th>
          <th scope="col">${says.onHand}</th>
          ${isPlain ? '' : html`<th scope="col">${says.ownPrice(this.#currency)}</th>`}
          <th scope="col">${says.skuCode}</th>
          ${isPlain ? '' : html`<th scope="col">${says.ownImage}</th>`}
        </tr></thead>
        <tbody>${repeat(
          this.product.skus,
          ({ id }) => id,
          (sku) => this.#row(sku, isPlain),
        )}</tbody>
      </table></div>`;
  }

  #row(sku: Sku, isPlain: boolean): TemplateResult {
    const { products: says } = this.desk.words;
    const title = skuName(this.desk, sku);
    const field = (of: SkuField, column: string) => {
      const name = `${sku.id}.${of}`;
      return {
        ...{ name, column, label: says.cell(column, title) },
        value: this.typed[name] ?? this.#textOf(sku, of),
        error: this.mistakes[name],
        isBusy: this.saving.has(name),
        onInput: (value: string) => this.#write(name, value),
        onLeave: () => void this.#save(sku, of, column),
        onEnter: () => void this.#save(sku, of, column),
      };
    };
    const colors = this.product.options.map(({ name, swatches }) =>
      swatches ? swatch(swatches[sku.attributes[name] ?? '']) : '',
    );
    const held = sku.reservedQuantity ? says.held(sku.reservedQuantity) : undefined;
    return html`<tr id=${sku.id}>
      <th scope="row">${isPlain ? '' : thumb(sku.imageUrl ?? this.product.imageUrl, title)} ${colors} ${title}</th>
      ${cell({ ...field('stockQuantity', says.onHand), inputMode: 'numeric', hint: held })}
      ${isPlain ? '' : cell({ ...field('unitAmount', says.ownPrice(this.#currency)), inputMode: 'decimal' })}
      ${cell({ ...field('skuCode', says.skuCode), maxLength: 100 })}
      ${isPlain ? '' : cell({ ...field('imageUrl', says.ownImage), inputMode: 'url', maxLength: 2000 })}
    </tr>`;
  }
}

interface Change {
  readonly before: string | number | null;
  readonly after: string | number | null;
}

const without = (
  all: Readonly<Record<string, string>>,
  name: string,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(all).filter(([one]) => one !== name));
