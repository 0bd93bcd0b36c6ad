/** Mobile money in place: a number, whose phone is then asked to approve. */
import { html, nothing } from 'lit';
import type { CheckoutSession } from '../../contract/index.js';
import { type Draft, type Field, typedIn } from '../checkout/draft.js';
import { textField } from './text-field.js';
import type { FormView } from './view.js';
import type { WaitingView } from './waiting.js';

const field = 'payer';

export function phonePayment(view: WaitingView) {
  const { speech, awaiting, phone, onConfirm, onContinue } = view;
  const { session, isAsking } = awaiting;
  const total = speech.money(session.total, session.currency);
  return html`<form part="form" class="phone" novalidate aria-busy=${isAsking} @submit=${onConfirm}>
    <h3 class="total" tabindex="-1" data-focus>
      <span>${speech.say('mobileMoney')}</span><strong>${total}</strong>
    </h3>
    ${textField(fieldView(view), {
      field,
      label: speech.say('payerPhone'),
      type: 'tel',
      inputmode: 'tel',
      autocomplete: 'tel',
      maxlength: 40,
      isRequired: true,
      hint: operatorOf(phone, session) ?? speech.say('payerHint'),
    })}
    <button
      class="pay"
      part="submit"
      type="submit"
      aria-disabled=${isAsking}
      @click=${onConfirm}
    >
      ${isAsking ? html`<span class="spinner" aria-hidden="true"></span>` : nothing}
      <span>${speech.say(session.totals.recurring?.trialEndsAt && !session.total ? 'startTrial' : 'payTotal', { total })}</span>
    </button>
    ${
      session.methods.includes('page')
        ? html`<a class="other" href=${session.url} target="_top" @click=${onContinue}>
            ${speech.say('otherWay')}
          </a>`
        : nothing
    }
  </form>`;
}

/** The field in the shape of those of the order. */
const fieldView = ({ speech, phone, onPhone, awaiting: { session, problem } }: WaitingView) =>
  ({
    speech,
    draft: { typed: { [field]: phone } },
    link: session,
    // The hint has an example of its own.
    problemOf: () =>
      isOfPhone(problem)
        ? { field, code: problem === 'required' ? problem : 'invalid_format' }
        : undefined,
    edit: (_: Field, change: (draft: Draft) => Draft) =>
      onPhone(typedIn(change({ typed: {} } as Draft), field)),
    leave: () => undefined,
  }) as unknown as FormView;

/** Said at the number itself. */
export const isOfPhone = (code: string | null) => code === 'required' || code === 'invalid_phone';

/** By the first digits. */
export function operatorOf(phone: string, { operators = [] }: CheckoutSession): string | undefined {
  const digits = phone.replace(/\D/g, '').replace(/^00/, '');
  return operators.find(({ prefixes }) => prefixes.some((prefix) => digits.startsWith(prefix)))
    ?.name;
}
