import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { type CancelRequest, type Subscription, subscriptionSchema } from '../../contract/index.js';
import { problemOf } from '../api.js';
import type { Desk } from '../desk.js';
import { canCancelLater, endingTrouble } from '../sales/ending.js';
import { spoken } from '../trouble.js';

/**
 * @summary Ends a subscription, and says before what each way of ending it means.
 * @fires desk-ended - with the subscription as it has become, or with nothing where it has to be read anew
 */
export class DeskCancel extends LitElement {
  static override properties: PropertyDeclarations = {
    desk: { attribute: false },
    subscription: { attribute: false },
    at: { state: true },
    trouble: { state: true },
    isBusy: { state: true },
  };

  declare desk: Desk;
  declare subscription: Subscription;
  declare at: CancelRequest['at'];
  declare trouble: string | undefined;
  declare isBusy: boolean;

  constructor() {
    super();
    this.at = 'period_end';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  open(): void {
    this.trouble = undefined;
    this.at = 'period_end';
    this.#dialog?.showModal();
  }

  get #dialog(): HTMLDialogElement | null {
    return this.querySelector('dialog');
  }

  get #at(): CancelRequest['at'] {
    return canCancelLater(this.subscription) ? this.at : 'now';
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.isBusy) return;
    this.isBusy = true;
    this.trouble = undefined;
    try {
      const path = `/v1/subscriptions/${this.subscription.id}/cancel`;
      const detail = await this.desk.api.post(subscriptionSchema(), path, { at: this.#at });
      this.#dialog?.close();
      this.dispatchEvent(new CustomEvent('desk-ended', { detail }));
    } catch (error) {
      this.trouble = endingTrouble(this.desk.words, await problemOf(error));
      this.dispatchEvent(new CustomEvent('desk-ended'));
    }
    this.isBusy = false;
  }

  protected override render(): TemplateResult {
    const { words, locale } = this.desk;
    const { subscription: says } = words.sales;
    const { nextChargeAt, cancelAt, status } = this.subscription;
    const isNow = this.#at === 'now';
    const shown = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
    const end = nextChargeAt ? shown.format(new Date(nextChargeAt)) : '';
    return html`<dialog class="asking" aria-labelledby="cancel-title">
      <form class="fields" aria-busy=${this.isBusy ? 'true' : nothing} @submit=${this.#submit}>
        <h2 id="cancel-title">${says.cancelTitle}</h2>
        ${
          canCancelLater(this.subscription)
            ? html`<fieldset class="field radios ways">
              <legend>${says.cancelWhen}</legend>
              ${this.#way('period_end', (status === 'trialing' ? says.trialEnd : says.periodEnd)(end), says.periodEndText)}
              ${this.#way('now', says.now, says.nowText)}
            </fieldset>`
            : html`<p>${cancelAt ? says.nowAfterAll : says.nowOnly}</p>`
        }
        ${this.trouble ? html`<p class="alert" role="alert">${spoken(this.trouble)}</p>` : nothing}
        <div class="form-end">
          <button class="danger" type="submit" ?disabled=${this.isBusy}>${isNow ? says.confirmNow : says.confirmLater}</button>
          <button class="secondary" type="button" @click=${() => this.#dialog?.close()}>${says.keep}</button>
        </div>
      </form>
    </dialog>`;
  }

  #way(at: CancelRequest['at'], label: string, text: string): TemplateResult {
    return html`<label class="choice"><input type="radio" name="cancel-at" .checked=${live(this.at === at)}
      @change=${() => {
        this.at = at;
      }} /> <span><strong>${label}</strong> <span class="hint">${text}</span></span></label>`;
  }
}
