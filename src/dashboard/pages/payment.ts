import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import {
  type MerchantLink,
  type MerchantSession,
  merchantLinkSchema,
  merchantSessionSchema,
  type Payment,
  paymentSchema,
  type Refund,
  refundSchema,
  webhookEventSchema,
} from '../../contract/index.js';
import type { News } from '../desk.js';
import { copyButton } from '../parts/copy-button.js';
import { facts } from '../parts/facts.js';
import type { DeskRefund } from '../parts/refund-dialog.js';
import { money, paymentStatus, time } from '../parts/shown.js';
import { addressOf } from '../place.js';
import { answersPanel } from '../sales/answers-panel.js';
import { buyerPanel } from '../sales/buyer-panel.js';
import { history } from '../sales/history.js';
import { notices } from '../sales/notice.js';
import { order } from '../sales/order.js';
import { isAutomatic, isRenewal, type Known, leftOf, mayBeRefunded } from '../sales/timeline.js';
import { ObjectPage } from './object-page.js';

/** @summary One payment: what it was for, who paid, what happened to it; and money is given back here. */
export class DeskPayment extends ObjectPage {
  static override properties: PropertyDeclarations = {
    ...ObjectPage.properties,
    paymentId: { attribute: false },
    known: { state: true },
    link: { state: true },
  };

  declare paymentId: string;
  declare known: Known | undefined;
  declare link: MerchantLink | undefined;

  protected override isAbout({ data }: News): boolean {
    const { session } = this.known ?? {};
    if (data.id === this.paymentId) return true;
    return session !== undefined && [data.id, data.checkoutSessionId].includes(session.id);
  }

  protected override async readAll(signal: AbortSignal): Promise<void> {
    const { api, known } = this.desk;
    const path = `/v1/payments/${this.paymentId}`;
    const payment = await api.get(paymentSchema(), path, { signal });
    const { checkoutSessionId, paymentLinkId } = payment;
    const eventsOf = (objectId: string) =>
      api.list(webhookEventSchema(), '/v1/events', { signal, query: { objectId, limit: 100 } });
    const query = { checkoutSessionId, limit: 100 };
    const [session, attempts, refunds, ofPayment, ofSession, link] = await Promise.all([
      api.get(merchantSessionSchema(), `/v1/checkout-sessions/${checkoutSessionId}`, { signal }),
      api.list(paymentSchema(), '/v1/payments', { signal, query }),
      api.all(refundSchema(), `${path}/refunds`, { signal }),
      eventsOf(payment.id),
      eventsOf(checkoutSessionId),
      api.get(merchantLinkSchema(), `/v1/payment-links/${paymentLinkId}`, { signal }),
    ]);
    const events = [...ofPayment.data, ...ofSession.data];
    this.known = { payment, session, attempts: attempts.data, refunds, events };
    this.link = link;
    known.keep(session);
    this.nameTab(`${this.#money(payment.amount)} · ${link.name}`);
  }

  protected override get missing() {
    const { payment: says } = this.desk.words.sales;
    return { title: says.gone, address: addressOf('payments'), way: says.toPayments };
  }

  #money(amount: number): string {
    return money(this.desk, amount, this.known?.payment.currency ?? 'EUR');
  }

  protected override whole(): TemplateResult | undefined {
    const { sales } = this.desk.words;
    const { known, link } = this;
    if (!known || !link) return undefined;
    const { payment, session, refunds } = known;
    return html`
      <p><a href=${addressOf('payments')}>← ${sales.payments.title}</a></p>
      <div class="page-head">
        <div>
          <h1>${this.#money(payment.amount)} ${paymentStatus(this.desk, payment.status)}</h1>
          <p class="lead"><a href=${addressOf('links', link.id)}>${link.name}</a> · ${time(this.desk, payment.createdAt)}</p>
        </div>
        ${mayBeRefunded(payment) && leftOf(payment, refunds) ? html`<button class="secondary" type="button" @click=${this.#ask}>${sales.payment.refund}</button>` : nothing}
      </div>
      <div class="notices" role="status">${notices(this.desk, known)}</div>
      <div class="beside">
        <div class="stack">
          ${this.#bought(known)}
          <section class="panel" aria-labelledby="history-title">
            <h2 id="history-title" tabindex="-1">${sales.payment.happened}</h2>
            ${history(this.desk, known)}
          </section>
        </div>
        <div class="stack">
          ${buyerPanel(this.desk, session.customer)}
          ${answersPanel(this.desk, session, link)} ${this.#details(payment, session)}
        </div>
      </div>
      <desk-refund .desk=${this.desk} .payment=${payment} .refunds=${refunds}
        .mayRelease=${!isRenewal(payment, session)} @desk-refund=${this.#onRefund}></desk-refund>`;
  }

  readonly #ask = (): void => {
    this.querySelector<DeskRefund>('desk-refund')?.open();
  };

  readonly #onRefund = async ({ detail }: CustomEvent<Refund | undefined>): Promise<void> => {
    await this.read();
    await this.updateComplete;
    // What it was asked with may be gone; how it went is in the history.
    if (detail) this.querySelector<HTMLElement>('#history-title')?.focus();
  };

  #bought({ payment, session, refunds }: Known): TemplateResult {
    const { payment: says } = this.desk.words.sales;
    const toSubscription =
      payment.subscriptionId &&
      html`<p class="inset"><a href=${addressOf('subscriptions', payment.subscriptionId)}>${says.toSubscription}</a></p>`;
    const { refundedAmount } = payment;
    const left = leftOf(payment, refunds);
    return html`<section class="panel flush" aria-labelledby="bought-title">
      <h2 id="bought-title" class="inset">${says.bought}</h2>
      ${isAutomatic(payment, session) ? html`<p class="inset">${says.renewalText}</p>` : order(this.desk, session)}
      ${
        refundedAmount
          ? html`<dl class="sums">
            <div><dt>${says.refunds}</dt><dd>−${this.#money(refundedAmount)}</dd></div>
            ${mayBeRefunded(payment) ? html`<div><dt>${says.left}</dt><dd>${this.#money(left)}</dd></div>` : nothing}
          </dl>`
          : nothing
      }
      ${toSubscription}
    </section>`;
  }

  #details(payment: Payment, session: MerchantSession): TemplateResult {
    const { common, sales } = this.desk.words;
    const says = sales.payment;
    const id = (what: string, value: string) =>
      html`<span class="with-copy"><code>${value}</code> ${copyButton(this.desk, { text: value, label: says.copyId(what) })}</span>`;
    const entries = (all: Readonly<Record<string, string>>, names: Record<string, string> = {}) =>
      facts(
        Object.entries(all).map(([name, value]) => [names[name] ?? name, value]),
        'pairs',
      );
    const part = (title: string, list: ReturnType<typeof facts>) =>
      list === nothing ? nothing : html`<h3>${title}</h3>${list}`;
    return html`<section class="panel" aria-labelledby="details-title">
      <h2 id="details-title">${common.details}</h2>
      ${facts(
        [
          [common.reference, session.reference && id(common.reference, session.reference)],
          [says.paymentId, id(says.paymentId, payment.id)],
          [says.sessionId, id(says.sessionId, session.id)],
        ],
        'pairs',
      )}
      ${part(says.metadata, entries(session.metadata))}
      ${part(says.utm, entries(session.utm, says.utmNames))}
    </section>`;
  }
}
