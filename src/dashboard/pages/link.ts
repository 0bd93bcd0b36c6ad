import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import {
  type LinkStats,
  linkStatsSchema,
  type MerchantLink,
  merchantLinkSchema,
  type Payment,
  paymentSchema,
} from '../../contract/index.js';
import { problemOf } from '../api.js';
import type { News } from '../desk.js';
import { reconnected } from '../live.js';
import { again, missing } from '../parts/again.js';
import { copyButton } from '../parts/copy-button.js';
import { paymentTable } from '../parts/payment-table.js';
import { breakable, day, linkStatus, money, time } from '../parts/shown.js';
import { addressOf } from '../place.js';
import { DeskPage } from './desk-page.js';

const days = 30;

/** @summary One link: how it does, where it is shared, and what was paid. */
export class DeskLink extends DeskPage {
  static override properties: PropertyDeclarations = {
    ...DeskPage.properties,
    linkId: { attribute: false },
    link: { state: true },
    stats: { state: true },
    payments: { state: true },
    nextCursor: { state: true },
    lost: { state: true },
    measure: { state: true },
  };

  declare linkId: string;
  declare link: MerchantLink | undefined;
  declare stats: LinkStats | undefined;
  declare payments: readonly Payment[];
  declare nextCursor: string | null;
  /** Why there is nothing to show. */
  declare lost: 'gone' | 'unread' | undefined;
  declare measure: 'uses' | 'collected';

  #stale: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.payments = [];
    this.nextCursor = null;
    this.measure = 'uses';
  }

  protected override open(): void {
    void this.#read();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#stale);
  }

  protected override hear({ type, data }: News): void {
    if (data.paymentLinkId !== this.linkId && type !== reconnected) return;
    clearTimeout(this.#stale);
    this.#stale = setTimeout(() => void this.#read(), 300);
  }

  get #path(): string {
    return `/v1/payment-links/${this.linkId}`;
  }

  async #read(): Promise<void> {
    const { api } = this.desk;
    const { signal } = this.leaving;
    const query = { paymentLinkId: this.linkId, limit: 20 };
    this.lost = undefined;
    try {
      const [link, stats, payments] = await Promise.all([
        api.get(merchantLinkSchema(), this.#path, { signal }),
        api.get(linkStatsSchema(), `${this.#path}/stats`, { signal, query: { days } }),
        api.list(paymentSchema(), '/v1/payments', { signal, query }),
      ]);
      this.link = link;
      this.stats = stats;
      this.payments = payments.data;
      this.nextCursor = payments.nextCursor;
      this.nameTab(link.name);
    } catch (error) {
      if (signal.aborted) return;
      const problem = await problemOf(error);
      const isGone = problem.code === 'not_found';
      if (!isGone) this.desk.sayTrouble(problem);
      if (!this.link || isGone) this.lost = isGone ? 'gone' : 'unread';
    }
  }

  async #more(): Promise<void> {
    const query = { paymentLinkId: this.linkId, limit: 20, cursor: this.nextCursor ?? undefined };
    const page = await this.attempt(() =>
      this.desk.api.list(paymentSchema(), '/v1/payments', { query }),
    );
    if (!page) return;
    this.payments = [...this.payments, ...page.data];
    this.nextCursor = page.nextCursor;
  }

  async #switch(isActive: boolean): Promise<void> {
    const { api, words, say } = this.desk;
    const set = async (to: boolean) => {
      this.link = await api.patch(merchantLinkSchema(), this.#path, { isActive: to });
    };
    await this.attempt(async () => {
      await set(isActive);
      say(isActive ? words.link.switchedOn : words.link.switchedOff, () => set(!isActive));
    });
  }

  protected override render(): TemplateResult {
    const { words } = this.desk;
    const { link, stats } = this;
    if (this.lost === 'gone') return missing(this.desk);
    if (this.lost) return again(this.desk, () => this.#read());
    if (!link || !stats) return html`<p class="waiting" role="status">${words.common.loading}</p>`;
    return html`
      <p><a href=${addressOf('links')}>← ${words.links.title}</a></p>
      <div class="page-head">
        <h1>${link.name} ${linkStatus(this.desk, link.status)}</h1>
        ${this.#actions(link)}
      </div>
      <section class="panel" aria-label=${words.link.address}>
        <p class="address"><a href=${link.url} target="_blank" rel="noopener">${breakable(link.url)}</a>
          ${copyButton(this.desk, { text: link.url, label: words.links.copyUrl(link.name), look: 'secondary' })}</p>
        ${this.#facts(link, stats)}
      </section>
      <section class="panel" aria-labelledby="share-title">
        <h2 id="share-title">${words.share.title}</h2>
        <desk-share .desk=${this.desk} .link=${link}></desk-share>
      </section>
      ${this.#chart(stats)}
      <section class="panel" aria-labelledby="visits-title">
        <h2 id="visits-title">${words.visits.title}</h2>
        <desk-visits .desk=${this.desk} .link=${link}></desk-visits>
      </section>
      <section class="panel" aria-labelledby="embed-title">
        <h2 id="embed-title">${words.embed.title}</h2>
        <desk-embed .desk=${this.desk} .link=${link}></desk-embed>
      </section>
      <section class="panel flush" aria-labelledby="payments-title">
        <h2 id="payments-title" class="inset">${words.nav.payments}</h2>
        ${
          this.payments.length
            ? paymentTable(this.desk, this.payments)
            : html`<p class="inset lead">${words.link.noPayments}</p>`
        }
        ${this.payments.length ? html`<p class="inset"><a href="${addressOf('payments')}?link=${this.linkId}">${words.sales.payments.ofLink}</a></p>` : nothing}
        ${this.nextCursor ? html`<p class="more"><button class="secondary" type="button" @click=${this.#more}>${words.common.more}</button></p>` : nothing}
      </section>`;
  }

  #actions(link: MerchantLink): TemplateResult {
    const { words } = this.desk;
    return html`<div class="form-end">
      <a class="button primary" href=${addressOf('links', link.id, 'edit')}>${words.common.edit}</a>
      <a class="button secondary" href="${addressOf('links', 'new')}?from=${link.id}">${words.link.duplicate}</a>
      <button class="secondary" type="button" @click=${() => this.#switch(!link.isActive)}>${link.isActive ? words.link.switchOff : words.link.switchOn}</button>
    </div>`;
  }

  #facts(link: MerchantLink, stats: LinkStats): TemplateResult {
    const { words } = this.desk;
    const { collected } = stats;
    const fact = (name: string, value: TemplateResult | string) =>
      html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
    return html`<dl class="facts">
      ${fact(words.links.uses, words.links.ofUses(link.redemptionCount, link.maxRedemptions))}
      ${fact(words.links.collected, money(this.desk, collected.net, collected.currency))}
      ${collected.refunded ? fact(words.link.refunded, money(this.desk, collected.refunded, collected.currency)) : nothing}
      ${fact(words.links.lastPayment, stats.lastPaymentAt ? time(this.desk, stats.lastPaymentAt) : words.common.never)}
      ${link.reservedCount ? fact(words.link.beingPaid, `${link.reservedCount}`) : nothing}
      ${link.expiresAt ? fact(words.linkForm.expiresAt, time(this.desk, link.expiresAt)) : nothing}
      ${fact(words.common.created, day(this.desk, link.createdAt))}
    </dl>`;
  }

  #chart({ days: all, collected }: LinkStats): TemplateResult {
    const { words } = this.desk;
    const isUses = this.measure === 'uses';
    const bars = all.map((one) => ({
      date: one.date,
      value: isUses ? one.sessionsCompleted : one.net,
    }));
    const choice = (measure: 'uses' | 'collected', label: string) =>
      html`<label class="choice"><input type="radio" name="measure" .checked=${this.measure === measure}
        @change=${() => {
          this.measure = measure;
        }} /> <span>${label}</span></label>`;
    return html`<section class="panel" aria-labelledby="chart-title">
      <h2 id="chart-title">${words.link.lastDays(days)}</h2>
      <fieldset class="choices"><legend class="visually-hidden">${words.link.measure}</legend>
        ${choice('uses', words.links.uses)} ${choice('collected', words.links.collected)}</fieldset>
      <desk-chart .desk=${this.desk} .bars=${bars} .label=${isUses ? words.links.uses : words.links.collected}
        .shown=${(value: number) => (isUses ? `${value}` : money(this.desk, value, collected.currency))}></desk-chart>
    </section>`;
  }
}
