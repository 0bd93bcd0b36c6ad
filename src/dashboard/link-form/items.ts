/** What a link sells: products of the catalogue, or items written on the spot. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { intervals, type Product } from '../../contract/index.js';
import { select, textField, tick } from '../parts/field.js';
import { money } from '../parts/shown.js';
import { stayNear } from '../parts/stay-near.js';
import { addressOf } from '../place.js';
import { spoken } from '../trouble.js';
import { type DraftItem, emptyItem } from './draft.js';
import type { Writing } from './sections.js';

/** With a price that this link can ask for. */
export const fitting = (products: readonly Product[], { draft }: Writing): Product[] =>
  products.filter((product) => pricesOf(product, draft).length > 0);

type Asked = Pick<Writing['draft'], 'type' | 'currency'>;

const pricesOf = ({ prices, isArchived }: Product, { type, currency }: Asked) =>
  prices.filter(
    (price) =>
      !isArchived &&
      !price.isArchived &&
      price.currency === currency &&
      (type === 'subscription' || price.type === 'one_time'),
  );

export interface Catalogue {
  /** Undefined until they are known; null where they could not be read. */
  readonly products: readonly Product[] | null | undefined;
  retry(): void;
}

export function items(writing: Writing, catalogue: Catalogue): TemplateResult {
  const { desk, draft, mistakes, change } = writing;
  const says = desk.words.linkForm;
  const products = catalogue.products ?? [];
  const found = fitting(products, writing);
  const add = (item: DraftItem) => change({ items: [...draft.items, item] });
  return html`<fieldset class="items" aria-describedby=${mistakes.items ? 'items-error' : nothing}>
    <legend>${says.items}</legend>
    ${mistakes.items ? html`<p class="error" id="items-error" data-tells="items">${spoken(mistakes.items)}</p>` : nothing}
    ${repeat(
      draft.items,
      ({ key }) => key,
      (item, index) => itemOf(writing, { item, index, products, found }),
    )}
    <div class="adders">
      ${
        found.length
          ? html`<div class="field"><label for="add-product">${says.fromCatalogue}</label>
            <select id="add-product" @change=${(event: Event) => {
              const chooser = event.target as HTMLSelectElement;
              add(emptyItem(chooser.value));
              chooser.value = '';
            }}>
              <option value="">${says.chooseProduct}</option>
              ${found.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}
            </select></div>`
          : noneOf(writing, catalogue)
      }
      <button class="secondary" type="button" @click=${() => add(emptyItem())}>${says.writeItem}</button>
    </div>
  </fieldset>`;
}

/** Why there is no product to choose. */
function noneOf(
  { desk: { words }, draft }: Writing,
  { products, retry }: Catalogue,
): TemplateResult {
  const { linkForm: says, common } = words;
  if (products === undefined) return html`<p class="hint" role="status">${common.loading}</p>`;
  if (products === null)
    return html`<p class="hint" role="alert">${says.productsUnread}
      <button class="quiet" type="button" @click=${() => retry()}>${common.retry}</button></p>`;
  return html`<p class="hint">${draft.type === 'subscription' ? says.noPlans : says.noProducts}
    <a href=${addressOf('products', 'new')}>${says.makeProduct}</a></p>`;
}

interface Row {
  readonly item: DraftItem;
  readonly index: number;
  readonly products: readonly Product[];
  readonly found: readonly Product[];
}

function itemOf(writing: Writing, row: Row): TemplateResult {
  const { desk, draft, change } = writing;
  const says = desk.words.linkForm;
  const { item, index, products } = row;
  const product = products.find(({ id }) => id === item.productId);
  const name = product?.name ?? item.name;
  const set = (changes: Partial<DraftItem>) =>
    change({
      items: draft.items.map((one) => (one.key === item.key ? { ...one, ...changes } : one)),
    });
  const up = () => {
    const moved = [...draft.items];
    const [one] = moved.splice(index, 1);
    moved.splice(index - 1, 0, one as DraftItem);
    change({ items: moved });
  };
  const remove = () => change({ items: draft.items.filter(({ key }) => key !== item.key) });
  return html`<section class="item" aria-label=${name || says.itemName}>
    ${item.productId ? named(writing, row, product, set) : written(writing, row, set)}
    <details class="more-of">
      <summary>${says.quantity}</summary>
      <div class="fields">${quantities(writing, row, set)}</div>
    </details>
    <p class="item-actions">
      ${index > 0 ? html`<button class="quiet" type="button" aria-label=${says.moveUp(name)} @click=${(event: Event) => stayNear(event, up)}>↑</button>` : nothing}
      <button class="quiet" type="button" aria-label=${says.removeItem(name)}
        @click=${(event: Event) => stayNear(event, remove)}>${desk.words.common.remove}</button>
    </p>
  </section>`;
}

type Set = (changes: Partial<DraftItem>) => void;

function named(
  { desk, draft, mistakes }: Writing,
  { item, index }: Row,
  product: Product | undefined,
  set: Set,
) {
  const says = desk.words.linkForm;
  const prices = product ? pricesOf(product, draft) : [];
  const label = (price: (typeof prices)[number]) =>
    [
      money(desk, price.unitAmount, price.currency),
      price.interval && desk.words.interval(price.interval, price.intervalCount ?? 1),
    ]
      .filter(Boolean)
      .join(' · ');
  // No field is about the product itself; nor about its price, where there is one at most to choose.
  const untold = ['productId', ...(prices.length > 1 ? [] : ['priceId'])]
    .map((name) => `items.${index}.${name}`)
    .find((path) => mistakes[path]);
  const error = untold && mistakes[untold];
  return html`<p class="item-name">${product?.name ?? item.name}</p>
    ${error ? html`<p class="error" tabindex="-1" data-tells=${untold}>${spoken(error)}</p>` : nothing}
    ${
      prices.length > 1
        ? select({
            ...{ name: `items.${index}.priceId`, label: says.itemPriceChoice, value: item.priceId },
            error: mistakes[`items.${index}.priceId`],
            choices: [
              { value: '', label: says.allPrices },
              ...prices.map((price) => ({ value: price.id, label: label(price) })),
            ],
            onInput: (priceId) => set({ priceId }),
          })
        : html`<p class="hint">${prices[0] ? label(prices[0]) : nothing}</p>`
    }`;
}

function written(writing: Writing, { item, index }: Row, set: Set): TemplateResult {
  const { desk, draft, mistakes, leave } = writing;
  const says = desk.words.linkForm;
  const field = (
    name: 'name' | 'unitAmount' | 'stockQuantity' | 'intervalCount' | 'trialPeriodDays',
    label: string,
  ) => ({
    ...{ name: `items.${index}.${name}`, label, value: item[name] },
    error: mistakes[`items.${index}.${name}`],
    onInput: (value: string) => set({ [name]: value }),
    onLeave: () => leave(`items.${index}.${name}`),
  });
  const isAlone = draft.items.length === 1;
  return html`${textField({
    ...field('name', says.itemName),
    ...{ maxLength: 200, hint: isAlone ? says.itemNameHint : undefined },
  })}
    <div class="row">
      ${textField({ ...field('unitAmount', says.itemPrice), inputMode: 'decimal', isShort: true, suffix: draft.currency })}
      ${
        draft.type === 'subscription'
          ? select({
              ...{
                name: `items.${index}.interval`,
                label: says.itemInterval,
                value: item.interval,
              },
              choices: [
                ...intervals.map((value) => ({ value, label: says.itemIntervals[value] })),
                { value: '', label: says.itemOnce },
              ],
              onInput: (interval) => set({ interval: interval as DraftItem['interval'] }),
            })
          : textField({
              ...field('stockQuantity', says.itemStock),
              inputMode: 'numeric',
              isShort: true,
              hint: says.itemStockHint,
            })
      }
    </div>
    ${
      draft.type === 'subscription' && item.interval
        ? html`<div class="row">
            ${textField({ ...field('intervalCount', says.itemIntervalCount[item.interval]), inputMode: 'numeric', isShort: true })}
            ${textField({ ...field('trialPeriodDays', says.itemTrial), inputMode: 'numeric', isShort: true, hint: says.itemTrialHint })}
          </div>`
        : nothing
    }`;
}

function quantities(
  { desk, mistakes, leave }: Writing,
  { item, index }: Row,
  set: Set,
): TemplateResult {
  const says = desk.words.linkForm;
  const number = (name: 'quantity' | 'minQuantity' | 'maxQuantity', label: string) =>
    textField({
      ...{
        name: `items.${index}.${name}`,
        label,
        value: item[name],
        inputMode: 'numeric',
        isShort: true,
      },
      error: mistakes[`items.${index}.${name}`],
      onInput: (value) => set({ [name]: value }),
      onLeave: () => leave(`items.${index}.${name}`),
    });
  return html`${number('quantity', says.quantity)}
    ${tick({
      ...{
        name: `items.${index}.adjustableQuantity`,
        label: says.adjustable,
        isTicked: item.adjustableQuantity,
      },
      onChange: (adjustableQuantity) => set({ adjustableQuantity }),
    })}
    ${
      item.adjustableQuantity
        ? html`<div class="row">${number('minQuantity', says.minQuantity)} ${number('maxQuantity', says.maxQuantity)}</div>`
        : nothing
    }
    ${tick({
      ...{ name: `items.${index}.isOptional`, label: says.optionalItem, isTicked: item.isOptional },
      onChange: (isOptional) => set({ isOptional }),
    })}`;
}
