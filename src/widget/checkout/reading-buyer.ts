/** What was typed about the buyer, as the contract takes it. */
import type { Address, AddressForm, BuyerRules, Collect, Selection } from '../../contract/index.js';
import { type Draft, typedIn } from './draft.js';

/** By country; null where it could not be had. */
export type AddressForms = ReadonlyMap<string, AddressForm | null>;

export const addressNames = ['shippingAddress', 'billingAddress'] as const;
export type AddressName = (typeof addressNames)[number];

/** Whether an address has fields of its own: a bill goes where the parcel goes, unless the buyer says otherwise. */
export const isAddressTyped = (collect: Collect, draft: Draft, name: AddressName): boolean =>
  name === 'shippingAddress'
    ? collect.shippingAddress !== null
    : collect.billingAddress &&
      (!collect.shippingAddress || typedIn(draft, 'billingDiffers') !== '');

/** The lines of a form; who is asked for a name already is not asked again. */
export const linesOf = ({ lines }: AddressForm, { name }: Collect): AddressForm['lines'] =>
  name === 'none' ? lines : lines.map((line) => line.filter((part) => part.name !== 'name'));

export const rulesFor = (collect: Collect, forms: AddressForms): BuyerRules => ({
  addressForm(country) {
    const form = forms.get(country);
    return form ? { lines: linesOf(form, collect) } : undefined;
  },
  fits(pattern, text) {
    try {
      return new RegExp(`^(?:${pattern})$`, 'u').test(text);
    } catch {
      // A pattern this browser cannot read is the server's to judge.
      return true;
    }
  },
});

export function readBuyer(
  collect: Collect,
  draft: Draft,
  forms: AddressForms,
): Pick<Selection, 'customer' | 'customFields'> {
  const customer: NonNullable<Selection['customer']> = {};
  const { email, name, phone } = collect;
  for (const [field, requirement] of Object.entries({ email, name, phone })) {
    const text = field === 'phone' ? phoneIn(collect, draft) : typedIn(draft, field).trim();
    if (requirement !== 'none' && text) customer[field as 'email' | 'name' | 'phone'] = text;
  }
  for (const name of addressNames) {
    const address = isAddressTyped(collect, draft, name) && addressIn(collect, draft, name, forms);
    if (address) customer[name] = address;
  }
  if (collect.billingAddress && !customer.billingAddress && customer.shippingAddress)
    customer.billingAddress = customer.shippingAddress;
  const customFields = answersIn(collect, draft);
  return {
    ...(Object.keys(customer).length > 0 && { customer }),
    ...(Object.keys(customFields).length > 0 && { customFields }),
  };
}

/** In international form: a number without its country code gets that of the country chosen beside it. */
function phoneIn({ callingCodes = {} }: Collect, draft: Draft): string {
  const typed = typedIn(draft, 'phone').trim().replace(/^00/, '+');
  const code = callingCodes[typedIn(draft, 'phoneCountry')];
  return typed && code && !typed.startsWith('+') ? `+${code} ${typed}` : typed;
}

function addressIn(collect: Collect, draft: Draft, name: AddressName, forms: AddressForms) {
  const country = typedIn(draft, `${name}.country`);
  const form = forms.get(country);
  if (!form) return undefined;
  const address: Address = { country };
  for (const part of linesOf(form, collect).flat()) {
    const text = typedIn(draft, `${name}.${part.name}`).trim();
    if (text) address[part.name] = text;
  }
  return address;
}

function answersIn({ customFields }: Collect, draft: Draft) {
  const answers: NonNullable<Selection['customFields']> = {};
  for (const { key, type } of customFields) {
    const text = typedIn(draft, `customFields.${key}`).trim();
    // “1,500” is a thousand and a half here, one and a half there: it is not guessed.
    const isAmbiguous = /^-?[1-9]\d{0,2}[.,]\d{3}$/.test(text);
    const number = isAmbiguous ? NaN : Number(text.replace(',', '.'));
    if (text)
      answers[key] =
        type === 'checkbox' || (type === 'number' && Number.isFinite(number) ? number : text);
  }
  return answers;
}
