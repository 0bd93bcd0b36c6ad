import { html, nothing, type TemplateResult } from 'lit';
import {
  type Payment,
  type PaymentStatus,
  paymentSchema,
  paymentStatuses,
} from '../../contract/index.js';
import type { News } from '../desk.js';
import { reconnected } from '../live.js';
import { textField } from '../parts/field.js';
import { Listing } from '../parts/listing.js';
import { paymentTable } from '../parts/payment-table.js';
import { addressOf } from '../place.js';
import { nameOf } from '../sales/buyer.js';
import { spanOf } from '../sales/days.js';
import { follow, linkFilter, linkIn, picked, statusFilter } from '../sales/list-parts.js';
import { ListPage } from './list-page.js';

/** @summary Every attempt to pay, as it comes. */
export class DeskPayments extends ListPage<Payment> {
  protected override readonly address = addressOf('payments');

  protected override readonly listing: Listing<Payment> = new Listing<Payment>(this, {
    ask: (cursor, signal) =>
      this.desk.api.list(paymentSchema(), '/v1/payments', {
        query: { ...this.query, limit: 25, cursor },
        signal,
      }),
    learn: (payments) => this.#learn(payments),
    fail: (error) => this.desk.sayTrouble(error),
  });

  protected override get says() {
    return this.desk.words.sales.payments;
  }

  protected override get query() {
    const { query } = this.desk.place;
    return {
      status: picked(query, 'status', paymentStatuses),
      paymentLinkId: linkIn(query),
      subscriptionId: /^sub_[A-Za-z0-9]{24}$/.exec(query.get('subscription') ?? '')?.[0],
      ...spanOf(query.get('from') ?? '', query.get('to') ?? ''),
    };
  }

  protected override open(): void {
    super.open();
    void this.#readLinks();
  }

  async #readLinks(): Promise<void> {
    const { known } = this.desk;
    const { paymentLinkId } = this.query;
    await known.learnLinks();
    if (paymentLinkId) await known.learnNames([paymentLinkId]);
    this.requestUpdate();
  }

  /** Rows are there at once; who paid is written into them as it is known. */
  async #learn(payments: readonly Payment[]): Promise<void> {
    const { known } = this.desk;
    const names = known.learnNames(payments.map(({ paymentLinkId }) => paymentLinkId));
    const buyers = known.learnBuyers(payments.map(({ checkoutSessionId }) => checkoutSessionId));
    void Promise.all([names, buyers]).then(() => this.requestUpdate());
  }

  protected override hear({ type, data }: News): void {
    if (!type.startsWith('payment.') && type !== reconnected) return;
    follow(this.listing, paymentSchema().safeParse(data).data, this.query);
  }

  protected override actions(): TemplateResult | typeof nothing {
    if (this.query.subscriptionId) return nothing;
    return html`<a class="button secondary" href=${this.#csvAddress} download>${this.says.csv}</a>`;
  }

  get #csvAddress(): string {
    const { subscriptionId: _, ...asked } = this.query;
    const told = Object.entries(asked).filter(([, value]) => value);
    const query = new URLSearchParams(told as [string, string][]).toString();
    return `/v1/exports/payments.csv${query && `?${query}`}`;
  }

  protected override beginning(): TemplateResult {
    const { sales, nav } = this.desk.words;
    return html`<section class="panel" aria-labelledby="beginning-title">
      <h2 id="beginning-title">${sales.payments.emptyTitle}</h2>
      <p class="lead">${sales.payments.emptyText}</p>
      <p><a class="button primary" href=${addressOf('links')}>${nav.links}</a></p>
    </section>`;
  }

  protected override filters(): TemplateResult {
    const { words } = this.desk;
    const says = words.sales.payments;
    const { status = '', paymentLinkId = '', subscriptionId } = this.query;
    return html`<search class="filters">
        ${statusFilter<PaymentStatus>(this.desk, {
          label: says.filterStatus,
          value: status,
          choices: paymentStatuses,
          words: words.paymentStatus,
          onPick: (value) => this.look('status', value),
        })}
        ${linkFilter(this.desk, { value: paymentLinkId, onPick: (value) => this.look('link', value) })}
        ${this.#day('from', says.filterFrom)} ${this.#day('to', says.filterTo)}
      </search>
      ${
        subscriptionId
          ? html`<p>${says.ofSubscription}
            <a href=${addressOf('payments')}>${says.showAll}</a></p>`
          : nothing
      }`;
  }

  #day(name: 'from' | 'to', label: string): TemplateResult {
    const value = this.desk.place.query.get(name) ?? '';
    const onInput = (day: string) => this.look(name, day);
    return textField({ name, label, value, type: 'date', onInput });
  }

  protected override table(payments: readonly Payment[]): TemplateResult {
    const { words, known } = this.desk;
    const { sales } = words;
    return paymentTable(this.desk, payments, [
      { name: sales.link, cell: ({ paymentLinkId }) => known.nameOf(paymentLinkId) ?? '…' },
      { name: sales.buyer, cell: ({ checkoutSessionId }) => this.#buyer(checkoutSessionId) },
    ]);
  }

  #buyer(sessionId: string): TemplateResult | string {
    const customer = this.desk.known.buyerOf(sessionId);
    if (!customer) return '…';
    return nameOf(customer) ?? html`<span class="hint">${this.desk.words.sales.noBuyer}</span>`;
  }
}
