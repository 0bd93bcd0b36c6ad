/** The form a buyer without JavaScript uses, where the link asks for no choice a plain form cannot offer. */
import { html } from 'hono/html';
import {
  formatMoney,
  type LinkItem,
  type OpenLink,
  type Requirement,
  type Selection,
  totals,
} from '../../contract/index.js';
import type { Html } from './dates.js';
import type { HostedPageView } from './hosted-view.js';
import { type PageLocale, type Words, wordsIn } from './words.js';

/** The one item of the link, when there is nothing to choose but how many. */
const plainItem = (link: OpenLink): LinkItem | undefined => {
  if (link.type === 'amount' || link.items.length !== 1) return undefined;
  const [item] = link.items;
  return item?.variants.length === 1 && item.prices.length === 1 ? item : undefined;
};

/** Whether name, e-mail, phone and a quantity say all there is to say. */
export const fitsPlainForm = (link: OpenLink): boolean =>
  (link.type === 'amount' ? link.amount !== null : plainItem(link) !== undefined) &&
  !link.collect.billingAddress &&
  !link.collect.shippingAddress &&
  !link.collect.customFields.some(({ required }) => required) &&
  !link.collect.terms;

type FormView = Pick<HostedPageView, 'locale' | 'attributes' | 'problem' | 'typed' | 'isEmbedded'>;

export function plainForm(link: OpenLink, view: FormView): Html {
  const words = wordsIn(view.locale);
  const item = plainItem(link);
  const asksQuantity = item?.adjustableQuantity ?? false;
  return html`<form class="plain-form" method="post" action="/p/${link.id}"${view.isEmbedded ? html` target="_top"` : null} data-once>
    ${view.problem ? html`<div class="alert" role="alert" tabindex="-1" data-focus><p>${view.problem.message}</p></div>` : null}
    ${asksQuantity && item ? quantityField(item, view, words) : null}
    ${fields.map(({ name, type, autocomplete }) =>
      textField(
        { name, type, autocomplete, label: labelOf(name, words) },
        link.collect[name],
        view,
      ),
    )}
    <input type="hidden" name="locale" value="${view.locale}">
    ${view.attributes.reference ? html`<input type="hidden" name="reference" value="${view.attributes.reference}">` : null}
    ${link.submitMessage ? html`<p class="hint">${link.submitMessage}</p>` : null}
    <button type="submit" class="primary">${submitLabel(link, asksQuantity ? null : item, view.locale)}</button>
    ${asksQuantity ? html`<p class="hint">${words.secure}</p>` : null}
  </form>`;
}

const fields = [
  { name: 'email', type: 'email', autocomplete: 'email' },
  { name: 'name', type: 'text', autocomplete: 'name' },
  { name: 'phone', type: 'tel', autocomplete: 'tel' },
] as const;

const labelOf = (name: (typeof fields)[number]['name'], words: Words): string =>
  ({ email: words.email, name: words.name, phone: words.phone })[name];

interface TextField {
  name: string;
  type: string;
  autocomplete: string;
  label: string;
}

function textField(field: TextField, requirement: Requirement, view: FormView): Html | null {
  if (requirement === 'none') return null;
  const { name, type, autocomplete, label } = field;
  const value = view.typed[name] ?? view.attributes[`prefill-${name}`] ?? '';
  const isRequired = requirement === 'required';
  return html`<div class="field">
    <label for="${name}">${label}${isRequired ? null : html` <span class="optional">(${wordsIn(view.locale).optional})</span>`}</label>
    <input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" value="${value}"${isRequired ? html` required` : null}${faultOf(name, view)}>
    ${faultText(name, view)}
  </div>`;
}

function quantityField(item: LinkItem, view: FormView, words: Words): Html {
  const value =
    view.typed.quantity ??
    view.attributes['prefill-quantity'] ??
    String(Math.max(1, item.quantity, item.minQuantity));
  const stock = item.variants[0]?.stock ?? null;
  const limits = [item.maxQuantity, stock].filter((limit) => limit !== null);
  const max = limits.length ? html` max="${Math.min(...limits)}"` : null;
  return html`<div class="field">
    <label for="quantity">${words.quantity}</label>
    <input id="quantity" class="short" name="quantity" type="number" inputmode="numeric" required min="${Math.max(1, item.minQuantity)}"${max} value="${value}"${faultOf('quantity', view)}>
    ${faultText('quantity', view)}
  </div>`;
}

const faultOf = (name: string, { problem }: FormView): Html | null =>
  problem?.fields[name]
    ? html` aria-invalid="true" aria-describedby="${name}-error" autofocus`
    : null;

const faultText = (name: string, { problem }: FormView): Html | null =>
  problem?.fields[name]
    ? html`<p id="${name}-error" class="error">${problem.fields[name]}</p>`
    : null;

/** Names what is due now; where the quantity is still open, the next page does. */
function submitLabel(link: OpenLink, item: LinkItem | null | undefined, locale: PageLocale) {
  const words = wordsIn(locale);
  const selection: Selection = item
    ? { items: [{ itemId: item.id, quantity: item.quantity }] }
    : {};
  const total = item === null ? null : totals(link, selection, link.now);
  const amount = total ? formatMoney({ amount: total.total, currency: link.currency }, locale) : '';
  switch (link.submitType) {
    case 'book':
      return words.submit.book(amount);
    case 'donate':
      return words.submit.donate(amount);
    case 'subscribe':
      return words.submit.subscribe();
    case 'auto':
      return link.type === 'subscription' ? words.submit.subscribe() : words.submit.pay(amount);
    case 'pay':
      return words.submit.pay(amount);
  }
}
