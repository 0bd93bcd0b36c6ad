/** Who buys: e-mail, name, phone, addresses and the merchant's own fields, as the link asks for them. */
import { type AddressForm, checkAddress } from './address.js';
import type { Collect, OpenLink } from './payment-link.js';
import type { Selection, SelectionProblem } from './selection.js';

/** What is known beyond the link itself; the server knows more than a browser does. */
export interface BuyerRules {
  /** How a country writes its addresses; unknown forms ask for nothing. */
  readonly addressForm?: (country: string) => Pick<AddressForm, 'lines'> | undefined;
  /** Whether the whole text fits a merchant's pattern. */
  readonly fits?: (pattern: string, text: string) => boolean;
  readonly isPhone?: (text: string) => boolean;
  /** Countries there are, where the link names none. */
  readonly countries?: readonly string[];
}

/** As browsers check `type=email` (HTML Standard), and a dot in the domain. Linear time. */
const emailPattern =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z0-9-]{2,63}$/;

export const isEmail = (text: string): boolean => emailPattern.test(text);

const phonePattern = /^\+?[0-9](?:[ ().-]*[0-9]){5,14}$/;

export function checkBuyer(
  link: OpenLink,
  selection: Selection,
  rules: BuyerRules = {},
): SelectionProblem[] {
  return [
    ...checkCustomer(link.collect, selection, rules),
    ...checkAddresses(link.collect, selection, rules),
    ...checkCustomFields(link.collect, selection, rules),
  ];
}

function checkCustomer(
  collect: Collect,
  { customer = {} }: Selection,
  { isPhone }: BuyerRules,
): SelectionProblem[] {
  const problems: SelectionProblem[] = [];
  for (const field of ['email', 'name', 'phone'] as const) {
    const value = customer[field]?.trim();
    const path = `customer.${field}`;
    if (!value) {
      if (collect[field] === 'required') problems.push({ path, code: 'required' });
    } else if (field === 'email' && !emailPattern.test(value))
      problems.push({ path, code: 'invalid_email' });
    else if (field === 'phone' && !(phonePattern.test(value) && (isPhone?.(value) ?? true)))
      problems.push({ path, code: 'invalid_phone' });
  }
  return problems;
}

function checkAddresses(collect: Collect, { customer = {} }: Selection, rules: BuyerRules) {
  const asked = {
    shippingAddress: collect.shippingAddress,
    billingAddress: collect.billingAddress && { countries: null },
  };
  return (['shippingAddress', 'billingAddress'] as const).flatMap((name) => {
    const address = customer[name];
    const form = address && rules.addressForm?.(address.country);
    const countries = (asked[name] || null)?.countries ?? rules.countries ?? null;
    return asked[name] || address ? checkAddress(`customer.${name}`, address, form, countries) : [];
  });
}

type CustomField = Collect['customFields'][number];

function checkCustomFields(
  { customFields }: Collect,
  { customFields: given = {} }: Selection,
  { fits = () => true }: BuyerRules,
): SelectionProblem[] {
  const problems: SelectionProblem[] = Object.keys(given)
    .filter((key) => !customFields.some((field) => field.key === key))
    .map((key) => ({ path: `customFields.${key}`, code: 'not_expected' }));
  for (const field of customFields) {
    const value = Object.hasOwn(given, field.key) ? given[field.key] : undefined;
    const problem = checkCustomField(field, value, fits);
    if (problem) problems.push({ path: `customFields.${field.key}`, ...problem });
  }
  return problems;
}

function checkCustomField(
  { type, required, options, pattern, maxLength }: CustomField,
  value: string | number | boolean | undefined,
  fits: NonNullable<BuyerRules['fits']>,
): Omit<SelectionProblem, 'path'> | undefined {
  const isGiven = value !== undefined && value !== false && String(value).trim() !== '';
  if (!isGiven) return required ? { code: 'required' } : undefined;
  if (type === 'checkbox') return value === true ? undefined : { code: 'unknown_option' };
  if (type === 'number')
    return Number.isFinite(Number(value)) && value !== true ? undefined : { code: 'not_a_number' };
  if (typeof value !== 'string') return { code: 'invalid_format' };
  if (type === 'dropdown') return options.includes(value) ? undefined : { code: 'unknown_option' };
  if (maxLength !== null && value.length > maxLength) return { code: 'too_long', limit: maxLength };
  return pattern && !fits(pattern, value) ? { code: 'invalid_format' } : undefined;
}
