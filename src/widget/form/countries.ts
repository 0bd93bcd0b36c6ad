/** Countries in the buyer's language, in its order. */
interface Country {
  readonly value: string;
  readonly label: string;
}

let last: { readonly key: string; readonly countries: readonly Country[] } | undefined;

/** Sorting two hundred names takes longer than a keystroke should: the last answer is kept. */
export function countriesIn(locale: string, codes: readonly string[]): readonly Country[] {
  const key = `${locale} ${codes}`;
  if (last?.key !== key) {
    const names = new Intl.DisplayNames(locale, { type: 'region' });
    const { compare } = new Intl.Collator(locale);
    const countries = codes
      .map((value) => ({ value, label: names.of(value) ?? value }))
      .sort((one, other) => compare(one.label, other.label));
    last = { key, countries };
  }
  return last.countries;
}
