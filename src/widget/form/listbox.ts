/** One of many values: a button that opens a list beside itself, in the top layer. */
import { html, nothing } from 'lit';
import { anchor } from '../anchored-panel.js';
import type { Choices } from './radios.js';
import { errorOf, type FormView, faultOf } from './view.js';

const panelOf = (button: HTMLElement) => button.nextElementSibling as HTMLElement;
const buttonOf = (panel: HTMLElement) => panel.previousElementSibling as HTMLElement;

export function listbox(view: FormView, group: Choices) {
  const { field, name, legend, choices, chosen, onChoose, isPart } = group;
  const { box, invalid, describedBy } = faultOf(view, field);
  const current = choices.find(({ value }) => value === chosen);
  const take = (value: string, event: Event) => {
    onChoose(value);
    const panel = (event.target as HTMLElement).closest<HTMLElement>('[popover]')!;
    buttonOf(panel).focus();
    panel.hidePopover();
  };
  return html`<div class="field" part="field">
    <span class="label" part="label" id="${name}-legend">${legend}</span>
    <button
      id=${name}
      type="button"
      class="${box} list"
      part="input"
      aria-haspopup="listbox"
      aria-expanded="false"
      aria-labelledby="${name}-legend ${name}"
      aria-invalid=${isPart ? nothing : invalid}
      aria-describedby=${isPart ? nothing : describedBy}
      @click=${({ currentTarget }: Event) => panelOf(currentTarget as HTMLElement).togglePopover()}
      @keydown=${(event: KeyboardEvent) => {
        if (!event.key.startsWith('Arrow')) return;
        event.preventDefault();
        panelOf(event.currentTarget as HTMLElement).showPopover();
      }}
    >
      <span class="caption">${current?.look}${current?.caption ?? '–'}</span>
    </button>
    <div
      popover
      role="listbox"
      class="panel"
      aria-labelledby="${name}-legend"
      @toggle=${onToggle}
      @keydown=${onKey}
    >
      ${choices.map(
        ({ value, caption, more, isGone, look }) => html`<div
          role="option"
          tabindex="-1"
          class=${isGone ? 'gone' : ''}
          part="option"
          aria-selected=${value === chosen}
          @click=${(event: Event) => take(value, event)}
        >
          ${look}<span class="caption">${caption}</span>
          ${more ? html`<span class="more">${more}</span>` : nothing}
        </div>`,
      )}
    </div>
    ${isPart ? nothing : errorOf(view, field)}
  </div>`;
}

const released = new WeakMap<HTMLElement, () => void>();

function onToggle(event: ToggleEvent): void {
  const panel = event.currentTarget as HTMLElement;
  const isOpen = event.newState === 'open';
  buttonOf(panel).setAttribute('aria-expanded', String(isOpen));
  released.get(panel)?.();
  if (!isOpen) return;
  released.set(panel, anchor(panel, buttonOf(panel)));
  const option =
    panel.querySelector<HTMLElement>('[aria-selected=true]') ?? panel.firstElementChild;
  (option as HTMLElement).focus();
}

/** As in the ARIA practices: arrows, both ends, the first letter, and out again. */
function onKey(event: KeyboardEvent): void {
  const panel = event.currentTarget as HTMLElement;
  const options = [...panel.children] as HTMLElement[];
  const at = options.indexOf(event.target as HTMLElement);
  const { key } = event;
  const moves: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: options.length - 1,
  };
  const starts = [...options.slice(at + 1), ...options.slice(0, at + 1)].find((option) =>
    option.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()),
  );
  const next = key in moves ? options[moves[key] ?? 0] : key.length === 1 && key !== ' ' && starts;
  if (next) next.focus();
  else if (key === 'Enter' || key === ' ') options[at]?.click();
  else if (key === 'Tab') {
    buttonOf(panel).focus();
    panel.hidePopover();
    return;
  } else if (!(key in moves)) return;
  event.preventDefault();
}
