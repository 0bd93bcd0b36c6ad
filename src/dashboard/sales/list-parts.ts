/** What lists of payments and of subscriptions share. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Desk } from '../desk.js';
import { idOf } from '../parts/field.js';
import type { Listed, Listing } from '../parts/listing.js';

/** A value of the address that is one of these. */
export function picked<const Choice extends string>(
  query: URLSearchParams,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const value = query.get(name);
  return choices.find((choice) => choice === value);
}

/** The link that the address names; what can be the name of none is not asked for. */
export const linkIn = (query: URLSearchParams): string | undefined =>
  /^plink_[A-Za-z0-9]{24}$/.exec(query.get('link') ?? '')?.[0];

const chosenIn = (event: Event) => (event.target as HTMLSelectElement).value;

interface StatusFilter<Status extends string> {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly Status[];
  readonly words: Readonly<Record<Status, string>>;
  readonly onPick: (value: string) => void;
}

export const statusFilter = <Status extends string>(
  { words: { common } }: Desk,
  { label, value, choices, words, onPick }: StatusFilter<Status>,
): TemplateResult => html`<div class="field">
  <label for=${idOf('status')}>${label}</label>
  <select id=${idOf('status')} @change=${(event: Event) => onPick(chosenIn(event))}>
    <option value="" .selected=${!value}>${common.all}</option>
    ${choices.map((one) => html`<option value=${one} .selected=${one === value}>${words[one]}</option>`)}
  </select>
</div>`;

interface LinkFilter {
  readonly value: string;
  readonly onPick: (value: string) => void;
}

/** The newest links, and the one that is chosen. */
export function linkFilter(
  { words: { common, sales }, known }: Desk,
  { value, onPick }: LinkFilter,
): TemplateResult {
  const { links, isAll } = known.newestLinks;
  const isOlder = value && !links.some(({ id }) => id === value);
  const id = idOf('link');
  return html`<div class="field">
    <label for=${id}>${sales.payments.filterLink}</label>
    <select id=${id} aria-describedby=${isAll ? nothing : `${id}-hint`} @change=${(event: Event) => onPick(chosenIn(event))}>
      <option value="" .selected=${!value}>${common.all}</option>
      ${isOlder ? html`<option value=${value} .selected=${true}>${known.nameOf(value) ?? '…'}</option>` : nothing}
      ${links.map((link) => html`<option value=${link.id} .selected=${link.id === value}>${link.name}</option>`)}
    </select>
    ${isAll ? nothing : html`<p class="hint" id="${id}-hint">${sales.payments.moreLinks}</p>`}
  </div>`;
}

interface Sold extends Listed {
  readonly status: string;
  readonly paymentLinkId: string;
}

interface Looked {
  readonly status: string | undefined;
  readonly paymentLinkId: string | undefined;
}

/** Something has happened: what has become of a row is shown at once where it still fits, and the newest are read anew. */
export function follow<T extends Sold>(
  listing: Listing<T>,
  told: T | undefined,
  { status, paymentLinkId }: Looked,
): void {
  if (told) {
    const isOther = paymentLinkId && paymentLinkId !== told.paymentLinkId;
    const belongs = !isOther && (!status || status === told.status);
    listing.replace(told.id, belongs ? told : null);
  }
  listing.refreshSoon();
}
