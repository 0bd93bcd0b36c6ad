/** The parts of the form of a new product. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Product } from '../../contract/index.js';
import type { Desk } from '../desk.js';
import { type Field, radios, textArea, textField } from '../parts/field.js';
import { thumb } from '../parts/product-shown.js';
import { stayNear } from '../parts/stay-near.js';
import type { Mistakes } from '../parts/typed.js';
import type { Writing as FormWriting } from '../parts/writing.js';
import { type DraftPrice, emptyPrice, type ProductDraft } from './draft.js';
import { priceFields } from './price-fields.js';

type Changes = Partial<ProductDraft> | ((draft: ProductDraft) => Partial<ProductDraft>);

export type Writing = FormWriting<ProductDraft, Changes>;

interface Describing {
  readonly desk: Desk;
  readonly draft: Pick<ProductDraft, 'name' | 'description' | 'imageUrl'>;
  readonly mistakes: Mistakes;
  readonly isFirst?: boolean;
  change(changes: Partial<Describing['draft']>): void;
  leave(path: string): void;
}

/** What of a product can be changed later as well. */
export function describing(writing: Describing): TemplateResult {
  const { desk, draft, mistakes, change, leave, isFirst = false } = writing;
  const { products: says, common } = desk.words;
  const field = (name: keyof typeof draft, label: string, hint?: string): Field => ({
    ...{ name, label, hint, value: draft[name], error: mistakes[name] },
    optional: common.optional,
    onInput: (value) => change({ [name]: value }),
    onLeave: () => leave(name),
  });
  return html`
    ${textField({ ...field('name', says.name, says.nameHint), maxLength: 200, isFirst })}
    ${textArea({ ...field('description', says.description), isOptional: true, maxLength: 2000 })}
    <div class="with-thumb">
      ${textField({ ...field('imageUrl', says.imageUrl, says.imageHint), type: 'url', isOptional: true })}
      ${thumb(/^https?:\/\/./.test(draft.imageUrl) ? draft.imageUrl.trim() : null, draft.name || '?')}
    </div>`;
}

export function kind({ desk, draft, change }: Writing): TemplateResult {
  const { products: says } = desk.words;
  const types = ['physical', 'digital', 'service'] as const;
  return radios({
    ...{ name: 'type', label: says.type, value: draft.type, hint: says.typeStays },
    choices: types.map((value) => ({ value, label: says.types[value] })),
    onInput: (type) => change({ type: type as Product['type'] }),
  });
}

export function prices(writing: Writing, onAdd: () => void): TemplateResult {
  const { desk, draft, mistakes, change, leave } = writing;
  const { products: says, common } = desk.words;
  const set = (key: number, changes: Partial<DraftPrice>) =>
    change({
      prices: draft.prices.map((price) => (price.key === key ? { ...price, ...changes } : price)),
    });
  const add = () => {
    change({ prices: [...draft.prices, emptyPrice(draft.prices.at(-1)?.currency ?? 'EUR')] });
    onAdd();
  };
  const remove = (key: number) =>
    change({ prices: draft.prices.filter((price) => price.key !== key) });
  const head = (index: number, key: number) => html`<div class="item-head">
    <p class="item-name">${says.price(index + 1)}</p>
    <button class="quiet" type="button" aria-label=${says.removePrice(index + 1)}
      @click=${(event: Event) => stayNear(event, () => remove(key))}>${common.remove}</button>
  </div>`;
  return html`<fieldset class="items">
    <legend>${says.pricesTitle}</legend>
    <p class="hint">${says.pricesHint}</p>
    ${repeat(
      draft.prices,
      ({ key }) => key,
      (price, index) => html`<section class="item" aria-label=${says.price(index + 1)}>
        ${draft.prices.length > 1 ? head(index, price.key) : nothing}
        ${priceFields({
          ...{ desk, price, path: `prices.${index}`, mistakes, leave },
          change: (changes) => set(price.key, changes),
        })}
      </section>`,
    )}
    ${
      draft.prices.length < 50
        ? html`<p><button class="secondary" type="button" @click=${add}>${says.addPrice}</button></p>`
        : nothing
    }
  </fieldset>`;
}
