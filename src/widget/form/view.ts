/** What every part of the form draws from, and how it answers. */
import { html, nothing } from 'lit';
import { exponentOf, isUnanswered, type OpenLink } from '../../contract/index.js';
import { type Draft, type Field, typedAmount, typeIn } from '../checkout/draft.js';
import type { DraftProblem, Reading } from '../checkout/reading.js';
import type { Speech } from '../i18n/speech.js';

export interface FormView {
  readonly link: OpenLink;
  readonly draft: Draft;
  readonly reading: Reading;
  readonly speech: Speech;
  /** The problem of a field, once it may be told. */
  problemOf(field: Field): DraftProblem | undefined;
  /** Changes the draft as it is by then: autofill edits several fields before one render. */
  edit(field: Field, change: (draft: Draft) => Draft): void;
  leave(field: Field): void;
}

export const type = (view: FormView, field: Field, event: Event): void => {
  const text = textOf(event);
  view.edit(field, (now) => typeIn(now, field, text));
};

/** A sentence about what is wrong, in the buyer's words and amounts. */
export function problemText({ link, speech }: FormView, problem: DraftProblem): string {
  const { currency } = link;
  const { code, understood, limit, typed = '' } = problem;
  const isAmount = problem.field === 'amount';
  const shown = (value: number) =>
    isAmount ? speech.money(value, currency) : new Intl.NumberFormat(speech.locale).format(value);
  const example = exponentOf(currency) ? 125 * 10 ** (exponentOf(currency) - 1) : 2500;
  const { fields, problems } = speech.messages;
  const sentences: Readonly<Record<string, string>> = { ...problems, ...fields };
  // “Only {limit} left” says nothing without the number.
  const isSaid = Object.hasOwn(sentences, code) && (code !== 'out_of_stock' || limit !== undefined);
  const sentence = isSaid ? sentences[code] : undefined;
  const unknown = isUnanswered(code) ? problems.internal : fields.unknown_option;
  return speech.fill(sentence ?? unknown, {
    typed,
    example: isAmount ? typedAmount(example, currency, speech.locale) : (problem.example ?? ''),
    ...(understood !== undefined && { understood: shown(understood) }),
    ...(typeof limit === 'number' && { limit: shown(limit) }),
  });
}

export const errorId = (field: Field): string => `${field}-error`;
export const hintId = (field: Field): string => `${field}-hint`;

/** The message below a faulty field, linked by `aria-describedby`. */
export function errorOf(view: FormView, field: Field) {
  const problem = view.problemOf(field);
  return problem
    ? html`<div class="error" part="error" id=${errorId(field)}>
        <span>${problemText(view, problem)}</span>
      </div>`
    : nothing;
}

/** `aria-invalid` and `aria-describedby` of a field's control. */
export function faultOf(view: FormView, field: Field, hinted?: Field) {
  const isFaulty = view.problemOf(field) !== undefined;
  const described = [hinted && hintId(hinted), isFaulty && errorId(field)].filter(Boolean);
  return {
    box: isFaulty ? 'box faulty' : 'box',
    invalid: isFaulty ? 'true' : nothing,
    describedBy: described.length ? described.join(' ') : nothing,
  };
}

export const textOf = (event: Event): string => (event.target as HTMLInputElement).value;
export const isChecked = (event: Event): boolean => (event.target as HTMLInputElement).checked;
