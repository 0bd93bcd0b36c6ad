import { html, nothing, type TemplateResult } from 'lit';
import {
  type Subscription,
  subscriptionSchema,
  subscriptionStatuses,
} from '../../contract/index.js';
import type { News } from '../desk.js';
import { reconnected } from '../live.js';
import { Listing } from '../parts/listing.js';
import { rowId } from '../parts/more.js';
import { day, money, subscriptionStatus } from '../parts/shown.js';
import { addressOf } from '../place.js';
import { nameOf } from '../sales/buyer.js';
import { follow, linkFilter, linkIn, picked, statusFilter } from '../sales/list-parts.js';
import { ListPage } from './list-page.js';

/** @summary Who pays again and again, and when next. */
export class DeskSubscriptions extends ListPage<Subscription> {
  protected override readonly address = addressOf('subscriptions');

  protected override readonly listing: Listing<Subscription> = new Listing<Subscription>(this, {
    ask: (cursor, signal) =>
      this.desk.api.list(subscriptionSchema(), '/v1/subscriptions', {
        query: { ...this.query, limit: 25, cursor },
        signal,
      }),
    learn: async (rows) => {
      const names = this.desk.known.learnNames(rows.map(({ paymentLinkId }) => paymentLinkId));
      void names.then(() => this.requestUpdate());
    },
    fail: (error) => this.desk.sayTrouble(error),
  });

  protected override get says() {
    return this.desk.words.sales.subscriptions;
  }

  protected override get query() {
    const { query } = this.desk.place;
    return {
      status: picked(query, 'status', subscriptionStatuses),
      paymentLinkId: linkIn(query),
    };
  }

  protected override open(): void {
    super.open();
    void this.desk.known.learnLinks().then(() => this.requestUpdate());
  }

  protected override hear({ type, data }: News): void {
    if (!type.startsWith('subscription.') && type !== reconnected) return;
    follow(this.listing, subscriptionSchema().safeParse(data).data, this.query);
  }

  protected override actions(): typeof nothing {
    return nothing;
  }

  protected override beginning(): TemplateResult {
    const { subscriptions: says } = this.desk.words.sales;
    return html`<section class="panel" aria-labelledby="beginning-title">
      <h2 id="beginning-title">${says.emptyTitle}</h2>
      <p class="lead">${says.emptyText}</p>
      <p><a class="button primary" href="${addressOf('links', 'new')}?type=subscription">${says.create}</a></p>
    </section>`;
  }

  protected override filters(): TemplateResult {
    const { sales } = this.desk.words;
    const { status = '', paymentLinkId = '' } = this.query;
    return html`<search class="filters">
      ${statusFilter(this.desk, {
        label: sales.subscriptions.status,
        value: status,
        choices: subscriptionStatuses,
        words: sales.subscriptionStatus,
        onPick: (value) => this.look('status', value),
      })}
      ${linkFilter(this.desk, { value: paymentLinkId, onPick: (value) => this.look('link', value) })}
    </search>`;
  }

  protected override table(all: readonly Subscription[]): TemplateResult {
    const { sales } = this.desk.words;
    const { says } = this;
    return html`<table class="list">
      <thead><tr>
        <th scope="col">${sales.buyer}</th>
        <th scope="col">${says.status}</th>
        <th scope="col">${says.amount}</th>
        <th scope="col">${says.next}</th>
        <th scope="col">${sales.link}</th>
      </tr></thead>
      <tbody>${all.map((one) => this.#row(one))}</tbody>
    </table>`;
  }

  #row(one: Subscription): TemplateResult {
    const { words, known } = this.desk;
    const { subscriptions: says } = words.sales;
    const price = money(this.desk, one.amount, one.currency);
    return html`<tr id=${rowId(one)}>
      <th scope="row"><a href=${addressOf('subscriptions', one.id)}>${nameOf(one.customer) ?? says.nameless}</a></th>
      <td data-label=${says.status}>${subscriptionStatus(this.desk, one.status)}</td>
      <td data-label=${says.amount}><span>${price} ${words.interval(one.interval, one.intervalCount)}</span></td>
      <td data-label=${says.next}><span>${this.#next(one)}</span></td>
      <td data-label=${words.sales.link}>${known.nameOf(one.paymentLinkId) ?? '…'}</td>
    </tr>`;
  }

  /** When it is charged next, or why it is not. */
  #next({ status, cancelAt, canceledAt, nextChargeAt }: Subscription): TemplateResult | string {
    const { subscriptions: says } = this.desk.words.sales;
    if (canceledAt)
      return html`<span class="hint">${says.ended} ${day(this.desk, canceledAt)}</span>`;
    if (cancelAt) return html`<span class="hint">${says.ends} ${day(this.desk, cancelAt)}</span>`;
    if (!nextChargeAt) return '–';
    return status === 'past_due'
      ? html`<span class="hint">${says.due} ${day(this.desk, nextChargeAt)}</span>`
      : day(this.desk, nextChargeAt);
  }
}
