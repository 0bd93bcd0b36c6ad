/** Products, their prices and their stock as the merchant reads them. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Product, ProductPrice, Sku } from '../../contract/index.js';
import type { Desk } from '../desk.js';
import { stockOf } from '../product-form/stock.js';
import { money } from './shown.js';

/** `€10.00 · every 2 months · 14 free days first` */
export function priceText(
  desk: Desk,
  price: Pick<
    ProductPrice,
    'unitAmount' | 'currency' | 'interval' | 'intervalCount' | 'trialPeriodDays'
  >,
): string {
  const { words } = desk;
  return [
    money(desk, price.unitAmount, price.currency),
    price.interval && words.interval(price.interval, price.intervalCount ?? 1),
    price.trialPeriodDays && words.products.freeDays(price.trialPeriodDays),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Of a SKU among those of its product. */
export const skuName = (desk: Desk, { attributes }: Pick<Sku, 'attributes'>): string =>
  Object.values(attributes).join(' · ') || desk.words.products.itself;

export function stockText({ words }: Desk, skus: readonly Sku[]): string {
  const { products: says } = words;
  const { counted, isPartly } = stockOf(skus);
  if (counted === null) return says.notCounted;
  return isPartly ? says.andUncounted(counted) : says.pieces(counted);
}

export function productState({ words }: Desk, product: Product): TemplateResult {
  const says = words.products.states;
  if (product.isArchived) return html`<span class="state">${says.archived}</span>`;
  if (product.prices.every(({ isArchived }) => isArchived))
    return html`<span class="state state-exhausted">${says.noPrice}</span>`;
  const { counted, isPartly } = stockOf(product.skus);
  if (counted === 0 && !isPartly)
    return html`<span class="state state-exhausted">${says.soldOut}</span>`;
  return html`<span class="state state-active">${says.active}</span>`;
}

/** A picture that does not load makes room for the first letter. */
const giveWay = ({ target }: Event) => (target as HTMLElement).setAttribute('hidden', '');

export const thumb = (url: string | null, name: string): TemplateResult =>
  html`<span class="thumb" aria-hidden="true"><span>${[...name.trim()][0]?.toUpperCase() ?? '?'}</span>${
    url
      ? html`<img src=${url} alt="" width="44" height="44" loading="lazy" @error=${giveWay} />`
      : nothing
  }</span>`;

/** A colour as a drawing: the page allows no styles of elements. One that is not chosen is an empty circle. */
export const swatch = (color: string | undefined): TemplateResult =>
  html`<svg class="swatch ${color ? '' : 'none'}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${svg`<circle cx="8" cy="8" r="7.5" fill=${color ?? 'none'} />`}</svg>`;
