import { html, type TemplateResult } from 'lit';
import {
  linkStatuses,
  linkTypes,
  type MerchantLink,
  merchantLinkSchema,
} from '../../contract/index.js';
import type { News } from '../desk.js';
import { copyButton } from '../parts/copy-button.js';
import { idOf } from '../parts/field.js';
import { Listing } from '../parts/listing.js';
import { rowId } from '../parts/more.js';
import { day, linkStatus, money } from '../parts/shown.js';
import { addressOf } from '../place.js';
import { picked } from '../sales/list-parts.js';
import { ListPage } from './list-page.js';

/** What changes a row of the list. */
const isAboutLinks = /^(payment_link|checkout_session|payment|desk)\./;
const typingMs = 250;

/** @summary The merchant's links: found, and followed as they are paid. */
export class DeskLinks extends ListPage<MerchantLink> {
  protected override readonly address = addressOf('links');

  protected override readonly listing: Listing<MerchantLink> = new Listing<MerchantLink>(this, {
    ask: (cursor, signal) =>
      this.desk.api.list(merchantLinkSchema(), '/v1/payment-links', {
        query: { ...this.query, limit: 50, cursor },
        signal,
      }),
    fail: (error) => this.desk.sayTrouble(error),
  });

  #typing: ReturnType<typeof setTimeout> | undefined;

  protected override get says() {
    const { links } = this.desk.words;
    return { ...links, showAll: links.clearFilters };
  }

  protected override get query() {
    const { query } = this.desk.place;
    return {
      search: query.get('search')?.trim() || undefined,
      type: picked(query, 'type', linkTypes),
      status: picked(query, 'status', linkStatuses),
    };
  }

  protected override hear({ type }: News): void {
    if (isAboutLinks.test(type)) this.listing.refreshSoon();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
  }

  protected override actions(): TemplateResult {
    return html`<a class="button primary" href=${addressOf('links', 'new')}>${this.says.create}</a>`;
  }

  /** What a new merchant meets: the three things a link can be for. */
  protected override beginning(): TemplateResult {
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

  protected override filters(): TemplateResult {
    const { words } = this.desk;
    const { type = '', status = '' } = this.query;
    // As it was typed: a space at its end may be followed by a word.
    const search = this.desk.place.query.get('search') ?? '';
    const chooser = (
      name: 'type' | 'status',
      label: string,
      value: string,
      all: Record<string, string>,
      order: readonly string[],
    ) =>
      html`<div class="field">
        <label for=${idOf(name)}>${label}</label>
        <select id=${idOf(name)} @change=${(event: Event) => this.look(name, (event.target as HTMLSelectElement).value)}>
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
            this.#typing = setTimeout(() => this.look('search', value), typingMs);
          }} />
      </div>
      ${chooser('type', words.links.filterType, type, words.type, linkTypes)}
      ${chooser('status', words.links.filterStatus, status, words.status, linkStatuses)}
    </search>`;
  }

  protected override table(links: readonly MerchantLink[]): TemplateResult {
    const { words } = this.desk;
    const { says } = this;
    return html`<table class="list">
      <thead><tr>
        <th scope="col">${says.name}</th>
        <th scope="col">${says.statusColumn}</th>
        <th scope="col" class="number">${says.uses}</th>
        <th scope="col" class="number">${says.collected}</th>
        <th scope="col">${says.lastPayment}</th>
        <th scope="col"><span class="visually-hidden">${words.common.copy}</span></th>
      </tr></thead>
      <tbody>${links.map((link) => this.#row(link))}</tbody>
    </table>`;
  }

  #row(link: MerchantLink): TemplateResult {
    const { words } = this.desk;
    const says = words.links;
    return html`<tr id=${rowId(link)}>
      <th scope="row"><a href=${addressOf('links', link.id)}>${link.name}</a> <span class="hint">${words.type[link.type]}</span></th>
      <td data-label=${says.statusColumn}>${linkStatus(this.desk, link.status)}</td>
      <td class="number" data-label=${says.uses}>${says.ofUses(link.redemptionCount, link.maxRedemptions)}</td>
      <td class="number" data-label=${says.collected}>${money(this.desk, link.collectedAmount, link.currency)}</td>
      <td data-label=${says.lastPayment}>${link.lastPaymentAt ? day(this.desk, link.lastPaymentAt) : html`<span class="hint">${words.common.never}</span>`}</td>
      <td class="actions">${copyButton(this.desk, { text: link.url, label: says.copyUrl(link.name) })}</td>
    </tr>`;
  }
}
