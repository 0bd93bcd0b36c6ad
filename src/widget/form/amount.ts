/** An amount: fixed, suggested, or typed. Text, never a number input, so that what was typed can be told back. */
import { html, nothing } from 'lit';
import { type AmountLink, exponentOf } from '../../contract/index.js';
import type { Speech } from '../i18n/speech.js';
import { radios } from './radios.js';
import { textField } from './text-field.js';
import type { FormView } from './view.js';

const other = 'other';

export function amount(view: FormView, link: AmountLink) {
  if (link.amount !== null) return nothing;
  const { draft, speech } = view;
  const suggestions = link.suggestedAmounts ?? [];
  if (!suggestions.length) return textBox(view, link);
  return radios(view, {
    field: 'amount',
    name: 'suggestion',
    legend: speech.say('amountLegend'),
    choices: [
      ...suggestions.map((value) => ({
        value: String(value),
        caption: speech.money(value, link.currency),
      })),
      { value: other, caption: speech.say('other') },
    ],
    chosen: draft.suggestion === null ? other : String(draft.suggestion),
    onChoose: (value) =>
      view.edit('amount', (now) => ({
        ...now,
        suggestion: value === other ? null : Number(value),
      })),
    after: draft.suggestion === null ? textBox(view, link) : nothing,
    isPart: true,
  });
}

function textBox(view: FormView, link: AmountLink) {
  const { speech } = view;
  const { sign, isBefore } = signOf(link.currency, speech.locale);
  const signed = html`<span class=${isBefore ? 'sign' : 'sign after'} aria-hidden="true">${sign}</span>`;
  return textField(view, {
    field: 'amount',
    label: speech.say('amount'),
    inputmode: exponentOf(link.currency) ? 'decimal' : 'numeric',
    autocomplete: 'off',
    before: isBefore ? signed : nothing,
    after: isBefore ? nothing : signed,
    hint: hint(view, link),
  });
}

/** The bounds, and the amount as it was understood. */
function hint({ reading, speech }: FormView, { minAmount, maxAmount, currency }: AmountLink) {
  const read = reading.selection.amount;
  if (read !== undefined && reading.totals)
    return speech.say('amountRead', { amount: speech.money(read, currency) });
  const min = speech.money(minAmount ?? 0, currency);
  return maxAmount === null
    ? speech.say('amountFrom', { min })
    : speech.say('amountBetween', { min, max: speech.money(maxAmount, currency) });
}

function signOf(currency: string, locale: Speech['locale']) {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const parts = format.formatToParts(1);
  const index = parts.findIndex(({ type }) => type === 'currency');
  return { sign: parts[index]?.value ?? currency, isBefore: index < parts.length / 2 };
}
