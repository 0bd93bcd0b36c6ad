/** In which fields two writings of one thing differ. */

export interface Difference {
  readonly field: string;
  readonly theirs: string;
  readonly yours: string;
}

const shown = (value: unknown, nameOf: (field: string) => string): string => {
  if (typeof value === 'string') return value || '–';
  if (typeof value === 'boolean') return value ? '✓' : '–';
  if (Array.isArray(value))
    return value.map((one) => one.name || one.label || one.productId).join(', ') || '–';
  return (
    Object.entries(value as object)
      .filter(([, one]) => one !== '')
      .map(([name, one]) => `${nameOf(name)} ${one}`)
      .join(', ') || '–'
  );
};

/** Keys of rows are of one draft alone. */
const comparable = (value: unknown): string =>
  JSON.stringify(value, (name, one) =>
    name === 'key' && typeof one === 'number' ? undefined : one,
  );

/** @param nameOf a part of a field as the form names it */
export const differencesOf = <Draft extends object>(
  theirs: Draft,
  yours: Draft,
  nameOf = (field: string): string => field,
): Difference[] =>
  (Object.keys(yours) as (keyof Draft & string)[])
    .filter((field) => comparable(theirs[field]) !== comparable(yours[field]))
    .map((field) => ({
      field,
      theirs: shown(theirs[field], nameOf),
      yours: shown(yours[field], nameOf),
    }));
