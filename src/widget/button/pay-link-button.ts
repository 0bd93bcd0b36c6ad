import {
  type CSSResultGroup,
  html,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
} from 'lit';
import { isOpenLink, isUnanswered, lowestPrice, type PublicLink } from '../../contract/index.js';
import { announce, type PayLinkEvent } from '../events.js';
import { isSafeAddress, openEarly, redirect } from '../handoff.js';
import type { PayLinkModal } from '../modal/pay-link-modal.js';
import { attributes, joinedBy, PayLinkElement } from '../pay-link-element.js';
import { buttons } from '../styles/buttons.js';
import { reset } from '../styles/reset.js';
import { tokens } from '../styles/tokens.js';
import { verbOf } from '../submit-label.js';
import { arrange, followChildren, forgetSleeper } from './far-buttons.js';
import { buttonStyles } from './pay-link-button.styles.js';

const allParts =
  'dialog,header,title,close,form,field,label,input,option,quantity,summary,total,submit,notice,error,confirmation';

/** A press may follow. One listener for all buttons: a thousand closures weigh. */
const expect = ({ currentTarget }: Event): unknown => (currentTarget as PayLinkButton).expect();

/**
 * @summary A call-to-action; a press opens the form of its link.
 *
 * An `<a href>` inside serves buyers without script. Once upgraded its text becomes the label, and its
 * address is followed where the backend cannot be reached.
 *
 * @slot - The label, where it is more than a link.
 *
 * @csspart button - The button itself; the parts of modal and form are there too.
 */
export class PayLinkButton extends PayLinkElement {
  static override get styles(): CSSResultGroup {
    return [reset, tokens, buttons, buttonStyles];
  }

  static override get properties(): PropertyDeclarations {
    return {
      display: { initial: 'modal' },
      label: { initial: '' },
      showPrice: { type: Boolean, attribute: 'show-price', initial: false },
      shownLink: { state: true, initial: null },
      isNeeded: { state: true, initial: false },
    };
  }

  /** Where the form opens: in a dialog, beside the button, or on the link's own page. */
  display!: 'modal' | 'popover' | 'page';
  /** Words on the button; else those of the `<a>` inside, else what the link is for. */
  label!: string;
  /** Shows what the link costs beside the label. */
  showPrice!: boolean;

  get #modal(): PayLinkModal | null {
    return this.renderRoot?.querySelector<PayLinkModal>('pay-link-modal');
  }

  private shownLink!: PublicLink | null;
  private isNeeded!: boolean;

  override connectedCallback(): void {
    this.reflectState();
    const hasStarted = this.hasStartedPayment;
    arrange(this, this.hasUpdated || hasStarted);
    if (hasStarted) this.#resume();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    forgetSleeper(this);
  }

  /** Takes its place in the page; until then what stands inside is shown as it is. */
  wake(): void {
    this.removeAttribute('asleep');
    super.connectedCallback();
    followChildren(this);
    for (const sign of ['pointerenter', 'focus']) this.addEventListener(sign, expect);
  }

  /** Only a button that is seen and lacks words or price asks for its link. */
  see(): void {
    if (this.#needsLink) this.#prefetch();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.get('link') !== undefined) this.shownLink = null;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.handDown(this.#modal);
    if (changed.has('state')) this.dispatchEvent(new Event('statechange'));
  }

  /** The `<a>` that a buyer without script would use. */
  get #anchor(): HTMLAnchorElement | null {
    return this.querySelector('a[href]');
  }

  protected override get fallbackAddress(): string | undefined {
    return this.#anchor?.href;
  }

  get #hasOwnContent(): boolean {
    return [...this.childNodes].some((node) =>
      node instanceof Element
        ? !node.matches('a[href]') && !node.slot
        : node.nodeType === Node.TEXT_NODE && Boolean(node.textContent?.trim()),
    );
  }

  get #needsLink(): boolean {
    const hasWords = this.label || this.#anchor?.textContent?.trim() || this.#hasOwnContent;
    return !hasWords || this.showPrice;
  }

  /** A press may follow: what it needs is made ready, and stays closed. */
  expect(): void {
    if (this.#modal?.open) return;
    this.isNeeded = this.display !== 'page';
    this.#prefetch();
  }

  /** Words and price of the link; trouble waits for the press. */
  async #prefetch(): Promise<void> {
    this.needWords();
    const { linkName, backend } = this;
    if (!linkName || !backend) return;
    try {
      const link = await backend.paymentLink(linkName.id);
      if (linkName.id !== this.linkName?.id) return;
      this.#know(link);
      // The first amount of a page takes the browser as long as the form does.
      if (isOpenLink(link)) setTimeout(() => this.speech.money(0, link.currency));
    } catch {
      // Told when the buyer asks for it.
    }
  }

  #know(link: PublicLink): void {
    this.shownLink = link;
    this.brand(link.branding);
  }

  #onPress(): void {
    if (this.display === 'page') this.#openPage();
    else this.#openModal();
  }

  async #openModal(): Promise<void> {
    this.isNeeded = true;
    await this.updateComplete;
    const modal = this.#modal;
    if (!modal) return;
    this.handDown(modal);
    modal.beside = this.display === 'popover' ? this : undefined;
    modal.show();
  }

  async #resume(): Promise<void> {
    this.isNeeded = true;
    await this.updateComplete;
    this.#modal?.show();
  }

  #openPage(): void {
    const address = this.#pageAddress();
    if (address && announce(this, 'pay-link-open', {}))
      redirect(address, openEarly('redirect', {}, ''));
    else if (!address) this.#openModal();
  }

  #pageAddress(): string | undefined {
    const { linkName, apiOrigin } = this;
    const base = this.fallbackAddress ?? (linkName && apiOrigin && `${apiOrigin}/p/${linkName.id}`);
    if (!base || !isSafeAddress(base)) return undefined;
    const address = new URL(base);
    for (const name of attributes)
      if (/^locale|^prefill/.test(name) && this[name])
        address.searchParams.set(joinedBy('_', name), String(this[name]));
    return address.href;
  }

  #onState(): void {
    if (this.#modal) this.state = this.#modal.state;
  }

  #onReady(event: PayLinkEvent<'pay-link-ready'>): void {
    this.#know(event.detail.link);
  }

  #onError({ detail }: PayLinkEvent<'pay-link-error'>): void {
    const address = this.fallbackAddress;
    const isLoading = !this.shownLink || this.#modal?.state === 'unavailable';
    // The address inside may still work.
    if (address && isLoading && isUnanswered(detail.code)) redirect(address, null);
  }

  override render() {
    const words = this.#words();
    return html`<span class="root">
      <button
        part="button"
        class="pay"
        type="button"
        aria-haspopup=${this.display === 'page' ? nothing : 'dialog'}
        @click=${this.#onPress}
      >
        ${this.showPrice && this.shownLink ? html`<span>${words}</span> ${this.#price()}` : words}
      </button>
      ${this.isNeeded ? this.#renderModal() : nothing}
    </span>`;
  }

  #renderModal() {
    return html`<pay-link-modal
      exportparts=${allParts}
      @statechange=${this.#onState}
      @pay-link-ready=${this.#onReady}
      @pay-link-error=${this.#onError}
    >
      ${this.slotsForInner()}
    </pay-link-modal>`;
  }

  #words() {
    if (this.#hasOwnContent) return html`<slot></slot>`;
    const { speech, shownLink } = this;
    const given = this.label || this.#anchor?.textContent?.trim();
    return given || speech.say(shownLink ? verbOf(shownLink) : 'pay');
  }

  #price() {
    const link = this.shownLink;
    if (!link || !isOpenLink(link)) return nothing;
    const lowest = lowestPrice(link);
    if (!lowest) return nothing;
    const price = this.speech.money(lowest.amount, link.currency);
    const words = lowest.isOnly ? price : this.speech.say('from', { price });
    return html`<span class="price">${words}</span>`;
  }
}
