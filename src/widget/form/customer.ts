/** Who pays: e-mail, name, phone, as the link asks for them. */
import { html, nothing } from 'lit';
import { typedIn } from '../checkout/draft.js';
import { optionsOf } from './controls.js';
import { countriesIn } from './countries.js';
import { textField } from './text-field.js';
import { type FormView, type } from './view.js';

const boxes = [
  { field: 'email', type: 'email', autocomplete: 'email', inputmode: 'email', maxlength: 254 },
  { field: 'name', autocomplete: 'name', capitalize: 'words', maxlength: 200 },
  { field: 'phone', type: 'tel', autocomplete: 'tel', inputmode: 'tel', maxlength: 40 },
] as const;

/** The country of a number that is typed without its code. */
function callingCode(view: FormView) {
  const { draft, link, speech } = view;
  const codes = link.collect.callingCodes;
  const country = typedIn(draft, 'phoneCountry');
  if (!codes || /^(?:\+|00)/.test(typedIn(draft, 'phone').trim())) return nothing;
  const countries = countriesIn(speech.locale, Object.keys(codes)).map(({ value, label }) => ({
    value,
    label: `${label} +${codes[value]}`,
  }));
  return html`<span class="dial">
    <span aria-hidden="true">${country in codes ? `+${codes[country]}` : '+'}</span>
    <select
      aria-label=${speech.say('callingCode')}
      autocomplete="tel-country-code"
      @change=${(event: Event) => type(view, 'phoneCountry', event)}
    >
      ${optionsOf(countries, country)}
    </select>
  </span>`;
}

export const customer = (view: FormView) =>
  boxes.map((box) => {
    const requirement = view.link.collect[box.field];
    if (requirement === 'none') return nothing;
    return textField(view, {
      ...box,
      label: view.speech.say(box.field),
      isRequired: requirement === 'required',
      isOptional: requirement === 'optional',
      before: box.field === 'phone' ? callingCode(view) : nothing,
    });
  });
