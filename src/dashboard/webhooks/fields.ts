/** What an endpoint is asked: where it is, and what it wants to hear. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { type EventType, eventTypes } from '../../contract/index.js';
import { idOf, radios, textField } from '../parts/field.js';
import type { Writing as FormWriting } from '../parts/writing.js';
import type { EndpointDraft } from './draft.js';

type Writing = FormWriting<EndpointDraft>;

const groups = ['payment', 'checkout_session', 'subscription', 'payment_link'] as const;

export function endpointFields(writing: Writing): TemplateResult {
  const { desk, draft, mistakes, change } = writing;
  const says = desk.words.webhooks;
  return html`
    ${textField({
      ...{ name: 'url', label: says.url, hint: says.urlHint, error: mistakes.url },
      ...{ value: draft.url, type: 'url', inputMode: 'url', maxLength: 2000 },
      onInput: (url) => change({ url }),
      onLeave: () => writing.leave('url'),
    })}
    ${radios({
      ...{ name: 'hears', label: says.hears, value: draft.hearsAll ? 'all' : 'some' },
      choices: [
        { value: 'all', label: says.everything },
        { value: 'some', label: says.someThings },
      ],
      onInput: (value) => change({ hearsAll: value === 'all' }),
    })}
    ${draft.hearsAll ? nothing : some(writing)}
  `;
}

function some({ desk, draft, mistakes, change }: Writing): TemplateResult {
  const says = desk.words.webhooks;
  const fault = mistakes.eventTypes;
  const set = (type: EventType, isHeard: boolean) =>
    change({
      eventTypes: isHeard
        ? [...draft.eventTypes, type]
        : draft.eventTypes.filter((one) => one !== type),
    });
  const box = (type: EventType) => html`<label class="tick">
    <input id=${idOf(`eventTypes.${type}`)} type="checkbox" .checked=${live(draft.eventTypes.includes(type))}
      aria-invalid=${fault ? 'true' : nothing} aria-describedby=${fault ? 'field-eventTypes-error' : nothing}
      @change=${(event: Event) => set(type, (event.target as HTMLInputElement).checked)} />
    <span>${says.types[type]} <code>${type}</code></span>
  </label>`;
  return html`<div class="field">
    ${fault ? html`<p class="error" id="field-eventTypes-error">${fault}</p>` : nothing}
    <div class="kinds">
      ${groups.map(
        (group) => html`<fieldset>
          <legend>${says.groups[group]}</legend>
          ${eventTypes.filter((type) => type.startsWith(`${group}.`)).map(box)}
        </fieldset>`,
      )}
    </div>
  </div>`;
}
