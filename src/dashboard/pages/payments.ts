import { html, nothing, type TemplateResult } from 'lit';
import {
  type Payment,
  type PaymentStatus,
  paymentSchema,
  paymentStatuses,
} from '../../contract/index.js';
import type { News } from '../desk.js';
import { reconnected } from '../live.js';
import { Listing } from '../parts/listing.js';
import { paymentTable, rowId } from '../parts/payment-table.js';
import { addressOf } from '../place.js';
import { nameOf } from '../sales/buyer.js';
import { linkFilter, picked, statusFilter, unread } from '../sales/list-parts.js';
import { DeskPage } from './desk-page.js';

/** @summary Every attempt to pay, as it comes. */
export class DeskPayments extends DeskPage {
  readonly #listing: Listing<Payment> = new Listing<Payment>(this, {
    ask: (cursor, signal) =>
      this.desk.api.list(paymentSchema(), '/v1/payments', {
        query: { ...this.#query, limit: 25, cursor },
        signal,
      }),
    learn: (payments) => this.#learn(payments),
    fail: (error) => this.desk.sayTrouble(error),
  });

  get #query() {
    const { query } = this.desk.place;
    return {
      status: picked(query, 'status', paymentStatuses),
      paymentLinkId: query.get('link') || undefined,
      subscriptionId: query.get('subscription') || undefined,
    };
  }

  protected override open(): void {
    this.nameTab(this.desk.words.sales.payments.title);
    void this.#listing.read();
    void this.#readLinks();
  }

  async #readLinks(): Promise<void> {
    const { known } = this.desk;
    const { paymentLinkId } = this.#query;
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
    const told = paymentSchema().safeParse(data);
    if (told.success) {
      const { status, paymentLinkId } = this.#query;
      const isOther = paymentLinkId && paymentLinkId !== told.data.paymentLinkId;
      const belongs = !isOther && (!status || status === told.data.status);
      this.#listing.replace(told.data.id, belongs ? told.data : null);
    }
    this.#listing.refreshSoon();
  }

  #look(name: string, value: string): void {
    const query = new URLSearchParams(this.desk.place.query);
    if (value) query.set(name, value);
    else query.delete(name);
    const text = query.toString();
    this.desk.go(`${addressOf('payments')}${text ? `?${text}` : ''}`, { instead: true });
  }

  #shownQuery = '';

  /** The address has changed: by a filter, or by Back. */
  protected override updated(): void {
    const asked = JSON.stringify(this.#query);
    if (this.#shownQuery && asked !== this.#shownQuery) void this.#listing.read();
    this.#shownQuery = asked;
  }

  async #more(): Promise<void> {
    const first = await this.#listing.more();
    await this.updateComplete;
    // On from the first of those that have come.
    if (first) this.querySelector<HTMLElement>(`#${rowId(first)} a`)?.focus();
  }

  protected override render(): TemplateResult {
    const { sales, common } = this.desk.words;
    const says = sales.payments;
    const { rows, hasFailed } = this.#listing;
    const isFiltered = Object.values(this.#query).some(Boolean);
    const isFirst = rows?.length === 0 && !isFiltered;
    return html`<div class="page-head">
        <h1>${says.title}</h1>
        ${isFirst || this.#query.subscriptionId ? nothing : html`<a class="button secondary" href=${this.#csvAddress} download>${says.csv}</a>`}
      </div>
      ${isFirst ? this.#beginning() : this.#filters()}
      ${hasFailed ? unread(this.desk, () => this.#listing.read()) : nothing}
      ${rows || hasFailed ? nothing : html`<p class="waiting" role="status">${common.loading}</p>`}
      ${rows && !isFirst ? this.#table(rows) : nothing}`;
  }

  get #csvAddress(): string {
    const { status, paymentLinkId } = this.#query;
    const query = new URLSearchParams({
      ...(status && { status }),
      ...(paymentLinkId && { paymentLinkId }),
    }).toString();
    return `/v1/exports/payments.csv${query && `?${query}`}`;
  }

  #beginning(): TemplateResult {
    const { sales, nav } = this.desk.words;
    return html`<section class="panel" aria-labelledby="beginning-title">
      <h2 id="beginning-title">${sales.payments.emptyTitle}</h2>
      <p class="lead">${sales.payments.emptyText}</p>
      <p><a class="button primary" href=${addressOf('links')}>${nav.links}</a></p>
    </section>`;
  }

  #filters(): TemplateResult {
    const { words } = this.desk;
    const says = words.sales.payments;
    const { status = '', paymentLinkId = '', subscriptionId } = this.#query;
    return html`<search class="filters">
        ${statusFilter<PaymentStatus>(this.desk, {
          label: says.filterStatus,
          value: status,
          choices: paymentStatuses,
          words: words.paymentStatus,
          onPick: (value) => this.#look('status', value),
        })}
        ${linkFilter(this.desk, { value: paymentLinkId, onPick: (value) => this.#look('link', value) })}
      </search>
      ${
        subscriptionId
          ? html`<p>${says.ofSubscription}
            <a href=${addressOf('payments')}>${says.showAll}</a></p>`
          : nothing
      }`;
  }

  #table(payments: readonly Payment[]): TemplateResult {
    const { words, known } = this.desk;
    const { sales, common } = words;
    const { isBusy, nextCursor } = this.#listing;
    if (!payments.length)
      return html`<div class="panel"><p role="status">${sales.payments.nothingFound}</p>
        <p><a href=${addressOf('payments')}>${sales.payments.showAll}</a></p></div>`;
    const columns = [
      {
        name: sales.link,
        cell: ({ paymentLinkId }: Payment) => known.nameOf(paymentLinkId) ?? '…',
      },
      {
        name: sales.buyer,
        cell: ({ checkoutSessionId }: Payment) => this.#buyer(checkoutSessionId),
      },
    ];
    return html`<p class="visually-hidden" role="status">${sales.payments.shown(payments.length)}</p>
      <div class="panel flush" aria-busy=${isBusy ? 'true' : nothing}>
        ${paymentTable(this.desk, payments, columns)}
        ${nextCursor ? html`<p class="more"><button class="secondary" type="button" ?disabled=${isBusy} @click=${this.#more}>${common.more}</button></p>` : nothing}
      </div>`;
  }

  #buyer(sessionId: string): TemplateResult | string {
    const customer = this.desk.known.buyerOf(sessionId);
    if (!customer) return '…';
    return nameOf(customer) ?? html`<span class="hint">${this.desk.words.sales.noBuyer}</span>`;
  }
}
