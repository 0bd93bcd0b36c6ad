/** Where to send it, and where to bill it: the fields of the country, in the order of its envelopes. */
import { html, nothing } from 'lit';
import type { AddressFormField } from '../../contract/index.js';
import type { Field } from '../checkout/draft.js';
import { typedIn } from '../checkout/draft.js';
import {
  type AddressForms,
  type AddressName,
  addressNames,
  isAddressTyped,
  linesOf,
} from '../checkout/reading-buyer.js';
import { checkField, selectField } from './controls.js';
import { countriesIn } from './countries.js';
import { textField } from './text-field.js';
import { errorOf, type FormView } from './view.js';

/** By the HTML Standard's autofill names. */
const tokens = {
  name: 'name',
  line1: 'address-line1',
  line2: 'address-line2',
  district: 'address-level3',
  city: 'address-level2',
  state: 'address-level1',
  postalCode: 'postal-code',
} as const;

interface Forms {
  readonly forms: AddressForms;
  retryForms(): void;
}

export function addresses(view: FormView, forms: Forms) {
  const { collect } = view.link;
  return addressNames.map((name) => [
    name === 'billingAddress' && collect.billingAddress && collect.shippingAddress
      ? checkField(view, 'billingDiffers', view.speech.say('billingDiffers'))
      : nothing,
    isAddressTyped(collect, view.draft, name) ? address(view, name, forms) : nothing,
  ]);
}

function address(view: FormView, name: AddressName, { forms, retryForms }: Forms) {
  const { speech, link, draft } = view;
  const country: Field = `${name}.country`;
  const chosen = forms.get(typedIn(draft, country));
  // Until the form of another country comes, the one that is there stays.
  const form = chosen === undefined ? [...forms.values()].reverse().find(Boolean) : chosen;
  const allowed = link.collect.shippingAddress;
  if (!form)
    return html`<fieldset class="field address">
      <legend>${speech.say(name)}</legend>
      ${
        form === null
          ? html`<div class="actions">
              ${speech.messages.problems.network}
              <button type="button" class="quiet" @click=${retryForms}>${speech.say('retry')}</button>
            </div>`
          : html`<div class="bone box-shape"></div>
              <div class="bone box-shape"></div>`
      }
      ${errorOf(view, name)}
    </fieldset>`;
  const codes = (name === 'shippingAddress' && allowed?.countries) || form.countries;
  return html`<fieldset class="field address">
    <legend>${speech.say(name)}</legend>
    ${selectField(view, {
      field: country,
      label: form.countryLabel,
      autocomplete: `${kindOf(name)} country`,
      options: countriesIn(speech.locale, codes),
    })}
    ${linesOf(form, link.collect).map(
      (line) => html`<div class="line">${line.map((part) => partOf(view, name, part))}</div>`,
    )}
    ${errorOf(view, name)}
  </fieldset>`;
}

const kindOf = (name: AddressName) => (name === 'shippingAddress' ? 'shipping' : 'billing');

function partOf(view: FormView, of: AddressName, part: AddressFormField) {
  const { name, label, required, options } = part;
  const field = {
    field: `${of}.${name}`,
    label,
    autocomplete: `${kindOf(of)} ${tokens[name]}`,
    isRequired: required,
  };
  return options
    ? selectField(view, { ...field, options })
    : textField(view, { ...field, capitalize: 'words', maxlength: 200 });
}
