/** The merchant's own questions. */
import { checkField, selectField } from './controls.js';
import { textField } from './text-field.js';
import type { FormView } from './view.js';

export const customFields = (view: FormView) =>
  view.link.collect.customFields.map(({ key, label, type, required, options, maxLength }) => {
    const field = `customFields.${key}`;
    if (type === 'checkbox') return checkField(view, field, label, required);
    const shared = { field, label, autocomplete: 'off', isRequired: required };
    if (type === 'dropdown')
      return selectField(view, {
        ...shared,
        options: options.map((option) => ({ value: option, label: option })),
      });
    return textField(view, {
      ...shared,
      isOptional: !required,
      inputmode: type === 'number' ? 'decimal' : 'text',
      maxlength: maxLength ?? 1000,
    });
  });
