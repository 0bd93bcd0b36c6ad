/** The SKUs a product has by its choices: every combination of their values. */

/** From here on it is asked whether so many are meant. */
export const manyCombinations = 100;
export const mostCombinations = 500;

export interface Axis {
  /** Of this draft alone: a combination stays the same when its choice gets another name. */
  readonly key: number;
  readonly values: readonly string[];
}

/** One value of each axis, in the order of the axes. */
export interface Combination {
  readonly key: string;
  readonly values: readonly string[];
}

/** What was typed one after the other; the same thing twice is one. */
export const valuesOf = (typed: string): string[] => [
  ...new Set(
    typed
      .split(/[,;\n，、،]/)
      .map((value) => value.trim().replace(/\s+/g, ' '))
      .filter(Boolean),
  ),
];

/** An axis of no values is not there yet. */
const filled = (axes: readonly Axis[]) => axes.filter(({ values }) => values.length);

/** How many there would be, without making them. One, where there is nothing to choose. */
export const combinationCount = (axes: readonly Axis[]): number =>
  filled(axes).reduce((count, { values }) => count * values.length, 1);

export const keyOf = (axes: readonly Axis[], values: readonly string[]): string =>
  JSON.stringify(filled(axes).map(({ key }, at) => [key, values[at]]));

/** None where there would be too many to be made. */
export function combinationsOf(axes: readonly Axis[]): Combination[] {
  if (combinationCount(axes) > mostCombinations) return [];
  const all = filled(axes).reduce<string[][]>(
    (made, { values }) => made.flatMap((before) => values.map((value) => [...before, value])),
    [[]],
  );
  return all.map((values) => ({ key: keyOf(axes, values), values }));
}

/**
 * What was written about a combination. Where a choice has been added since, what was written before belongs to its
 * first value: to all of them would multiply a stock.
 */
export function writtenOf<Written>(
  axes: readonly Axis[],
  { key, values }: Combination,
  written: Readonly<Record<string, Written>>,
): Written | undefined {
  const own = written[key];
  if (own) return own;
  const there = filled(axes);
  for (let kept = there.length - 1; kept >= 0; kept--) {
    if (values[kept] !== there[kept]?.values[0]) return undefined;
    const before = written[keyOf(there.slice(0, kept), values)];
    if (before) return before;
  }
  return undefined;
}
