/** What buyers choose of a product: size, colour; each value typed after the other. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { afterPress } from '../parts/after-press.js';
import { idOf, textField, tick } from '../parts/field.js';
import { stayNear } from '../parts/stay-near.js';
import { spoken } from '../trouble.js';
import { isAboutColors } from './colors.js';
import { type DraftAxis, emptyAxis, guessed, swatchOf, withTyped } from './draft.js';
import type { Writing } from './sections.js';

const mostAxes = 5;

export function axes(writing: Writing, onAdd: () => void): TemplateResult {
  const { desk, draft, change } = writing;
  const { products: says } = desk.words;
  const add = () => {
    change({ axes: [...draft.axes, emptyAxis()] });
    onAdd();
  };
  return html`<fieldset class="items">
    <legend>${says.optionsTitle} <span class="optional">(${desk.words.common.optional})</span></legend>
    <p class="hint">${says.optionsHint}</p>
    ${repeat(
      draft.axes,
      ({ key }) => key,
      (axis, index) => axisOf(writing, axis, index),
    )}
    ${
      draft.axes.length < mostAxes
        ? html`<p><button class="secondary" type="button" @click=${add}>${says.addOption}</button></p>`
        : nothing
    }
  </fieldset>`;
}

function axisOf(writing: Writing, axis: DraftAxis, index: number): TemplateResult {
  const { desk, draft, mistakes, change, leave } = writing;
  const { products: says, common } = desk.words;
  // From what is there by then: a field that is left may be heard after the press that left it.
  const set: Axis['set'] = (update) =>
    change(({ axes: all }) => ({
      axes: all.map((one) => (one.key === axis.key ? update(one) : one)),
    }));
  const colors = (isColor: boolean) =>
    set((one) => ({ ...one, isColor, ...(isColor && { swatches: guessed(one, one.values) }) }));
  const remove = () => change({ axes: draft.axes.filter(({ key }) => key !== axis.key) });
  return html`<section class="item" aria-label=${axis.name || says.option(index + 1)}>
    <div class="item-head">
      <p class="item-name">${axis.name || says.option(index + 1)}</p>
      <button class="quiet" type="button" aria-label=${says.removeOption(axis.name)}
        @click=${(event: Event) => stayNear(event, remove)}>${common.remove}</button>
    </div>
    ${textField({
      ...{ name: `axes.${index}.name`, label: says.optionName, hint: says.optionNameHint },
      ...{ value: axis.name, error: mistakes[`axes.${index}.name`], maxLength: 60 },
      onInput: (name) => set((one) => ({ ...one, name })),
      onLeave: () => {
        leave(`axes.${index}.name`);
        if (isAboutColors(axis.name) && !axis.isColor) colors(true);
      },
    })}
    ${valuesOf(writing, { axis, index, set })}
    ${tick({
      ...{ name: `axes.${index}.isColor`, label: says.areColors, isTicked: axis.isColor },
      onChange: colors,
    })}
  </section>`;
}

interface Axis {
  readonly axis: DraftAxis;
  readonly index: number;
  set(update: (axis: DraftAxis) => DraftAxis): void;
}

function valuesOf({ desk, mistakes, leave }: Writing, { axis, index, set }: Axis): TemplateResult {
  const { products: says } = desk.words;
  const path = `axes.${index}.values`;
  const id = idOf(path);
  const error = mistakes[path];
  const onInput = (event: Event) => {
    const typed = (event.target as HTMLInputElement).value;
    // A comma ends a value.
    const isEnded = /[,;\n，、،]/.test(typed);
    set((one) => (isEnded ? withTyped({ ...one, typed }) : { ...one, typed }));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'Enter') {
      // It adds the value, and does not send the form.
      event.preventDefault();
      set(withTyped);
    } else if (event.key === 'Backspace' && !axis.typed && axis.values.length) {
      // The last one comes back to be written otherwise.
      event.preventDefault();
      set((one) => ({ ...one, typed: one.values.at(-1) ?? '', values: one.values.slice(0, -1) }));
    }
  };
  const onLeave = () => {
    set(withTyped);
    leave(path);
  };
  return html`<div class="field">
    <label for=${id}>${says.values}</label>
    ${axis.values.length ? chips({ desk, axis, set, inputId: id }) : nothing}
    <input id=${id} name=${path} type="text" autocomplete="off" .value=${live(axis.typed)}
      aria-invalid=${error ? 'true' : nothing} aria-describedby="${error ? `${id}-error ` : ''}${id}-hint"
      @input=${onInput} @keydown=${onKeyDown} @change=${() => afterPress(onLeave)} />
    <p class="hint" id="${id}-hint">${says.valuesHint}</p>
    ${error ? html`<p class="error" id="${id}-error">${spoken(error)}</p>` : nothing}
  </div>`;
}

interface Chips extends Omit<Axis, 'index'> {
  readonly desk: Writing['desk'];
  readonly inputId: string;
}

function chips({ desk, axis, set, inputId }: Chips): TemplateResult {
  const { products: says } = desk.words;
  const remove = (value: string) => {
    set((one) => ({ ...one, values: one.values.filter((other) => other !== value) }));
    // The button that was pressed is gone.
    document.getElementById(inputId)?.focus();
  };
  const paint = (value: string, color: string) =>
    set((one) => ({ ...one, swatches: { ...one.swatches, [value]: color } }));
  return html`<ul class="chips" aria-label=${says.valuesGiven}>
    ${repeat(
      axis.values,
      (value) => value,
      (value) => html`<li class="chip">
        ${
          axis.isColor
            ? html`<input type="color" aria-label=${says.colorOf(value)} class=${swatchOf(axis, value) ? '' : 'unset'}
              .value=${swatchOf(axis, value) ?? '#888888'}
              @input=${(event: Event) => paint(value, (event.target as HTMLInputElement).value)} />`
            : nothing
        }
        <span>${value}</span>
        <button class="quiet" type="button" aria-label=${says.removeValue(value)} @click=${() => remove(value)}>×</button>
      </li>`,
    )}
  </ul>`;
}
