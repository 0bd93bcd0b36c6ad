/** The option axes of an item: size, colour. What cannot be had is marked, and still within reach. */
import { html, nothing } from 'lit';
import type { LinkItem, Variant } from '../../contract/index.js';
import { chooseValue, editItem, type ItemDraft } from '../checkout/draft.js';
import { listbox } from './listbox.js';
import { type Choice, radios } from './radios.js';
import type { FormView } from './view.js';

/** Beyond so many values a list that opens is quicker to read than a wall of buttons. */
const most = 6;

export function variants(view: FormView, item: LinkItem, chosen: ItemDraft) {
  if (item.variants.length < 2 || !item.options.length) return nothing;
  const field = `${item.id}.variant`;
  const problem = view.problemOf(field);
  return item.options.map(({ name, values, swatches }, index) =>
    (values.length > most && 'popover' in HTMLElement.prototype ? listbox : radios)(view, {
      field,
      name: `${item.id}.${index}`,
      legend: name,
      choices: values.map((value) => ({
        ...choiceOf(view, item, chosen, name, value),
        look: swatch(colourOf(value, values, swatches)),
      })),
      chosen: chosen.attributes[name],
      onChoose: (value) =>
        view.edit(field, (now) =>
          editItem(now, item.id, ({ attributes }) => ({
            attributes: chooseValue(item, attributes, name, value),
          })),
        ),
      isPart: !problem || index < item.options.length - 1,
    }),
  );
}

/** As the merchant gave it; else its name, on an axis where every name is that of a colour. */
function colourOf(value: string, values: string[], swatches: Record<string, string> = {}) {
  const own = (text: string) => (Object.hasOwn(swatches, text) ? swatches[text] : undefined);
  const isColour = (text: string) => own(text) ?? CSS.supports('color', text);
  return own(value) ?? (values.every(isColour) ? value : undefined);
}

/** Drawn, not styled: a strict policy of the page forbids `style`. */
const swatch = (colour: string | undefined) =>
  colour
    ? html`<svg class="swatch" viewBox="0 0 2 2" aria-hidden="true">
        <circle cx="1" cy="1" r="1" fill=${colour} />
      </svg>`
    : nothing;

function choiceOf(
  { speech, link }: FormView,
  item: LinkItem,
  { attributes }: ItemDraft,
  name: string,
  value: string,
): Choice {
  const wanted = { ...attributes, [name]: value };
  const variant = item.variants.find((candidate) => fits(candidate, wanted));
  const caption = value;
  if (!variant) return { value, caption, more: speech.say('unavailable'), isGone: true };
  if (variant.stock === 0) return { value, caption, more: speech.say('soldOut'), isGone: true };
  const isPriced = item.variants.some(({ unitAmount }) => unitAmount !== variant.unitAmount);
  const isOnlyAxis = item.options.length === 1;
  return {
    value,
    caption,
    more:
      isOnlyAxis && isPriced && variant.unitAmount !== null
        ? speech.money(variant.unitAmount, link.currency)
        : undefined,
  };
}

const fits = (variant: Variant, wanted: Readonly<Record<string, string>>) =>
  Object.entries(variant.attributes).every(
    ([name, value]) => wanted[name] === undefined || wanted[name] === value,
  );
