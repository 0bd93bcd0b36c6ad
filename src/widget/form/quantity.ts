/** How many: stepped or typed, within the merchant's limits and what is left. */
import { html, nothing } from 'lit';
import type { LinkItem } from '../../contract/index.js';
import {
  editItem,
  type ItemDraft,
  mostOf,
  startsFromNone,
  variantChosen,
} from '../checkout/draft.js';
import { readQuantity } from '../checkout/reading.js';
import { errorOf, type FormView, faultOf, hintId, textOf } from './view.js';

/** Below this, what is left is worth telling. */
const few = 10;

export function quantity(view: FormView, item: LinkItem, chosen: ItemDraft) {
  if (!item.adjustableQuantity) return nothing;
  const { speech } = view;
  const { name } = item;
  const field = `${item.id}.quantity`;
  const variant = variantChosen(item, chosen.attributes);
  const most = mostOf(item, variant);
  const least = startsFromNone(item) ? 0 : Math.max(1, item.minQuantity);
  const typed = readQuantity(chosen.quantity) ?? least;
  const hint = hintOf(view, item, most);
  // Nothing was taken at all: every count could mend that.
  const faulty = startsFromNone(item) && view.problemOf('items') ? 'items' : field;
  const { box, invalid, describedBy } = faultOf(view, faulty, hint !== nothing ? field : undefined);
  const set = (text: string) =>
    view.edit(field, (now) => editItem(now, item.id, () => ({ quantity: text })));
  const step = (by: number) => {
    const next = Math.min(Math.max(typed + by, least), most ?? typed + by);
    if (next !== typed || String(next) !== chosen.quantity) set(String(Math.max(next, 0)));
  };
  const button = (by: number, sign: string, label: string, isEnd: boolean) =>
    html`<button
      type="button"
      aria-label=${label}
      aria-disabled=${isEnd}
      @click=${() => !isEnd && step(by)}
    >
      ${sign}
    </button>`;
  const isFull = most !== null && typed >= most;
  return html`
    <div class="field quantity" part="field quantity">
      <label for=${field} part="label">
        ${speech.say('quantity')}<span class="visually-hidden"> · ${name}</span>
      </label>
      <div class="stepper ${box}">
        ${button(-1, '−', speech.say('fewer', { name }), typed <= least)}
        <input
          id=${field}
          part="input"
          type="text"
          inputmode="numeric"
          autocomplete="off"
          maxlength="6"
          .value=${chosen.quantity}
          aria-invalid=${invalid}
          aria-describedby=${describedBy}
          @input=${(event: Event) => set(textOf(event))}
          @blur=${() => view.leave(field)}
          @keydown=${(event: KeyboardEvent) => {
            const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
            if (!by) return;
            event.preventDefault();
            step(by);
          }}
        />
        ${button(1, '+', speech.say('more', { name }), isFull)}
      </div>
      ${hint === nothing ? nothing : html`<div class="hint" id=${hintId(field)}>${hint}</div>`}
      ${errorOf(view, field)}
    </div>
  `;
}

function hintOf({ speech }: FormView, item: LinkItem, most: number | null) {
  if (most === null || most === 0) return nothing;
  const isStock = item.maxQuantity === null || most < item.maxQuantity;
  if (isStock) return most <= few ? speech.count('left', most) : nothing;
  return speech.count('atMost', most);
}
