/** What only the server knows about a buyer's data: phone numbers, address forms, patterns in linear time. */
import { isPossiblePhoneNumber } from 'libphonenumber-js';
import type { BuyerRules } from '../../contract/index.js';
import { addressRules } from './address-form.js';
import { fitsPattern } from './pattern.js';

export const buyerRules: BuyerRules = {
  addressForm: addressRules,
  fits: fitsPattern,
  // A number without its country code cannot be judged here.
  isPhone: (text) => !text.startsWith('+') || isPossiblePhoneNumber(text),
};
