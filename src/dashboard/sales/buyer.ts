/** Who bought, as a merchant reads it. */
import type { Address, MerchantSession } from '../../contract/index.js';

export type Customer = MerchantSession['customer'];

/** By what they are told from others in a list. */
export const nameOf = ({ email, name, phone }: Customer): string | null => email ?? name ?? phone;

/** As on an envelope, from its top to its country. */
export function linesOf(address: Address, locale: string): string[] {
  const { name, line1, line2, district, city, state, postalCode, country } = address;
  const town = [postalCode, city].filter(Boolean).join(' ');
  return [name, line1, line2, district, town, state, countryIn(country, locale)].filter(
    (line): line is string => Boolean(line),
  );
}

function countryIn(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}
