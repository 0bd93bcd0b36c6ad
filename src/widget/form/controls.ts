/** Choices that are not typed: a list to choose from, a box to tick. */
import { html, nothing } from 'lit';
import { type Field, typedIn, typeIn } from '../checkout/draft.js';
import { errorOf, type FormView, faultOf, isChecked, type } from './view.js';

interface Choices {
  readonly field: Field;
  readonly label: unknown;
  readonly autocomplete: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly isRequired?: boolean;
}

/** The platform's own list: phones and keyboards know how to use it, however long it is. */
export function selectField(view: FormView, choices: Choices) {
  const { field, label, autocomplete, options, isRequired = true } = choices;
  const chosen = typedIn(view.draft, field);
  const { box, invalid, describedBy } = faultOf(view, field);
  const isEmpty = !options.some(({ value }) => value === chosen);
  return html`<div class="field" part="field">
    <div class="label-row">
      <label for=${field} part="label">${label}</label>
      ${isRequired ? nothing : html`<span class="hint">${view.speech.say('optional')}</span>`}
    </div>
    <div class="${box} list">
      <select
        id=${field}
        part="input"
        name=${field}
        autocomplete=${autocomplete}
        ?required=${isRequired}
        aria-invalid=${invalid}
        aria-describedby=${describedBy}
        .value=${isEmpty ? '' : chosen}
        @change=${(event: Event) => type(view, field, event)}
      >
        ${isEmpty || !isRequired ? html`<option value="" .selected=${isEmpty}>–</option>` : nothing}
        ${optionsOf(options, chosen)}
      </select>
    </div>
    ${errorOf(view, field)}
  </div>`;
}

export const optionsOf = (options: Choices['options'], chosen: string) =>
  options.map(
    ({ value, label }) =>
      html`<option value=${value} .selected=${value === chosen}>${label}</option>`,
  );

export function checkField(view: FormView, field: Field, label: unknown, isRequired = false) {
  const { invalid, describedBy } = faultOf(view, field);
  return html`<div class="field" part="field">
    <label class="check">
      <input
        type="checkbox"
        name=${field}
        .checked=${typedIn(view.draft, field) !== ''}
        ?required=${isRequired}
        aria-invalid=${invalid}
        aria-describedby=${describedBy}
        @change=${(event: Event) => {
          const text = isChecked(event) ? 'on' : '';
          view.edit(field, (now) => typeIn(now, field, text));
        }}
      />
      <span>${label}</span>
    </label>
    ${errorOf(view, field)}
  </div>`;
}
