/** What there is of a product in all. */
import type { Product, Sku } from '../../contract/index.js';

export interface Stock {
  /** Null: none of it is counted. */
  readonly counted: number | null;
  /** Some of it is not counted. */
  readonly isPartly: boolean;
}

export function stockOf(skus: readonly Pick<Sku, 'stockQuantity'>[]): Stock {
  const counts = skus.flatMap(({ stockQuantity }) => stockQuantity ?? []);
  return {
    counted: counts.length ? counts.reduce((sum, one) => sum + one, 0) : null,
    isPartly: counts.length > 0 && counts.length < skus.length,
  };
}

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Whether every word is found in its name or in a code of its SKUs, whatever the case and the accents. */
export function isFound({ name, skus }: Pick<Product, 'name' | 'skus'>, search: string): boolean {
  const text = folded([name, ...skus.map(({ skuCode }) => skuCode ?? '')].join(' '));
  return folded(search)
    .split(/\s+/)
    .every((word) => text.includes(word));
}
