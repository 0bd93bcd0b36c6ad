/** Who pays: e-mail, name, phone, as the link asks for them. */
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { errorOf, type FormView, faultOf, hintId, textOf } from './view.js';

const fields = [
  { field: 'email', type: 'email', autocomplete: 'email', inputmode: 'email' },
  { field: 'name', type: 'text', autocomplete: 'name', inputmode: 'text' },
  { field: 'phone', type: 'tel', autocomplete: 'tel', inputmode: 'tel' },
] as const;

export const customer = (view: FormView) =>
  html`${fields.map((field) =>
    view.link.collect[field.field] === 'none' ? nothing : textField(view, field),
  )}`;

function textField(
  view: FormView,
  { field, type, autocomplete, inputmode }: (typeof fields)[number],
) {
  const { draft, speech, link } = view;
  const isOptional = link.collect[field] === 'optional';
  const { box, invalid, describedBy } = faultOf(view, field, isOptional ? field : undefined);
  return html`
    <div class="field" part="field">
      <div class="label-row">
        <label for=${field} part="label">${speech.say(field)}</label>
        ${
          isOptional
            ? html`<span class="hint" id=${hintId(field)}>${speech.say('optional')}</span>`
            : nothing
        }
      </div>
      <div class=${box}>
        <input
          id=${field}
          part="input"
          name=${field}
          type=${type}
          inputmode=${inputmode}
          autocomplete=${autocomplete}
          autocapitalize=${field === 'name' ? 'words' : 'off'}
          spellcheck="false"
          maxlength=${field === 'phone' ? 40 : field === 'name' ? 200 : 254}
          .value=${live(draft[field])}
          ?required=${!isOptional}
          aria-invalid=${invalid}
          aria-describedby=${describedBy}
          @input=${(event: Event) => {
            const text = textOf(event);
            view.edit(field, (now) => ({ ...now, [field]: text }));
          }}
          @blur=${() => draft[field].trim() && view.leave(field)}
        />
      </div>
      ${errorOf(view, field)}
    </div>
  `;
}
