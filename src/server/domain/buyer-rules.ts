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

/** As telephone exchanges have it (E.164), however it was typed; as it was typed where its country is not known. */
export const internationalPhone = (text: string): string =>
  parsePhoneNumberFromString(text)?.number ?? text;
