import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import {
  linkStatuses,
  linkTypes,
  type MerchantLink,
  merchantLinkSchema,
} from '../../contract/index.js';
import { again } from '../parts/again.js';
import { copyButton } from '../parts/copy-button.js';
import { idOf } from '../parts/field.js';
import { refreshed } from '../parts/listing.js';
import { day, linkStatus, money } from '../parts/shown.js';
import { addressOf } from '../place.js';
import { DeskPage } from './desk-page.js';

/** What changes a row of the list. */
const isAboutLinks = /^(payment_link|checkout_session|payment|desk)\./;
const typingMs = 250;

/** @summary The merchant's links: found, and followed as they are paid. */
export class DeskLinks extends DeskPage {
  static override properties: PropertyDeclarations = {
    ...DeskPage.properties,
    links: { state: true },
    nextCursor: { state: true },
    isBusy: { state: true },
    hasFailed: { state: true },
  };

  /** Undefined until they are known. */
  declare links: readonly MerchantLink[] | undefined;
  declare nextCursor: string | null;
  declare isBusy: boolean;
  /** The list could not be read: that is not an empty one. */
  declare hasFailed: boolean;

  #asking: AbortController | undefined;
  #typing: ReturnType<typeof setTimeout> | undefined;
  #stale: ReturnType<typeof setTimeout> | undefined;

  get #query() {
    const { query } = this.desk.place;
    const of = (name: string) => query.get(name) || undefined;
    return { search: of('search'), type: of('type'), status: of('status') };
  }

  get #isFiltered(): boolean {
    return Object.values(this.#query).some(Boolean);
  }

  protected override open(): void {
    this.nameTab(this.desk.words.links.title);
    void this.#read();
  }

  /** Several things happen with one payment: read once for all of them. */
  protected override hear({ type }: { type: string }): void {
    if (!isAboutLinks.test(type)) return;
    clearTimeout(this.#stale);
    this.#stale = setTimeout(() => void this.#refresh(), 300);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#stale);
    clearTimeout(this.#typing);
    this.#asking?.abort();
  }

  async #read(): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.isBusy = true;
    const page = await this.attempt(() => this.#page(undefined, asking.signal));
    if (asking.signal.aborted) return;
    this.isBusy = false;
    this.hasFailed = !page;
    if (!page) return;
    this.links = page.data;
    this.nextCursor = page.nextCursor;
  }

  #page(cursor: string | undefined, signal: AbortSignal) {
    const query = { ...this.#query, limit: 50, cursor };
    return this.desk.api.list(merchantLinkSchema(), '/v1/payment-links', { query, signal });
  }

  async #more(): Promise<void> {
    const { nextCursor, links = [] } = this;
    if (!nextCursor) return;
    this.isBusy = true;
    const page = await this.attempt(() => this.#page(nextCursor, this.leaving.signal));
    this.isBusy = false;
    if (!page) return;
    this.links = [...links, ...page.data];
    this.nextCursor = page.nextCursor;
    await this.updateComplete;
    // On from the first of those that have come.
    this.querySelector<HTMLElement>(`#link-${page.data[0]?.id} a`)?.focus();
  }

  /** The first ones anew; what was read on to stays under them as it was. */
  async #refresh(): Promise<void> {
    const page = await this.#page(undefined, this.leaving.signal).catch(() => undefined);
    if (!page || !this.links) return;
    const { rows, nextCursor } = refreshed({ data: this.links, nextCursor: this.nextCursor }, page);
    this.links = rows;
    this.nextCursor = nextCursor;
  }

  #look(name: string, value: string): void {
    const query = new URLSearchParams(this.desk.place.query);
    if (value) query.set(name, value);
    else query.delete(name);
    const text = query.toString();
    this.desk.go(`${addressOf('links')}${text ? `?${text}` : ''}`, { instead: true });
    void this.updateComplete.then(() => this.#read());
  }

  protected override render(): TemplateResult {
    const { words } = this.desk;
    const isFirst = this.links?.length === 0 && !this.#isFiltered && !this.hasFailed;
    return html`<div class="page-head">
        <h1>${words.links.title}</h1>
        ${isFirst ? nothing : html`<a class="button primary" href=${addressOf('links', 'new')}>${words.links.create}</a>`}
      </div>
      ${isFirst ? this.#beginning() : [this.#filters(), this.#table()]}`;
  }

  /** What a new merchant meets: the three things a link can be for. */
  #beginning(): TemplateResult {
    const { links: says } = this.desk.words;
    const way = (type: string, title: string, text: string) =>
      html`<li><a class="way" href="${addressOf('links', 'new')}?type=${type}"><strong>${title}</strong> <span>${text}</span></a></li>`;
    return html`<section class="panel beginning" aria-labelledby="beginning-title">
      <h2 id="beginning-title">${says.emptyTitle}</h2>
      <p class="lead">${says.emptyText}</p>
      <ul class="ways-in">
        ${way('amount', says.askAmount, says.askAmountText)}
        ${way('product', says.sellProduct, says.sellProductText)}
        ${way('subscription', says.startSubscription, says.startSubscriptionText)}
      </ul>
    </section>`;
  }

  #filters(): TemplateResult {
    const { words } = this.desk;
    const { search = '', type = '', status = '' } = this.#query;
    const chooser = (
      name: 'type' | 'status',
      label: string,
      value: string,
      all: Record<string, string>,
      order: readonly string[],
    ) =>
      html`<div class="field">
        <label for=${idOf(name)}>${label}</label>
        <select id=${idOf(name)} @change=${(event: Event) => this.#look(name, (event.target as HTMLSelectElement).value)}>
          <option value="" .selected=${!value}>${words.common.all}</option>
          ${order.map((one) => html`<option value=${one} .selected=${one === value}>${all[one]}</option>`)}
        </select>
      </div>`;
    return html`<search class="filters">
      <div class="field wide">
        <label for=${idOf('search')}>${words.links.searchLabel}</label>
        <input id=${idOf('search')} type="search" .value=${search} maxlength="100" autocomplete="off"
          @input=${(event: Event) => {
            const { value } = event.target as HTMLInputElement;
            clearTimeout(this.#typing);
            this.#typing = setTimeout(() => this.#look('search', value.trim()), typingMs);
          }} />
      </div>
      ${chooser('type', words.links.filterType, type, words.type, linkTypes)}
      ${chooser('status', words.links.filterStatus, status, words.status, linkStatuses)}
    </search>`;
  }

  #table(): TemplateResult {
    const { words } = this.desk;
    if (this.hasFailed) return again(this.desk, () => this.#read());
    if (!this.links) return html`<p class="waiting" role="status">${words.common.loading}</p>`;
    if (!this.links.length)
      return html`<div class="panel"><p>${words.links.nothingFound}</p>
        <p><a href=${addressOf('links')} @click=${() => setTimeout(() => this.#read())}>${words.links.clearFilters}</a></p></div>`;
    return html`<p class="visually-hidden" role="status">${words.links.shown(this.links.length)}</p>
      <div class="panel flush" aria-busy=${this.isBusy ? 'true' : nothing}>
      <table class="list">
        <thead><tr>
          <th scope="col">${words.links.name}</th>
          <th scope="col">${words.links.statusColumn}</th>
          <th scope="col" class="number">${words.links.uses}</th>
          <th scope="col" class="number">${words.links.collected}</th>
          <th scope="col">${words.links.lastPayment}</th>
          <th scope="col"><span class="visually-hidden">${words.common.copy}</span></th>
        </tr></thead>
        <tbody>${this.links.map((link) => this.#row(link))}</tbody>
      </table>
      ${this.nextCursor ? html`<p class="more"><button class="secondary" type="button" @click=${this.#more}>${words.common.more}</button></p>` : nothing}
    </div>`;
  }

  #row(link: MerchantLink): TemplateResult {
    const { words } = this.desk;
    const says = words.links;
    return html`<tr id="link-${link.id}">
      <th scope="row"><a href=${addressOf('links', link.id)}>${link.name}</a> <span class="hint">${words.type[link.type]}</span></th>
      <td data-label=${says.statusColumn}>${linkStatus(this.desk, link.status)}</td>
      <td class="number" data-label=${says.uses}>${says.ofUses(link.redemptionCount, link.maxRedemptions)}</td>
      <td class="number" data-label=${says.collected}>${money(this.desk, link.collectedAmount, link.currency)}</td>
      <td data-label=${says.lastPayment}>${link.lastPaymentAt ? day(this.desk, link.lastPaymentAt) : html`<span class="hint">${words.common.never}</span>`}</td>
      <td class="actions">${copyButton(this.desk, { text: link.url, label: says.copyUrl(link.name) })}</td>
    </tr>`;
  }
}
