/** What only the server knows about a buyer's data: phone numbers, address forms, patterns in linear time. */
import { isPossiblePhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js';
import type { BuyerRules } from '../../contract/index.js';
import { addressCountries, addressRules } from './address-form.js';
import { fitsPattern } from './pattern.js';

export const buyerRules: BuyerRules = {
  addressForm: addressRules,
  countries: addressCountries,
  fits: fitsPattern,
  // A number without its country code cannot be judged here.
  isPhone: (text) => !text.startsWith('+') || isPossiblePhoneNumber(text),
};

const digitsOf = (text: string) => text.replace(/\D/g, '');

/** As it was typed; in the form of telephone exchanges (E.164) where a trunk zero stands in it: `+33 06 …`. */
export function internationalPhone(text: string): string {
  const number = parsePhoneNumberFromString(text)?.number;
  return number && digitsOf(number) !== digitsOf(text) ? number : text;
}
