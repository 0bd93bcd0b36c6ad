/** A product as it is being written: what stands in the fields, all of it text, until it can be said to the server. */
import type { Interval, Product } from '../../contract/index.js';
import { colorOf } from './colors.js';
import {
  type Axis,
  type Combination,
  combinationsOf,
  valuesOf,
  writtenOf,
} from './combinations.js';

export interface DraftAxis extends Axis {
  readonly name: string;
  /** In the field, not yet a value. */
  readonly typed: string;
  readonly isColor: boolean;
  /** `#rrggbb` by value; kept of values that were taken away, in case they come back. */
  readonly swatches: Readonly<Record<string, string>>;
}

export interface DraftSku {
  readonly isLeftOut: boolean;
  readonly skuCode: string;
  /** Empty: as the product. In the currency of the first price. */
  readonly unitAmount: string;
  /** Empty: not counted. */
  readonly stockQuantity: string;
  readonly imageUrl: string;
}

export interface DraftPrice {
  readonly key: number;
  readonly unitAmount: string;
  readonly currency: string;
  readonly rhythm: Interval | 'once';
  readonly intervalCount: string;
  readonly trialPeriodDays: string;
  readonly providerPriceId: string;
}

export interface ProductDraft {
  readonly name: string;
  readonly description: string;
  readonly imageUrl: string;
  readonly type: Product['type'];
  readonly axes: readonly DraftAxis[];
  /** By the key of their combination. */
  readonly skus: Readonly<Record<string, DraftSku>>;
  readonly prices: readonly DraftPrice[];
}

let count = 0;

export const emptyPrice = (currency: string): DraftPrice => ({
  ...{ key: ++count, unitAmount: '', currency, rhythm: 'once', intervalCount: '1' },
  ...{ trialPeriodDays: '', providerPriceId: '' },
});

export const emptyAxis = (): DraftAxis => ({
  ...{ key: ++count, name: '', values: [], typed: '', isColor: false, swatches: {} },
});

export const emptySku: DraftSku = {
  ...{ isLeftOut: false, skuCode: '', unitAmount: '', stockQuantity: '', imageUrl: '' },
};

export const emptyProduct = (currency: string): ProductDraft => ({
  ...{ name: '', description: '', imageUrl: '', type: 'physical' },
  ...{ axes: [], skus: {}, prices: [emptyPrice(currency)] },
});

export interface DraftRow extends DraftSku {
  readonly combination: Combination;
}

/** The table of SKUs: each combination with what was written about it. */
export const rowsOf = ({ axes, skus }: Pick<ProductDraft, 'axes' | 'skus'>): DraftRow[] =>
  combinationsOf(axes).map((combination) => ({
    ...(writtenOf(axes, combination, skus) ?? emptySku),
    combination,
  }));

/** What was typed becomes values; those that are there already stay one. */
export function withTyped(axis: DraftAxis): DraftAxis {
  const values = [...new Set([...axis.values, ...valuesOf(axis.typed)])];
  return { ...axis, values, typed: '', ...(axis.isColor && { swatches: guessed(axis, values) }) };
}

/** Colours that a name tells, where nothing else was chosen. */
export const guessed = (
  { swatches }: Pick<DraftAxis, 'swatches'>,
  values: readonly string[],
): Record<string, string> => ({
  ...Object.fromEntries(
    values.flatMap((value) => {
      const color = colorOf(value);
      return color ? [[value, color]] : [];
    }),
  ),
  ...swatches,
});

/** A value may be called as anything is: only what was written counts. */
export const swatchOf = (
  { swatches }: Pick<DraftAxis, 'swatches'>,
  value: string,
): string | undefined => (Object.hasOwn(swatches, value) ? swatches[value] : undefined);
