import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import {
  type MerchantLink,
  type MerchantSession,
  merchantLinkSchema,
  merchantSessionSchema,
  type Payment,
  paymentSchema,
  type Subscription,
  subscriptionSchema,
} from '../../contract/index.js';
import { problemOf } from '../api.js';
import type { News } from '../desk.js';
import { reconnected } from '../live.js';
import type { DeskCancel } from '../parts/cancel-dialog.js';
import { copyButton } from '../parts/copy-button.js';
import { facts } from '../parts/facts.js';
import { Listing } from '../parts/listing.js';
import { ownPayments } from '../parts/own-payments.js';
import { breakable, day, money, subscriptionStatus } from '../parts/shown.js';
import { addressOf } from '../place.js';
import { answersPanel } from '../sales/answers-panel.js';
import { nameOf } from '../sales/buyer.js';
import { buyerPanel } from '../sales/buyer-panel.js';
import { endingTrouble } from '../sales/ending.js';
import { order } from '../sales/order.js';
import { ObjectPage } from './object-page.js';

/** @summary One subscription: how it runs, what was paid, and how it ends. */
export class DeskSubscription extends ObjectPage {
  static override properties: PropertyDeclarations = {
    ...ObjectPage.properties,
    subscriptionId: { attribute: false },
    subscription: { state: true },
    session: { state: true },
    link: { state: true },
    isBusy: { state: true },
  };

  declare subscriptionId: string;
  declare subscription: Subscription | undefined;
  /** That began it. */
  declare session: MerchantSession | undefined;
  declare link: MerchantLink | undefined;
  declare isBusy: boolean;

  readonly #payments: Listing<Payment> = new Listing<Payment>(this, {
    ask: (cursor, signal) =>
      this.desk.api.list(paymentSchema(), '/v1/payments', {
        query: { subscriptionId: this.subscriptionId, limit: 20, cursor },
        signal,
      }),
    fail: (error) => this.desk.sayTrouble(error),
  });

  get #path(): string {
    return `/v1/subscriptions/${this.subscriptionId}`;
  }

  protected override open(): void {
    super.open();
    void this.#payments.read();
  }

  protected override isAbout({ data }: News): boolean {
    return [data.id, data.subscriptionId].includes(this.subscriptionId);
  }

  protected override hear(news: News): void {
    super.hear(news);
    if (!this.isAbout(news) && news.type !== reconnected) return;
    const payment = paymentSchema().safeParse(news.data);
    if (payment.success) this.#payments.replace(payment.data.id, payment.data);
    this.#payments.refreshSoon();
  }

  protected override async readAll(signal: AbortSignal): Promise<void> {
    const { api } = this.desk;
    const subscription = await api.get(subscriptionSchema(), this.#path, { signal });
    const { checkoutSessionId, paymentLinkId, customer } = subscription;
    // Neither changes while the page is open, but for a name.
    if (!this.session || !this.link)
      [this.session, this.link] = await Promise.all([
        api.get(merchantSessionSchema(), `/v1/checkout-sessions/${checkoutSessionId}`, { signal }),
        api.get(merchantLinkSchema(), `/v1/payment-links/${paymentLinkId}`, { signal }),
      ]);
    this.subscription = subscription;
    this.nameTab(`${nameOf(customer) ?? subscription.id} · ${this.link.name}`);
  }

  protected override get missing() {
    const { subscription: says } = this.desk.words.sales;
    return { title: says.gone, address: addressOf('subscriptions'), way: says.toSubscriptions };
  }

  readonly #onEnded = async ({ detail }: CustomEvent<Subscription | undefined>): Promise<void> => {
    if (!detail) return this.read();
    const { subscription: says } = this.desk.words.sales;
    this.subscription = detail;
    if (detail.cancelAt)
      this.desk.say(says.canceledLater(this.#dayOf(detail.cancelAt)), () => this.#goOn());
    else this.desk.say(says.canceledNow);
    await this.updateComplete;
    // What was pressed is gone.
    this.querySelector<HTMLElement>('h1')?.focus();
  };

  #dayOf(iso: string): string {
    const { locale } = this.desk;
    return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(iso));
  }

  async #goOn(): Promise<void> {
    this.subscription = await this.desk.api.post(subscriptionSchema(), `${this.#path}/resume`);
  }

  readonly #resume = async (): Promise<void> => {
    const { words, say } = this.desk;
    this.isBusy = true;
    try {
      await this.#goOn();
      say(words.sales.subscription.resumed);
      await this.updateComplete;
      this.querySelector<HTMLElement>('h1')?.focus();
    } catch (error) {
      const problem = await problemOf(error);
      await this.read();
      const isOver = this.subscription?.status === 'canceled';
      say(isOver ? words.sales.subscription.over : endingTrouble(words, problem));
    }
    this.isBusy = false;
  };

  protected override whole(): TemplateResult | undefined {
    const { sales } = this.desk.words;
    const { subscription: says } = sales;
    const { subscription: one, session, link } = this;
    if (!one || !session || !link) return undefined;
    return html`
      <p><a href=${addressOf('subscriptions')}>← ${sales.subscriptions.title}</a></p>
      <div class="page-head">
        <div>
          <h1 tabindex="-1">${breakable(nameOf(one.customer) ?? sales.subscriptions.nameless)} ${subscriptionStatus(this.desk, one.status)}</h1>
          <p class="lead"><a href=${addressOf('links', one.paymentLinkId)}>${link.name}</a></p>
        </div>
        ${this.#actions(one)}
      </div>
      <div class="notices" role="status">${this.#notice(one)}</div>
      <div class="beside">
        <div class="stack">
          ${this.#facts(one)}
          ${ownPayments(this, this.#payments, {
            ...{ title: says.payments, none: says.noPayments },
            ...{ all: says.allPayments, query: `subscription=${one.id}` },
          })}
          <section class="panel flush" aria-labelledby="bought-title">
            <h2 id="bought-title" class="inset">${sales.payment.bought}</h2>
            ${order(this.desk, session)}
          </section>
        </div>
        <div class="stack">
          ${buyerPanel(this.desk, one.customer)} ${answersPanel(this.desk, session, link)} ${this.#page(one)}
        </div>
      </div>
      <desk-cancel .desk=${this.desk} .subscription=${one} @desk-ended=${this.#onEnded}></desk-cancel>`;
  }

  #actions({ status, cancelAt }: Subscription): TemplateResult | typeof nothing {
    const { subscription: says } = this.desk.words.sales;
    if (status === 'canceled') return nothing;
    return html`<div class="form-end">
      ${cancelAt ? html`<button class="primary" type="button" ?disabled=${this.isBusy} @click=${this.#resume}>${says.resume}</button>` : nothing}
      <button class="secondary" type="button" @click=${this.#ask}>${says.cancel}</button>
    </div>`;
  }

  readonly #ask = (): void => {
    this.querySelector<DeskCancel>('desk-cancel')?.open();
  };

  #notice({ status, cancelAt, cancelReason }: Subscription): TemplateResult | typeof nothing {
    const { subscription: says } = this.desk.words.sales;
    const box = (look: string, title: string, text = '') =>
      html`<div class="notice ${look}"><p><strong>${title}</strong></p>${text ? html`<p>${text}</p>` : nothing}</div>`;
    if (status === 'canceled')
      return cancelReason ? box('calm', says.reasons[cancelReason]) : nothing;
    if (status === 'past_due') return box('warn', says.pastDue, says.pastDueDo);
    return cancelAt ? box('calm', says.planned) : nothing;
  }

  #facts(one: Subscription): TemplateResult {
    const { words } = this.desk;
    const { subscription: says, subscriptions, payment } = words.sales;
    const dayOf = (iso: string | null) => iso && day(this.desk, iso);
    const price = (amount: number) => money(this.desk, amount, one.currency);
    const { nextChargeAt, cancelAt, trialEndsAt, fullAmount, discountEndsAt } = one;
    const isTrial = one.status === 'trialing';
    return html`<section class="panel" aria-labelledby="facts-title">
      <h2 id="facts-title">${says.facts}</h2>
      ${facts([
        [
          subscriptions.amount,
          `${price(one.amount)} ${words.interval(one.interval, one.intervalCount)}`,
        ],
        [
          one.status === 'past_due' ? subscriptions.due : subscriptions.next,
          cancelAt ? null : dayOf(nextChargeAt),
        ],
        [says.endsOn, dayOf(cancelAt)],
        [says.endedOn, dayOf(one.canceledAt)],
        [says.trialEnds, isTrial ? dayOf(trialEndsAt) : null],
        [
          says.after,
          fullAmount !== null && discountEndsAt
            ? html`${says.from(price(fullAmount))} ${day(this.desk, discountEndsAt)}`
            : null,
        ],
        [subscriptions.since, day(this.desk, one.createdAt)],
      ])}
      <p class="with-copy"><span class="hint"><code>${one.id}</code></span>
        ${copyButton(this.desk, { text: one.id, label: payment.copyId(one.id) })}</p>
    </section>`;
  }

  #page({ manageUrl, status }: Subscription): TemplateResult | typeof nothing {
    const { subscription: says } = this.desk.words.sales;
    if (status === 'canceled') return nothing;
    return html`<section class="panel" aria-labelledby="page-title">
      <h2 id="page-title">${says.page}</h2>
      <p class="hint">${says.pageText}</p>
      <p class="address"><a href=${manageUrl} target="_blank" rel="noopener noreferrer">${breakable(manageUrl)}</a>
        ${copyButton(this.desk, { text: manageUrl, label: says.copyPage, look: 'secondary' })}</p>
    </section>`;
  }
}
