/** A field in a table: the head of its column and the head of its row say what it is. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { spoken } from '../trouble.js';
import { idOf } from './field.js';

export interface Cell {
  readonly name: string;
  /** The column, for who reads the table as cards. */
  readonly column: string;
  /** Column and row, for who hears it. */
  readonly label: string;
  readonly value: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly inputMode?: 'decimal' | 'numeric' | 'url';
  readonly maxLength?: number;
  readonly isOff?: boolean;
  readonly isBusy?: boolean;
  readonly onInput: (value: string) => void;
  readonly onLeave?: () => void;
  /** Enter was pressed: a table is no form. */
  readonly onEnter?: () => void;
}

export function cell(asked: Cell): TemplateResult {
  const { name, column, label, value, hint, error, onInput, onLeave, onEnter } = asked;
  const id = idOf(name);
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ');
  return html`<td data-label=${column} class=${asked.inputMode === 'url' ? 'cell wide-cell' : 'cell'}>
    <div class="cell-body">
      <input id=${id} name=${name} type="text" aria-label=${label} .value=${live(value)} autocomplete="off"
        inputmode=${asked.inputMode ?? nothing} maxlength=${asked.maxLength ?? nothing} ?disabled=${asked.isOff ?? false}
        aria-invalid=${error ? 'true' : nothing} aria-describedby=${described || nothing} aria-busy=${asked.isBusy ? 'true' : nothing}
        @input=${(event: Event) => onInput((event.target as HTMLInputElement).value)}
        @change=${() => onLeave?.()}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'Enter' && !event.isComposing) onEnter?.();
        }} />
      ${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}
      ${error ? html`<p class="error" id="${id}-error">${spoken(error)}</p>` : nothing}
    </div>
  </td>`;
}
