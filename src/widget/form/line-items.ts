/** What is sold: a card for each item with its picture, price, variants and quantity. */
import { html, nothing } from 'lit';
import { type CatalogueLink, type LinkItem, unitAmountOf } from '../../contract/index.js';
import {
  editItem,
  type ItemDraft,
  priceChosen,
  pricesUnder,
  variantChosen,
} from '../checkout/draft.js';
import { picture } from './picture.js';
import { quantity } from './quantity.js';
import { radios } from './radios.js';
import { variants } from './variants.js';
import { errorOf, type FormView, faultOf, isChecked } from './view.js';

export function lineItems(view: FormView, link: CatalogueLink) {
  return html`<div class="items">
    ${link.items.map((item) => lineItem(view, item))} ${errorOf(view, 'items')}
  </div>`;
}

function lineItem(view: FormView, item: LinkItem) {
  const chosen = view.draft.items[item.id];
  if (!chosen) return nothing;
  const variant = variantChosen(item, chosen.attributes);
  const { speech } = view;
  const isGone = item.variants.every(({ stock }) => stock === 0);
  return html`
    <section class="item" aria-label=${item.name}>
      <div class="about">
        ${picture(variant?.imageUrl ?? item.imageUrl, 'thumb')}
        <div class="words">
          <div class="name">${item.name}</div>
          ${item.description ? html`<div class="hint">${item.description}</div>` : nothing}
          ${isGone ? html`<div class="hint">${speech.say('soldOut')}</div>` : nothing}
        </div>
        <div class="price">${priceText(view, item, chosen)}</div>
      </div>
      ${item.isOptional && (chosen.isIncluded || !isGone) ? optionalSwitch(view, item, chosen) : nothing}
      ${chosen.isIncluded ? choices(view, item, chosen) : nothing}
    </section>
  `;
}

function choices(view: FormView, item: LinkItem, chosen: ItemDraft) {
  return html`${variants(view, item, chosen)} ${prices(view, item)}
  ${quantity(view, item, chosen)}
  ${item.adjustableQuantity ? nothing : errorOf(view, `${item.id}.quantity`)}`;
}

/** Several prices that are billed alike: the buyer says which. */
function prices(view: FormView, item: LinkItem) {
  const { draft, speech, link } = view;
  const offered = pricesUnder(item, draft.billing);
  const field = `${item.id}.price`;
  if (offered.length < 2) return errorOf(view, field);
  return radios(view, {
    field,
    name: field,
    legend: speech.say('price'),
    choices: offered.map(({ id, unitAmount }) => ({
      value: id,
      caption: speech.money(unitAmount, link.currency),
    })),
    chosen: priceChosen(item, draft)?.id,
    onChoose: (id) => {
      const price = offered.find((one) => one.id === id);
      if (price) view.edit(field, (now) => editItem(now, item.id, () => ({ priceId: price.id })));
    },
  });
}

function optionalSwitch(view: FormView, item: LinkItem, { isIncluded }: ItemDraft) {
  const { invalid, describedBy } = faultOf(view, 'items');
  return html`<label class="check">
    <input
      type="checkbox"
      .checked=${isIncluded}
      aria-invalid=${invalid}
      aria-describedby=${describedBy}
      @change=${(event: Event) => {
        const isWanted = isChecked(event);
        view.edit(`${item.id}.quantity`, (now) =>
          editItem(now, item.id, () => ({ isIncluded: isWanted })),
        );
      }}
    />
    <span>${view.speech.say('add', { name: item.name })}</span>
  </label>`;
}

function priceText({ draft, speech, link }: FormView, item: LinkItem, chosen: ItemDraft) {
  const variant = variantChosen(item, chosen.attributes);
  const price = priceChosen(item, draft);
  if (!variant) return speech.say('from', { price: speech.money(item.unitAmount, link.currency) });
  const amount = unitAmountOf(item, {
    itemId: item.id,
    skuId: variant.id,
    ...(price && { priceId: price.id }),
    quantity: 1,
  });
  const money = speech.money(amount, link.currency);
  if (!price?.interval) return money;
  const every = speech.every({ interval: price.interval, intervalCount: price.intervalCount ?? 1 });
  return html`${money} <span class="hint">${every}</span>`;
}
