/** Who pays: e-mail, name, phone, as the link asks for them. */
import { nothing } from 'lit';
import { textField } from './text-field.js';
import type { FormView } from './view.js';

const boxes = [
  { field: 'email', type: 'email', autocomplete: 'email', inputmode: 'email', maxlength: 254 },
  { field: 'name', autocomplete: 'name', capitalize: 'words', maxlength: 200 },
  { field: 'phone', type: 'tel', autocomplete: 'tel', inputmode: 'tel', maxlength: 40 },
] as const;

export const customer = (view: FormView) =>
  boxes.map((box) => {
    const requirement = view.link.collect[box.field];
    if (requirement === 'none') return nothing;
    return textField(view, {
      ...box,
      label: view.speech.say(box.field),
      isRequired: requirement === 'required',
      isOptional: requirement === 'optional',
    });
  });
