/** What a link asks its buyers: as a merchant writes it, as it is kept, as a form needs it. */
import { getCountries, getCountryCallingCode } from 'libphonenumber-js';
import type { Collect, FieldProblem, LinkUpdate, MerchantLink } from '../../contract/index.js';
import type { LinkRecord } from '../store/payment-links.js';
import { addressCountries } from './address-form.js';
import { isPattern } from './pattern.js';

export const nothingCollected: Collect = {
  email: 'none',
  name: 'none',
  phone: 'none',
  billingAddress: false,
  shippingAddress: null,
  customFields: [],
  terms: null,
};

export const collectOf = ({ collect }: Pick<LinkRecord, 'collect'>): Collect => ({
  ...nothingCollected,
  ...collect,
});

/** The questions after a change: absent keeps, null clears. */
export function changedCollect(changes: LinkUpdate, before: Collect): Collect {
  const { collectShippingAddress: shipping, customFields, termsUrl } = changes;
  return {
    email: changes.collectEmail ?? before.email,
    name: changes.collectName ?? before.name,
    phone: changes.collectPhone ?? before.phone,
    billingAddress: changes.collectBillingAddress ?? before.billingAddress,
    shippingAddress:
      shipping === undefined
        ? before.shippingAddress
        : shipping === false
          ? null
          : { countries: shipping === true ? null : shipping.countries },
    customFields:
      customFields === undefined
        ? before.customFields
        : (customFields ?? []).map(({ required, options, pattern, maxLength, ...field }) => ({
            ...field,
            required: required ?? false,
            options: options ?? [],
            pattern: pattern ?? null,
            maxLength: maxLength ?? null,
          })),
    terms: termsUrl === undefined ? before.terms : termsUrl === null ? null : { url: termsUrl },
  };
}

/** Rules over several parts of a question. */
export function checkQuestions({
  customFields,
  collectShippingAddress,
}: LinkUpdate): FieldProblem[] {
  const problems: FieldProblem[] = [];
  customFields?.forEach(({ type, options, pattern, maxLength }, index) => {
    const add = (part: string, code: string, message: string) =>
      problems.push({ path: `customFields.${index}.${part}`, code, message });
    if (type === 'dropdown' && !options?.length) add('options', 'required', 'what can be chosen');
    if (type !== 'dropdown' && options?.length)
      add('options', 'not_expected', 'only a dropdown has options');
    if (type !== 'text' && pattern) add('pattern', 'not_expected', 'only text has a pattern');
    if (type !== 'text' && maxLength) add('maxLength', 'not_expected', 'only text has a length');
    if (pattern && !isPattern(pattern))
      add('pattern', 'invalid', 'a regular expression without look-around or back-references');
  });
  if (typeof collectShippingAddress === 'object')
    collectShippingAddress.countries.forEach((country, index) => {
      if (!addressCountries.includes(country))
        problems.push({
          path: `collectShippingAddress.countries.${index}`,
          code: 'invalid',
          message: 'not a country',
        });
    });
  return problems;
}

const callingCodes = Object.fromEntries(
  getCountries().map((country) => [country, getCountryCallingCode(country)]),
);

/** As a form needs it. */
export const publicCollect = (link: Pick<LinkRecord, 'collect'>): Collect => {
  const collect = collectOf(link);
  return collect.phone === 'none' ? collect : { ...collect, callingCodes };
};

/** As its merchant wrote it. */
export function merchantCollect(link: Pick<LinkRecord, 'collect'>) {
  const { email, name, phone, billingAddress, shippingAddress, customFields, terms } =
    collectOf(link);
  return {
    collectEmail: email,
    collectName: name,
    collectPhone: phone,
    collectBillingAddress: billingAddress,
    collectShippingAddress: shippingAddress?.countries
      ? { countries: shippingAddress.countries }
      : shippingAddress !== null,
    customFields,
    termsUrl: terms?.url ?? null,
  } satisfies Partial<MerchantLink>;
}
