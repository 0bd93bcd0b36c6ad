/** The SKUs of a new product: one row for each combination, or two fields where there is nothing to choose. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { afterPress } from '../parts/after-press.js';
import { cell } from '../parts/cell.js';
import { textField } from '../parts/field.js';
import { swatch } from '../parts/product-shown.js';
import { spoken } from '../trouble.js';
import { combinationCount, manyCombinations, mostCombinations } from './combinations.js';
import { type DraftRow, type DraftSku, rowsOf, swatchOf } from './draft.js';
import type { Writing } from './sections.js';

/** What is to be the same for all of them, until it is filled in. */
export type ForAll = Pick<DraftSku, 'unitAmount' | 'stockQuantity'>;

interface Filling {
  readonly forAll: ForAll;
  setForAll(forAll: ForAll): void;
}

type TextName = 'skuCode' | 'unitAmount' | 'stockQuantity' | 'imageUrl';

export function skuTable(writing: Writing, filling: Filling): TemplateResult {
  const { desk, draft, mistakes } = writing;
  const { products: says } = desk.words;
  const hasChoices = draft.axes.some(({ values }) => values.length);
  if (!hasChoices) return single(writing);
  const count = combinationCount(draft.axes);
  const rows = rowsOf(draft);
  // Told at once: there is no table to look for it in.
  const isTooMany = count > mostCombinations;
  const error = isTooMany ? says.tooManyCombinations(count, mostCombinations) : mistakes.skus;
  return html`<fieldset class="items">
    <legend>${says.skusTitle}</legend>
    <div role="status">
      <p class="visually-hidden">${says.combinationsOf(count)}</p>
      ${count > manyCombinations && !isTooMany ? html`<p class="warning">${says.manyCombinations(count)}</p>` : nothing}
      ${error ? html`<p class="error" tabindex="-1" data-tells="skus">${spoken(error)}</p>` : nothing}
    </div>
    ${isTooMany ? nothing : [html`<p class="hint">${says.skusHint}</p>`, all(writing, filling, rows), table(writing, rows)]}
  </fieldset>`;
}

const write = (
  { draft, change }: Writing,
  rows: readonly DraftRow[],
  changes: Partial<DraftSku>,
): void =>
  change({
    skus: {
      ...draft.skus,
      ...Object.fromEntries(
        rows.map(({ combination, ...sku }) => [combination.key, { ...sku, ...changes }]),
      ),
    },
  });

function table(writing: Writing, rows: readonly DraftRow[]): TemplateResult {
  const { desk, draft } = writing;
  const { products: says } = desk.words;
  const currency = draft.prices[0]?.currency ?? '';
  return html`<div class="framed"><table class="list skus">
    <thead><tr>
      <th scope="col">${says.skuOf}</th>
      <th scope="col">${says.skuCode}</th>
      <th scope="col">${says.ownPrice(currency)}</th>
      <th scope="col">${says.onHand}</th>
      <th scope="col">${says.ownImage}</th>
    </tr></thead>
    <tbody>${repeat(
      rows,
      ({ combination }) => combination.key,
      (row, index) => rowOf(writing, row, index),
    )}</tbody>
  </table></div>`;
}

function rowOf(writing: Writing, row: DraftRow, index: number): TemplateResult {
  const { desk, draft, mistakes, leave } = writing;
  const { products: says } = desk.words;
  const { values } = row.combination;
  const title = values.join(' · ');
  const there = draft.axes.filter((axis) => axis.values.length);
  const colors = values.map((value, at) => {
    const axis = there[at];
    return axis?.isColor ? swatch(swatchOf(axis, value)) : nothing;
  });
  const field = (name: TextName, column: string) => ({
    ...{ name: `skus.${index}.${name}`, column, label: says.cell(column, title) },
    ...{ value: row[name], isOff: row.isLeftOut },
    error: row.isLeftOut ? undefined : mistakes[`skus.${index}.${name}`],
    onInput: (value: string) => write(writing, [row], { [name]: value }),
    onLeave: () => afterPress(() => leave(`skus.${index}.${name}`)),
  });
  return html`<tr class=${row.isLeftOut ? 'left-out' : ''}>
    <th scope="row"><label class="tick"><input type="checkbox" aria-label=${says.sell(title)} .checked=${!row.isLeftOut}
      @change=${(event: Event) => write(writing, [row], { isLeftOut: !(event.target as HTMLInputElement).checked })} />
      <span>${colors} ${title}</span></label></th>
    ${cell({ ...field('skuCode', says.skuCode), maxLength: 100 })}
    ${cell({ ...field('unitAmount', says.ownPrice(draft.prices[0]?.currency ?? '')), inputMode: 'decimal' })}
    ${cell({ ...field('stockQuantity', says.onHand), inputMode: 'numeric' })}
    ${cell({ ...field('imageUrl', says.ownImage), inputMode: 'url', maxLength: 2000 })}
  </tr>`;
}

/** One thing typed once for all rows. */
function all(
  writing: Writing,
  { forAll, setForAll }: Filling,
  rows: readonly DraftRow[],
): TemplateResult | typeof nothing {
  const { desk, draft } = writing;
  const { products: says } = desk.words;
  if (rows.length < 2) return nothing;
  const sold = rows.filter(({ isLeftOut }) => !isLeftOut);
  const fill = () => {
    const given = Object.entries(forAll).filter(([, typed]) => typed.trim());
    if (!given.length) return;
    write(writing, sold, Object.fromEntries(given));
    setForAll({ unitAmount: '', stockQuantity: '' });
    desk.say(says.filledIn(sold.length));
  };
  const field = (name: keyof ForAll, label: string) => ({
    ...{ name: `forAll.${name}`, label, value: forAll[name], isShort: true },
    onInput: (value: string) => setForAll({ ...forAll, [name]: value }),
  });
  return html`<fieldset class="item for-all" aria-labelledby="for-all">
    <p id="for-all" class="item-name">${says.forAll}</p>
    <div class="adders">
      ${textField({ ...field('unitAmount', says.ownPrice(draft.prices[0]?.currency ?? '')), inputMode: 'decimal' })}
      ${textField({ ...field('stockQuantity', says.onHand), inputMode: 'numeric' })}
      <button class="secondary" type="button" @click=${fill}>${says.fillIn}</button>
    </div>
  </fieldset>`;
}

function single(writing: Writing): TemplateResult {
  const { desk, draft, mistakes, leave } = writing;
  const { products: says, common } = desk.words;
  const [row] = rowsOf({ axes: [], skus: draft.skus });
  if (!row) return html``;
  const field = (name: 'skuCode' | 'stockQuantity', label: string, hint: string) => ({
    ...{ name: `skus.0.${name}`, label, hint, value: row[name], isShort: true, isOptional: true },
    ...{ optional: common.optional, error: mistakes[`skus.0.${name}`] },
    onInput: (value: string) => write(writing, [row], { [name]: value }),
    onLeave: () => leave(`skus.0.${name}`),
  });
  return html`<fieldset class="items">
    <legend>${says.stockTitle}</legend>
    <div class="row">
      ${textField({ ...field('stockQuantity', says.onHand, says.onHandHint), inputMode: 'numeric' })}
      ${textField({ ...field('skuCode', says.skuCode, says.skuCodeHint), maxLength: 100 })}
    </div>
  </fieldset>`;
}
