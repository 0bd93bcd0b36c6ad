/** In which fields two writings of one thing differ. */

export interface Difference {
  readonly field: string;
  readonly theirs: string;
  readonly yours: string;
}

const shown = (value: unknown): string => {
  if (typeof value === 'string') return value || '–';
  if (typeof value === 'boolean') return value ? '✓' : '–';
  if (Array.isArray(value))
    return value.map((one) => one.name || one.label || one.productId).join(', ') || '–';
  return (
    Object.entries(value as object)
      .filter(([, one]) => one !== '')
      .map(([name, one]) => `${name} ${one}`)
      .join(', ') || '–'
  );
};

/** Keys of rows are of one draft alone. */
const comparable = (value: unknown): string =>
  JSON.stringify(value, (name, one) =>
    name === 'key' && typeof one === 'number' ? undefined : one,
  );

export const differencesOf = <Draft extends object>(theirs: Draft, yours: Draft): Difference[] =>
  (Object.keys(yours) as (keyof Draft & string)[])
    .filter((field) => comparable(theirs[field]) !== comparable(yours[field]))
    .map((field) => ({ field, theirs: shown(theirs[field]), yours: shown(yours[field]) }));
