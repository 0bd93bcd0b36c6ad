import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import {
  type LinkStats,
  linkStatsSchema,
  type MerchantLink,
  merchantLinkSchema,
  type Payment,
  paymentSchema,
} from '../../contract/index.js';
import type { News } from '../desk.js';
import { reconnected } from '../live.js';
import { copyButton } from '../parts/copy-button.js';
import { Listing } from '../parts/listing.js';
import { ownPayments } from '../parts/own-payments.js';
import { breakable, day, linkStatus, money, time } from '../parts/shown.js';
import { addressOf } from '../place.js';
import { ObjectPage } from './object-page.js';

const days = 30;

/** @summary One link: how it does, where it is shared, and what was paid. */
export class DeskLink extends ObjectPage {
  static override properties: PropertyDeclarations = {
    ...ObjectPage.properties,
    linkId: { attribute: false },
    link: { state: true },
    stats: { state: true },
    measure: { state: true },
  };

  declare linkId: string;
  declare link: MerchantLink | undefined;
  declare stats: LinkStats | undefined;
  declare measure: 'uses' | 'collected';

  readonly #payments: Listing<Payment> = new Listing<Payment>(this, {
    ask: (cursor, signal) =>
      this.desk.api.list(paymentSchema(), '/v1/payments', {
        query: { paymentLinkId: this.linkId, limit: 20, cursor },
        signal,
      }),
    fail: (error) => this.desk.sayTrouble(error),
  });

  constructor() {
    super();
    this.measure = 'uses';
  }

  protected override open(): void {
    super.open();
    void this.#payments.read();
  }

  protected override isAbout({ data }: News): boolean {
    return data.paymentLinkId === this.linkId;
  }

  protected override hear(news: News): void {
    super.hear(news);
    if (this.isAbout(news) || news.type === reconnected) this.#payments.refreshSoon();
  }

  get #path(): string {
    return `/v1/payment-links/${this.linkId}`;
  }

  protected override async readAll(signal: AbortSignal): Promise<void> {
    const { api } = this.desk;
    [this.link, this.stats] = await Promise.all([
      api.get(merchantLinkSchema(), this.#path, { signal }),
      api.get(linkStatsSchema(), `${this.#path}/stats`, { signal, query: { days } }),
    ]);
    this.nameTab(this.link.name);
  }

  protected override get missing() {
    const { common } = this.desk.words;
    return { title: common.missingTitle, address: addressOf('links'), way: common.toLinks };
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

  protected override whole(): TemplateResult | undefined {
    const { words } = this.desk;
    const { link, stats } = this;
    if (!link || !stats) return undefined;
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
      ${ownPayments(this, this.#payments, {
        ...{ title: words.nav.payments, none: words.link.noPayments },
        ...{ all: words.sales.payments.ofLink, query: `link=${link.id}` },
      })}`;
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
