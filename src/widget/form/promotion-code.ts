/** A promotion code: out of the way until it is wanted, taken off again with one press. */
import { html, nothing } from 'lit';
import type { Discount } from '../../contract/index.js';
import type { Field } from '../checkout/draft.js';
import { textField } from './text-field.js';
import type { FormView } from './view.js';

const field: Field = 'promotionCode';

interface CodeActions {
  readonly isAsking: boolean;
  readonly onApply: () => void;
  readonly onRemove: () => void;
}

export function promotionCode(view: FormView, actions: CodeActions) {
  const { link, draft, speech, reading } = view;
  if (!link.allowPromotionCodes) return nothing;
  const { discount } = draft;
  if (discount) {
    const isShort = reading.totals && !reading.totals.discounts.length;
    return html`<div class="promotion">
      <div class="words">
        <div class="name">${discount.code}</div>
        <div class="hint">
          ${
            isShort
              ? speech.say('codeFrom', {
                  amount: speech.money(discount.minimumAmount ?? 0, link.currency),
                })
              : worth(view, discount)
          }
        </div>
      </div>
      <button type="button" class="quiet" data-code @click=${actions.onRemove}>
        ${speech.say('removeCode')}
      </button>
    </div>`;
  }
  const { isAsking, onApply } = actions;
  // What was opened to be typed into stays open, empty again or not.
  const isOpen = field in draft.typed || view.problemOf(field) !== undefined;
  return html`<details class="promotion-code" ?open=${isOpen}>
    <summary @click=${intoBox}>${speech.say('addCode')}</summary>
    ${textField(view, {
      field,
      label: speech.say('promotionCode'),
      autocomplete: 'off',
      capitalize: 'characters',
      maxlength: 64,
      onEnter: onApply,
      after: html`<button type="button" class="apply" aria-disabled=${isAsking} @click=${onApply}>
        ${isAsking ? html`<span class="spinner"></span>` : nothing}${speech.say('applyCode')}
      </button>`,
    })}
  </details>`;
}

/** Opened to be typed into. */
const intoBox = ({ currentTarget }: Event) => {
  const summary = currentTarget as HTMLElement;
  setTimeout(() => summary.parentElement?.querySelector('input')?.focus());
};

function worth({ speech, link }: FormView, { percentOff, amountOff }: Discount) {
  const off =
    percentOff === undefined
      ? speech.money(amountOff ?? 0, link.currency)
      : speech.percent(percentOff);
  return speech.say('codeOff', { off });
}
