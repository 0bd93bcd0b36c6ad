import {
  type CSSResultGroup,
  html,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
} from 'lit';
import { type CheckoutSession, referencePattern } from '../../contract/index.js';
import {
  CheckoutController,
  type CheckoutHost,
  type Happening,
  type Terms,
} from '../checkout/checkout-controller.js';
import type { Handoff } from '../checkout/checkout-state.js';
import { announce } from '../events.js';
import { isSafeAddress, redirect } from '../handoff.js';
import { PayLinkElement } from '../pay-link-element.js';
import { buttons } from '../styles/buttons.js';
import { controls } from '../styles/controls.js';
import { reset } from '../styles/reset.js';
import { tokens } from '../styles/tokens.js';
import { submitLabel } from '../submit-label.js';
import { acceptance } from './acceptance.js';
import { addresses } from './address.js';
import { amount } from './amount.js';
import { billingInterval } from './billing-interval.js';
import { confirmation } from './confirmation.js';
import { customFields } from './custom-fields.js';
import { customer } from './customer.js';
import { HandingOver } from './handing-over.js';
import { lineItems } from './line-items.js';
import { notice, problemSentence, testNote } from './notice.js';
import { formStyles } from './pay-link-form.styles.js';
import { picture } from './picture.js';
import { promotionCode } from './promotion-code.js';
import { report } from './report.js';
import { skeleton } from './skeleton.js';
import { summary, totalRow } from './summary.js';
import { prefillOf, utmOf } from './terms.js';
import { unavailable } from './unavailable.js';
import type { FormView } from './view.js';

/** How long typing must rest before the total is read aloud. */
const restBeforeTelling = 800;

/**
 * To the page our text boxes are no text boxes: its shortcuts would take what is typed. Escape may be meant for
 * both, and what the page put into our slots is its own.
 */
const keep = (event: Event): unknown =>
  event.target === event.currentTarget &&
  (event as KeyboardEvent).key !== 'Escape' &&
  event.stopPropagation();

/**
 * @summary The payment form of a link, in the page.
 *
 * @slot header - Above the form, in place of the link's name, picture and description.
 * @slot footer - Below the button that pays: terms, help.
 * @slot confirmation - The thank-you, in place of ours; amount and reference stay.
 *
 * @fires pay-link-ready - The form can be used.
 * @fires pay-link-unavailable - The link is closed, sold out or unknown.
 * @fires pay-link-change - Something was edited; also once when the form is ready.
 * @fires pay-link-submit - The buyer wants to pay. Cancelable.
 * @fires pay-link-handoff - A session is open. Cancelable: the page then takes the buyer there itself.
 * @fires pay-link-processing - Paid elsewhere, not confirmed yet.
 * @fires pay-link-complete - Paid. Cancelable: no thank-you, no success page.
 * @fires pay-link-cancel - The buyer came back without paying.
 * @fires pay-link-error - Something did not work.
 *
 * @csspart form - The form.
 * @csspart field - A field with its label and message.
 * @csspart label - The label of a field or group.
 * @csspart input - A text box.
 * @csspart option - One of several choices.
 * @csspart quantity - A quantity with its stepper.
 * @csspart summary - What the order comes to.
 * @csspart total - The total.
 * @csspart submit - The button that pays.
 * @csspart notice - News above the form, and the closed state.
 * @csspart error - The message of a faulty field.
 * @csspart confirmation - The thank-you.
 *
 * @cssprop [--pay-link-accent=#0b5fff] - Buttons, choices, links.
 * @cssprop [--pay-link-on-accent=#fff] - Text on the accent.
 * @cssprop [--pay-link-surface=#fff] - Background.
 * @cssprop [--pay-link-text=#16181d] - Text.
 * @cssprop [--pay-link-muted=#565d6b] - Quiet text.
 * @cssprop [--pay-link-border=#d5d9e0] - Dividing lines.
 * @cssprop [--pay-link-danger=#b3261e] - Messages of faulty fields.
 * @cssprop [--pay-link-radius=10px] - Corners.
 * @cssprop [--pay-link-font=system-ui] - Font family.
 * @cssprop [--pay-link-gap=16px] - Space between fields.
 */
export class PayLinkForm extends PayLinkElement implements CheckoutHost {
  static override get styles(): CSSResultGroup {
    return [reset, tokens, buttons, controls, formStyles];
  }

  static override get properties(): PropertyDeclarations {
    return {
      isInDialog: { state: true, initial: false },
    };
  }

  /** The modal shows the name in its own header. */
  isInDialog!: boolean;

  protected override get rootClass(): string {
    return this.isInDialog ? '' : 'card';
  }

  private readonly checkout = new CheckoutController(this);
  readonly #handing = new HandingOver(this, this.checkout);
  #telling: ReturnType<typeof setTimeout> | undefined;
  #hadFocus = false;
  #locale = '';

  /** What the page gave, for the checkout: each worked out when it is asked for. */
  get terms(): Terms {
    const form = this;
    const { locale } = this.speech;
    return {
      locale,
      get client() {
        return form.backend!;
      },
      get prefill() {
        return prefillOf(form, locale);
      },
      get extras() {
        const { reference, metadata } = form;
        return {
          ...(reference && { reference }),
          ...(metadata && { metadata }),
          ...utmOf(location.search),
          locale,
        };
      },
      get returnUrl() {
        const { href, origin, pathname } = location;
        // Of a frame without an address only the origin is known.
        return [href, origin + pathname, self.origin].find(
          (address) => /^https?:/.test(address) && address.length <= 2000,
        );
      },
      get memoryKey() {
        return form.memoryKey;
      },
    };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const sign of ['down', 'press', 'up']) this.addEventListener(`key${sign}`, keep);
    this.addEventListener('focusin', this.noteOpened);
    if (this.hasUpdated && (this.state === 'idle' || this.state === 'loading')) this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#telling);
    this.#handing.follow(undefined);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('link') || changed.has('api') || changed.has('client')) this.#start();
    if (this.#locale !== this.speech.locale) this.checkout.retryForms();
    this.#locale = this.speech.locale;
    this.state = this.checkout.state.state;
    this.#hadFocus = this.shadowRoot?.activeElement != null;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const { state } = this.checkout;
    // What is out of the page is drawn all the same, and is not to count.
    this.#handing.follow(this.isConnected && state.state === 'awaiting' ? state : undefined);
    if (changed.has('state')) {
      if ('link' in state && state.link) this.brand(state.link.branding);
      this.dispatchEvent(new Event('statechange'));
    }
    if (!this.#hadFocus) return;
    // Fields that wait for an answer take no focus any more.
    if (state.state === 'submitting') this.#focus('.pay');
    // What had it may be gone with what it stood in.
    else
      for (const place of ['[data-focus]', 'input:checked', 'input'])
        if (!this.shadowRoot?.activeElement) this.#focus(place);
  }

  tellAloud(words: string): void {
    const region = this.renderRoot.querySelector('[data-live]');
    if (region) region.textContent = words;
  }

  /**
   * Starts over after a finished payment.
   * @param isNews whether its thank-you was not seen yet: then it stays, where there is one
   */
  restart(isNews: boolean): void {
    const { state } = this.checkout;
    if (state.state !== 'done' || (isNews && !state.isQuiet)) return;
    this.checkout.reset();
    this.#start();
  }

  /** The buyer has opened the dialog around it, or gone into it. */
  readonly noteOpened = (): void => {
    if (this.linkName) this.backend?.opened?.(this.linkName.id);
  };

  /** The buyer left the dialog while an answer was awaited. */
  abandon(): void {
    this.checkout.abandon();
  }

  tell({ type, ...detail }: Happening): boolean {
    this.state = this.checkout.state.state;
    if (type === 'change') this.#tellTotal();
    const message = 'code' in detail ? problemSentence(this.speech, detail.code) : undefined;
    const goesOn = announce(this, `pay-link-${type}`, { ...detail, message } as never);
    if (type === 'complete' && goesOn && 'session' in detail) this.#leave(detail.session);
    return goesOn;
  }

  report(code: string, error?: unknown): void {
    report(this.owner ?? this, code, error);
  }

  isPaidHere(session: CheckoutSession): boolean {
    return this.#handing.isPaidHere(session);
  }

  handOff(session: CheckoutSession, from?: Handoff): Handoff {
    return this.#handing.handOff(session, from);
  }

  async showFirstProblem(selector = '[aria-invalid="true"]'): Promise<void> {
    await this.updateComplete;
    const first = this.renderRoot.querySelector<HTMLElement>(selector);
    const radio =
      first?.querySelector<HTMLElement>('input:checked') ??
      first?.querySelector<HTMLElement>('input');
    (radio ?? first ?? this.renderRoot.querySelector<HTMLElement>('[data-focus]'))?.focus();
  }

  #start(): void {
    clearTimeout(this.#telling);
    const { link, reference } = this;
    if (!link) {
      // Frameworks may connect the element first and set its link in the same task.
      setTimeout(() => !this.link && this.isConnected && this.checkout.fail('invalid_link'));
    } else if (!this.linkName) this.checkout.fail('invalid_link');
    else if (reference && !referencePattern.test(reference))
      this.checkout.fail('invalid_reference');
    else if (!this.backend) this.checkout.fail('api_missing');
    else this.checkout.open(this.linkName.id);
  }

  #leave({ successUrl }: CheckoutSession): void {
    if (successUrl && isSafeAddress(successUrl)) redirect(successUrl, null);
  }

  /** Read aloud once typing rests, not per keystroke. */
  #tellTotal(): void {
    clearTimeout(this.#telling);
    this.#telling = setTimeout(() => {
      const totals = this.checkout.reading?.totals;
      const { speech } = this;
      if (totals)
        this.tellAloud(`${speech.say('total')} ${speech.money(totals.total, totals.currency)}`);
    }, restBeforeTelling);
  }

  #focus(selector: string): void {
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus({ preventScroll: false });
  }

  /** Of the form and of its button too, which Enter presses: a frame that may send no forms gets no submit event. */
  #onSubmit(event: Event): void {
    event.preventDefault();
    this.#submit();
  }

  #submit(): void {
    const { reading, state } = this.checkout;
    if (state.state !== 'editing') return;
    const submit = () => this.checkout.submit();
    if (reading?.totals && !reading.problems.length) this.#handing.during(state.link, submit);
    else submit();
  }

  #onContinue(event: Event): void {
    event.preventDefault();
    const { state } = this.checkout;
    if ('session' in state && state.session)
      this.#handing.during(state.session, () => this.checkout.continuePayment());
  }

  async #applyCode(): Promise<void> {
    if (await this.checkout.applyCode()) this.#focusSoon('[data-code]');
  }

  #removeCode(): void {
    this.checkout.edit('promotionCode', (now) => ({ ...now, discount: null }));
    this.#focusSoon('summary');
  }

  /** What had the focus is gone with this change. */
  async #focusSoon(selector: string): Promise<void> {
    await this.updateComplete;
    this.#focus(selector);
  }

  override render() {
    return html`<div class="root">
      ${this.#content()}
      <div class="visually-hidden" role="status" data-live></div>
    </div>`;
  }

  #content() {
    const { speech, checkout } = this;
    const { state } = checkout;
    switch (state.state) {
      case 'idle':
      case 'loading':
        return skeleton(speech);
      case 'unavailable':
        return unavailable(speech, state, {
          retry: () => checkout.retry(),
          page: `${this.apiOrigin}/p/${this.linkName?.id}`,
        });
      case 'editing':
      case 'submitting':
        return this.#form();
      case 'awaiting':
        return this.#handing.draw(state);
      case 'done':
        return state.isQuiet
          ? nothing
          : confirmation(speech, state.session, {
              inPlaceOf: (ours) => this.slotOr('confirmation', ours),
              receiptAt: `${this.apiOrigin}/c/${state.session.id}?receipt=1`,
            });
      default:
        return state satisfies never;
    }
  }

  #form() {
    const { checkout } = this;
    const { state, reading } = checkout;
    if ((state.state !== 'editing' && state.state !== 'submitting') || !reading) return nothing;
    const { link, session } = state;
    const isBusy = state.state === 'submitting';
    const view = this.#view(state.link, reading);
    const { speech } = this;
    const { totals } = reading;
    return html`<form part="form" novalidate aria-busy=${isBusy} @submit=${this.#onSubmit}>
      ${this.slotOr('header', this.#about(link))}
      ${notice(speech, state.notice, {
        currency: link.currency,
        retry: () => this.#submit(),
        dismiss: () => this.checkout.dismiss(),
        continueAt: session && isSafeAddress(session.url) ? session.url : undefined,
        onContinue: this.#onContinue,
        onCancel: checkout.paying.cancel,
      })}
      <div class="fields" ?inert=${isBusy}>
        ${link.type === 'amount' ? amount(view, link) : [lineItems(view, link), billingInterval(view, link)]}
        ${customer(view)} ${addresses(view, checkout)} ${customFields(view)}
        ${promotionCode(view, {
          isAsking: state.isAsking,
          onApply: () => this.#applyCode(),
          onRemove: this.#removeCode,
        })}
        ${acceptance(view)}
      </div>
      <div class="close-up">
        ${summary(speech, link, totals)} ${totalRow(speech, link, totals)}
        <button
          class="pay"
          part="submit"
          type="submit"
          aria-disabled=${isBusy}
          @click=${this.#onSubmit}
        >
          ${isBusy ? html`<span class="spinner" aria-hidden="true"></span>` : nothing}
          <span>${isBusy ? speech.say('opening') : submitLabel(speech, link, totals)}</span>
        </button>
      </div>
      ${link.submitMessage ? html`<p class="hint after">${link.submitMessage}</p>` : nothing}
      ${testNote(speech, link)}
      ${this.slotOr('footer')}
    </form>`;
  }

  #about({ name, description, imageUrl }: FormView['link']) {
    const words = description ? html`<p class="description">${description}</p>` : nothing;
    if (this.isInDialog) return words;
    return html`<header>${picture(imageUrl, 'cover')}<h2>${name}</h2>${words}</header>`;
  }

  #view(link: FormView['link'], reading: FormView['reading']): FormView {
    const { checkout, speech } = this;
    const { state } = checkout as {
      state: { shown: 'all' | ReadonlySet<string> } & Pick<FormView, 'draft'> & {
          refusals: FormView['reading']['problems'];
        };
    };
    const problems = [...reading.problems, ...state.refusals];
    return {
      link,
      draft: state.draft,
      reading,
      speech,
      problemOf: (field) =>
        problems.find(
          (problem) => problem.field === field && (state.shown === 'all' || state.shown.has(field)),
        ),
      edit: (field, change) => checkout.edit(field, change),
      leave: (field) => checkout.leave(field),
    };
  }
}
