/** Figures that a noisy machine cannot bend much: medians of measurements taken by turns. */

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

/** One measurement of each in turn, so that what slows the machine slows them all. */
export async function byTurns<Name extends string>(
  times: number,
  measured: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Record<Name, number>> {
  const taken = new Map<string, number[]>();
  for (let turn = 0; turn < times; turn++)
    for (const [name, measure] of Object.entries<() => Promise<number>>(measured))
      taken.set(name, [...(taken.get(name) ?? []), await measure()]);
  return Object.fromEntries([...taken].map(([name, values]) => [name, median(values)])) as Record<
    Name,
    number
  >;
}

/** With the bound it must keep, where it has one. */
export interface Finding {
  readonly what: string;
  readonly figure: number;
  readonly unit: string;
  /** How it came about. */
  readonly by: string;
  readonly most?: number;
  readonly least?: number;
}

export const tell = ({ what, figure, unit, by, most, least }: Finding): boolean => {
  const rounded = `${Number(figure.toPrecision(3))}${unit}`;
  const holds = figure <= (most ?? Infinity) && figure >= (least ?? -Infinity);
  const bounds = [
    most !== undefined && `at most ${most}${unit}`,
    least !== undefined && `at least ${least}${unit}`,
  ].filter(Boolean);
  const bounded = bounds.length ? ` (${bounds.join(', ')})` : '';
  console.log(`${holds ? ' ' : '✗'} ${what}: ${rounded}${bounded} · ${by}`);
  return holds;
};
