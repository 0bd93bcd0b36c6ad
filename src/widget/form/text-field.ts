/** A labelled text box with its hint and its message: the one shape of everything that is typed. */
import { html, nothing } from 'lit';
import { type Field, typedIn } from '../checkout/draft.js';
import { errorOf, type FormView, faultOf, hintId, type } from './view.js';

interface TextField {
  readonly field: Field;
  readonly label: unknown;
  /** How phones and password managers know what goes here. */
  readonly autocomplete: string;
  readonly type?: string;
  readonly inputmode?: string;
  readonly capitalize?: string;
  readonly maxlength?: number;
  readonly isRequired?: boolean;
  /** Said beside the label. */
  readonly isOptional?: boolean;
  /** Inside the box, around the text. */
  readonly before?: unknown;
  readonly after?: unknown;
  readonly hint?: unknown;
  readonly onEnter?: () => void;
}

export function textField(view: FormView, box: TextField) {
  const { field, label, isRequired, isOptional, before, after, hint, onEnter } = box;
  const { speech, draft } = view;
  const isHinted = isOptional || hint !== undefined;
  const { box: look, invalid, describedBy } = faultOf(view, field, isHinted ? field : undefined);
  return html`
    <div class="field" part="field">
      <div class="label-row">
        <label for=${field} part="label">${label}</label>
        ${isOptional ? html`<span class="hint" id=${hintId(field)}>${speech.say('optional')}</span>` : nothing}
      </div>
      <div class=${look}>
        ${before}
        <input
          id=${field}
          part="input"
          name=${field}
          type=${box.type ?? 'text'}
          inputmode=${box.inputmode ?? nothing}
          autocomplete=${box.autocomplete}
          autocapitalize=${box.capitalize ?? 'off'}
          spellcheck="false"
          maxlength=${box.maxlength ?? nothing}
          .value=${typedIn(draft, field)}
          ?required=${isRequired}
          aria-invalid=${invalid}
          aria-describedby=${describedBy}
          @input=${(event: Event) => type(view, field, event)}
          @blur=${() => typedIn(view.draft, field).trim() && view.leave(field)}
          @keydown=${(event: KeyboardEvent) => {
            if (!onEnter || event.key !== 'Enter') return;
            event.preventDefault();
            onEnter();
          }}
        />
        ${after}
      </div>
      ${hint === undefined ? nothing : html`<div class="hint" id=${hintId(field)}>${hint}</div>`}
      ${errorOf(view, field)}
    </div>
  `;
}
