/** Postal addresses: what a country's form asks for, in the order of its envelopes, and whether it was given. */
import * as z from 'zod/mini';
import { lazy } from './lazy.js';
import type { SelectionProblem } from './selection.js';

const text = () => z.optional(z.string().check(z.maxLength(200)));

/** Part names are Stripe's, in our spelling; `country` is ISO 3166-1 alpha-2. */
export const addressSchema = lazy(() =>
  z.strictObject({
    country: z.string().check(z.regex(/^[A-Z]{2}$/)),
    name: text(),
    line1: text(),
    line2: text(),
    /** A part of the city, where envelopes name one. */
    district: text(),
    city: text(),
    /** State, province, prefecture: its usual abbreviation where there is one. */
    state: text(),
    postalCode: text(),
  }),
);
export type Address = z.infer<ReturnType<typeof addressSchema>>;
export type AddressPart = Exclude<keyof Address, 'country'>;

/** Answer of `GET /v1/public/address-form`: how one country writes its addresses, in the words of one language. */
export const addressFormSchema = lazy(() =>
  z.object({
    object: z.literal('address_form'),
    country: z.string(),
    countryLabel: z.string(),
    /** Every country an address can be in. */
    countries: z.array(z.string()),
    /** Parts that share a line stand together. */
    lines: z.array(
      z.array(
        z.object({
          name: z.enum(['name', 'line1', 'line2', 'district', 'city', 'state', 'postalCode']),
          label: z.string(),
          required: z.boolean(),
          /** Where one of a list is chosen. */
          options: z.nullable(z.array(z.object({ value: z.string(), label: z.string() }))),
          /** A regular expression the whole text fits, in any case. */
          pattern: z.nullable(z.string()),
          example: z.nullable(z.string()),
        }),
      ),
    ),
  }),
);
export type AddressForm = z.infer<ReturnType<typeof addressFormSchema>>;
export type AddressFormField = AddressForm['lines'][number][number];

/** What is wrong with an address, by part. */
export function checkAddress(
  path: string,
  address: Address | undefined,
  form: Pick<AddressForm, 'lines'> | undefined,
  countries: readonly string[] | null,
): SelectionProblem[] {
  if (!address) return [{ path, code: 'required' }];
  if (countries && !countries.includes(address.country))
    return [{ path: `${path}.country`, code: 'unknown_country' }];
  const problems: SelectionProblem[] = [];
  for (const { name, required, pattern } of form?.lines.flat() ?? []) {
    const value = address[name]?.trim();
    if (!value && required) problems.push({ path: `${path}.${name}`, code: 'required' });
    if (value && pattern && !new RegExp(`^(?:${pattern})$`, 'i').test(value))
      problems.push({ path: `${path}.${name}`, code: 'invalid_postal_code' });
  }
  return problems;
}
