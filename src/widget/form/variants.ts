/** The option axes of an item: size, colour. What cannot be had is marked, and still within reach. */
import { html, nothing } from 'lit';
import type { LinkItem, Variant } from '../../contract/index.js';
import { editItem, type ItemDraft } from '../checkout/draft.js';
import { type Choice, radios } from './radios.js';
import type { FormView } from './view.js';

export function variants(view: FormView, item: LinkItem, chosen: ItemDraft) {
  if (item.variants.length < 2 || !item.options.length) return nothing;
  const field = `${item.id}.variant`;
  const problem = view.problemOf(field);
  return html`${item.options.map(({ name, values }, index) =>
    radios(view, {
      field,
      name: `${item.id}.${index}`,
      legend: name,
      choices: values.map((value) => choiceOf(view, item, chosen, name, value)),
      chosen: chosen.attributes[name],
      onChoose: (value) =>
        view.edit(field, (now) =>
          editItem(now, item.id, ({ attributes }) => ({
            attributes: { ...attributes, [name]: value },
          })),
        ),
      isPart: !problem || index < item.options.length - 1,
    }),
  )}`;
}

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
