/** Fields of the desk's forms: a label, what helps, and what is wrong, tied together for every kind of reader. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { spoken } from '../trouble.js';
import { afterPress } from './after-press.js';

export interface Field {
  /** Also its id, and the path by which a mistake names it. */
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly isOptional?: boolean;
  readonly optional?: string;
  readonly onInput: (value: string) => void;
  /** When it is left. */
  readonly onLeave?: (() => void) | undefined;
}

export interface TextField extends Field {
  readonly type?:
    | 'text'
    | 'url'
    | 'email'
    | 'number'
    | 'date'
    | 'datetime-local'
    | 'color'
    | 'search';
  readonly inputMode?: 'decimal' | 'numeric' | 'text' | 'url' | 'email';
  readonly placeholder?: string;
  readonly maxLength?: number;
  readonly autocomplete?: string;
  readonly isShort?: boolean;
  readonly suffix?: string | undefined;
  readonly isFirst?: boolean;
}

export const idOf = (name: string): string => `field-${name.replaceAll('.', '-')}`;

const describedBy = ({ name, hint, error }: Field) =>
  [error && `${idOf(name)}-error`, hint && `${idOf(name)}-hint`].filter(Boolean).join(' ') ||
  nothing;

const about = (field: Field): TemplateResult => html`
  ${field.hint ? html`<p class="hint" id="${idOf(field.name)}-hint">${field.hint}</p>` : nothing}
  ${field.error ? html`<p class="error" id="${idOf(field.name)}-error">${spoken(field.error)}</p>` : nothing}
`;

const labelOf = ({ name, label, isOptional, optional }: Field): TemplateResult =>
  html`<label for=${idOf(name)}>${label}${isOptional && optional ? html` <span class="optional">(${optional})</span>` : nothing}</label>`;

const typed = (event: Event) => (event.target as HTMLInputElement).value;

export function textField(field: TextField): TemplateResult {
  const { name, value, error, onInput, onLeave } = field;
  return html`<div class="field">
    ${labelOf(field)}
    <div class=${field.suffix ? 'with-suffix' : 'bare-input'}>
      <input id=${idOf(name)} name=${name} type=${field.type ?? 'text'} .value=${live(value)}
        class=${field.isShort ? 'short' : ''}
        inputmode=${field.inputMode ?? nothing} placeholder=${field.placeholder ?? nothing}
        maxlength=${field.maxLength ?? nothing} autocomplete=${field.autocomplete ?? 'off'}
        aria-invalid=${error ? 'true' : nothing} aria-describedby=${describedBy(field)}
        ?autofocus=${field.isFirst ?? false}
        @input=${(event: Event) => onInput(typed(event))} @change=${() => onLeave && afterPress(onLeave)} />
      ${field.suffix ? html`<span class="suffix">${field.suffix}</span>` : nothing}
    </div>
    ${about(field)}
  </div>`;
}

export function textArea(
  field: Field & { readonly rows?: number; readonly maxLength?: number },
): TemplateResult {
  const { name, value, error, rows = 3, onInput, onLeave } = field;
  return html`<div class="field">
    ${labelOf(field)}
    <textarea id=${idOf(name)} name=${name} rows=${rows} .value=${live(value)} maxlength=${field.maxLength ?? nothing}
      aria-invalid=${error ? 'true' : nothing} aria-describedby=${describedBy(field)}
      @input=${(event: Event) => onInput(typed(event))} @change=${() => onLeave && afterPress(onLeave)}></textarea>
    ${about(field)}
  </div>`;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export function select(field: Field & { readonly choices: readonly Choice[] }): TemplateResult {
  const { name, value, error, choices, onInput } = field;
  return html`<div class="field">
    ${labelOf(field)}
    <select id=${idOf(name)} name=${name} aria-invalid=${error ? 'true' : nothing} aria-describedby=${describedBy(field)}
      @change=${(event: Event) => onInput(typed(event))}>
      ${choices.map((choice) => html`<option value=${choice.value} .selected=${choice.value === value}>${choice.label}</option>`)}
    </select>
    ${about(field)}
  </div>`;
}

/** Of few values, all of them in sight. */
export function radios(field: Field & { readonly choices: readonly Choice[] }): TemplateResult {
  const { name, label, value, error, choices, onInput } = field;
  return html`<fieldset class="field radios" aria-describedby=${describedBy(field)}>
    <legend>${label}</legend>
    <div class="choices">
      ${choices.map(
        (
          choice,
        ) => html`<label class="choice"><input type="radio" name=${name} value=${choice.value}
          .checked=${live(choice.value === value)} aria-invalid=${error ? 'true' : nothing}
          @change=${() => onInput(choice.value)} /> <span>${choice.label}</span></label>`,
      )}
    </div>
    ${about(field)}
  </fieldset>`;
}

export interface Tick {
  readonly name: string;
  readonly label: string;
  readonly isTicked: boolean;
  readonly onChange: (isTicked: boolean) => void;
}

export const tick = ({ name, label, isTicked, onChange }: Tick): TemplateResult =>
  html`<label class="tick" for=${idOf(name)}><input id=${idOf(name)} name=${name} type="checkbox" .checked=${live(isTicked)}
    @change=${(event: Event) => onChange((event.target as HTMLInputElement).checked)} /> ${label}</label>`;
