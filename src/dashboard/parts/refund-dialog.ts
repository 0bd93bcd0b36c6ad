import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { type Payment, type Refund, refundSchema } from '../../contract/index.js';
import { problemOf } from '../api.js';
import type { Desk } from '../desk.js';
import { type Draft, emptyDraft, wishOf } from '../sales/refund-wish.js';
import { leftOf, mayBeRefunded } from '../sales/timeline.js';
import { spoken, troubleIn } from '../trouble.js';
import { textField } from './field.js';
import { SameKey } from './same-key.js';
import { money } from './shown.js';

/**
 * @summary Gives money back. What was typed stays when it is closed, until it is done.
 * @fires desk-refund - with the refund, however it ended, or with nothing where it has to be looked at anew
 */
export class DeskRefund extends LitElement {
  static override properties: PropertyDeclarations = {
    desk: { attribute: false },
    payment: { attribute: false },
    refunds: { attribute: false },
    mayRelease: { attribute: false },
    draft: { state: true },
    mistake: { state: true },
    trouble: { state: true },
    isBusy: { state: true },
  };

  declare desk: Desk;
  declare payment: Payment;
  declare refunds: readonly Refund[];
  /** Whether it has used something of its link. */
  declare mayRelease: boolean;
  declare draft: Draft;
  declare mistake: string | undefined;
  declare trouble: string | undefined;
  declare isBusy: boolean;

  /** Until it is done, the same once more is the same refund: its answer may have been lost. */
  #key = new SameKey();

  constructor() {
    super();
    this.draft = emptyDraft;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  open(): void {
    this.trouble = undefined;
    this.#dialog?.showModal();
  }

  get #dialog(): HTMLDialogElement | null {
    return this.querySelector('dialog');
  }

  get #left(): number {
    return leftOf(this.payment, this.refunds);
  }

  #shown(amount: number): string {
    return money(this.desk, amount, this.payment.currency);
  }

  get #wish() {
    const { locale, words } = this.desk;
    const { currency } = this.payment;
    const shown = (amount: number) => this.#shown(amount);
    return wishOf(this.draft, { left: this.#left, currency, locale, words, shown });
  }

  #change(change: Partial<Draft>): void {
    this.draft = { ...this.draft, ...change };
    this.trouble = undefined;
    if (this.mistake) this.mistake = mistakeOf(this.#wish);
    this.desk.keep(this.draft.amount.trim() !== '');
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.isBusy) return;
    const wish = this.#wish;
    this.trouble = undefined;
    this.mistake = mistakeOf(wish);
    if ('mistake' in wish) {
      await this.updateComplete;
      this.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return;
    }
    this.isBusy = true;
    try {
      this.#done(await this.#ask(wish.amount));
    } catch (error) {
      await this.#fail(error);
    }
    this.isBusy = false;
  }

  #ask(amount: number): Promise<Refund> {
    const body = { amount, releaseRedemption: this.mayRelease && this.draft.release };
    const path = `/v1/payments/${this.payment.id}/refunds`;
    return this.desk.api.post(refundSchema(), path, body, { headers: this.#key.headers(body) });
  }

  #done(refund: Refund): void {
    const { refund: says } = this.desk.words.sales;
    this.#key = new SameKey();
    this.draft = emptyDraft;
    this.desk.keep(false);
    this.#dialog?.close();
    const amount = this.#shown(refund.amount);
    const sentences = { succeeded: says.done, pending: says.onItsWay, failed: says.failed };
    this.desk.say(sentences[refund.status](amount));
    this.#tell(refund);
  }

  async #fail(error: unknown): Promise<void> {
    const problem = await problemOf(error);
    const { refund: says } = this.desk.words.sales;
    const tooMuch = problem.errors?.find(({ path, limit }) => path === 'amount' && limit);
    if (tooMuch?.limit) this.mistake = says.tooMuch(this.#shown(tooMuch.limit));
    else if (problem.code === 'conflict') this.trouble = says.notNow;
    else this.trouble = troubleIn(this.desk.words, problem);
    // It may have been done all the same: what is left is read again before anybody tries another amount.
    this.#tell();
    await this.updateComplete;
    this.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  #tell(refund?: Refund): void {
    this.dispatchEvent(new CustomEvent('desk-refund', { detail: refund, bubbles: true }));
  }

  protected override render(): TemplateResult {
    const { words } = this.desk;
    const { refund: says } = words.sales;
    const { payment, draft, isBusy } = this;
    const left = this.#left;
    const pending = payment.amount - payment.refundedAmount - left;
    const wish = this.#wish;
    if (!left || !mayBeRefunded(payment)) return this.#over();
    return html`<dialog class="asking" aria-labelledby="refund-title">
      <form class="fields" novalidate aria-busy=${isBusy ? 'true' : nothing} @submit=${this.#submit}>
        <h2 id="refund-title">${says.title}</h2>
        <div>
          <p>${says.left(this.#shown(left))}</p>
          ${payment.refundedAmount ? html`<p class="hint">${says.gone(this.#shown(payment.refundedAmount))}</p>` : nothing}
          ${pending ? html`<p class="hint">${says.pending(this.#shown(pending))}</p>` : nothing}
        </div>
        <fieldset class="field radios">
          <legend>${says.how}</legend>
          <div class="choices">
            ${this.#way(false, says.all(this.#shown(left)))} ${this.#way(true, says.part)}
          </div>
        </fieldset>
        ${
          draft.isPart
            ? textField({
                name: 'refundAmount',
                label: says.amount,
                value: draft.amount,
                inputMode: 'decimal',
                isShort: true,
                suffix: payment.currency,
                error: this.mistake,
                onInput: (amount) => this.#change({ amount }),
              })
            : this.mistake
              ? html`<p class="error" role="alert">${this.mistake}</p>`
              : nothing
        }
        ${this.#release()}
        ${payment.subscriptionId ? html`<p class="hint">${says.subscription}</p>` : nothing}
        <p class="hint">${says.fees}</p>
        ${this.trouble ? html`<p class="alert" role="alert">${spoken(this.trouble)}</p>` : nothing}
        <div class="form-end">
          <button class="primary" type="submit" ?disabled=${isBusy}>
            ${isBusy ? says.busy : 'amount' in wish ? says.submit(this.#shown(wish.amount)) : says.submitEmpty}
          </button>
          <button class="secondary" type="button" @click=${() => this.#dialog?.close()}>${words.common.cancel}</button>
        </div>
      </form>
    </dialog>`;
  }

  /** It has been given back meanwhile, by somebody else or by a try whose answer was lost. */
  #over(): TemplateResult {
    const { words } = this.desk;
    return html`<dialog class="asking" aria-labelledby="refund-title">
      <div class="fields">
        <h2 id="refund-title">${words.sales.refund.title}</h2>
        <p role="status">${words.sales.refund.notNow}</p>
        <div class="form-end">
          <button class="secondary" type="button" @click=${() => this.#dialog?.close()}>${words.common.close}</button>
        </div>
      </div>
    </dialog>`;
  }

  #way(isPart: boolean, label: string): TemplateResult {
    return html`<label class="choice"><input type="radio" name="refund-how" .checked=${live(this.draft.isPart === isPart)}
      @change=${() => this.#pick(isPart)} /> <span>${label}</span></label>`;
  }

  #pick(isPart: boolean): void {
    this.mistake = undefined;
    this.#change({ isPart });
  }

  #release(): TemplateResult | typeof nothing {
    const { refund: says } = this.desk.words.sales;
    if (!this.mayRelease) return nothing;
    const isDone = this.refunds.some(
      ({ releaseRedemption, status }) => releaseRedemption && status !== 'failed',
    );
    if (isDone) return html`<p class="hint">${says.released}</p>`;
    return html`<div class="field">
      <label class="tick" for="refund-release"><input id="refund-release" type="checkbox" aria-describedby="refund-release-hint"
        .checked=${live(this.draft.release)}
        @change=${(event: Event) => this.#change({ release: (event.target as HTMLInputElement).checked })} /> ${says.release}</label>
      <p class="hint" id="refund-release-hint">${says.releaseHint}</p>
    </div>`;
  }
}

const mistakeOf = (wish: ReturnType<typeof wishOf>): string | undefined =>
  'mistake' in wish ? wish.mistake : undefined;
