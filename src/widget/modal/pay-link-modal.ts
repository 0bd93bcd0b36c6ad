import {
  type CSSResultGroup,
  html,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
} from 'lit';
import type { PublicLink } from '../../contract/index.js';
import { anchor } from '../anchored-panel.js';
import { announce, type CloseReason, type PayLinkEvent } from '../events.js';
import type { PayLinkForm } from '../form/pay-link-form.js';
import { PayLinkElement } from '../pay-link-element.js';
import { buttons } from '../styles/buttons.js';
import { reset } from '../styles/reset.js';
import { tokens } from '../styles/tokens.js';
import { modalStyles } from './pay-link-modal.styles.js';
import { lockScroll } from './scroll-lock.js';

/** In pixels: less of the form at once is no help. */
const leastHeight = 560;

const formParts =
  'form,field,label,input,option,quantity,summary,total,submit,notice,error,confirmation';

/**
 * @summary The payment form in a native modal dialog; on a phone a sheet from below.
 *
 * @slot header - Below the title, above the fields.
 * @slot footer - Below the button that pays.
 * @slot confirmation - The thank-you, in place of ours.
 *
 * @fires pay-link-open - About to open. Cancelable.
 * @fires pay-link-close - Closed, with the reason: button, escape, backdrop, api, complete.
 *
 * @csspart dialog - The dialog.
 * @csspart header - Its header.
 * @csspart title - The link's name in the header.
 * @csspart close - The button that closes.
 */
export class PayLinkModal extends PayLinkElement {
  static override get styles(): CSSResultGroup {
    return [reset, tokens, buttons, modalStyles];
  }

  static override get properties(): PropertyDeclarations {
    return {
      open: { type: Boolean, reflect: true, initial: false },
      shownLink: { state: true, initial: null },
      isNeeded: { state: true, initial: false },
    };
  }

  /** Whether the dialog is open; set it, or call `show()` and `close()`. */
  open!: boolean;

  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector<HTMLDialogElement>('dialog')!;
  }

  get #form(): PayLinkForm | null {
    return this.renderRoot?.querySelector<PayLinkForm>('pay-link-form');
  }

  get #anchor(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('.anchor')!;
  }

  private shownLink!: PublicLink | null;
  /** From the first opening on the form stays, with what was typed. */
  private isNeeded!: boolean;

  /** Opens beside this element; on a phone, where nothing is beside anything, a sheet all the same. */
  beside: HTMLElement | undefined;

  #release: (() => void) | undefined;
  #opener: Element | null = null;
  #pressedOnBackdrop = false;
  /** The page knows of this opening. */
  #isBegun = false;
  /** Paid while nobody looked. */
  #isNews = false;

  /** Opens the dialog; false where the page prevented it. */
  show(): boolean {
    if (this.open) return true;
    this.open = this.#begin();
    return this.open;
  }

  /** Tells that it is about to open; false where the page prevented it. */
  #begin(): boolean {
    this.#isBegun = announce(this, 'pay-link-open', {});
    if (!this.#isBegun) return false;
    this.#form?.restart(this.#isNews);
    this.#isNews = false;
    this.isNeeded = true;
    return true;
  }

  close(): void {
    this.#close('api');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#release?.();
    this.#release = undefined;
    // Put back somewhere else it is to be shown anew: out of the top layer it would be a box in the page.
    this.#opener = null;
    this.#dialog?.removeAttribute('open');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!changed.has('open')) return;
    if (!this.open) this.#isBegun = false;
    // Opened by the attribute or property.
    else if (!this.#isBegun) this.open = this.#begin();
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.handDown(this.#form);
    if (this.#form) this.#form.isInDialog = true;
    if (this.open && !this.#opener && this.isConnected) this.#showDialog();
    if (!this.open && this.#dialog.open) this.#close('api');
    if (changed.has('state')) this.dispatchEvent(new Event('statechange'));
  }

  async #showDialog(): Promise<void> {
    this.#opener = deepActiveElement();
    this.needWords();
    // A link at hand fills the form in this very task: what is shown then need not be laid out twice.
    await new Promise((resolve) => setTimeout(resolve));
    if (!this.open || !this.isConnected || this.#dialog.open) return;
    const unlock = lockScroll();
    this.#dialog.showModal();
    this.#form?.noteOpened();
    const { beside } = this;
    const isBeside = beside !== undefined && matchMedia('(min-width: 561px)').matches;
    this.#dialog.classList.toggle('beside', isBeside);
    const leave = isBeside && anchor(this.#dialog, beside, leastHeight);
    this.#release = () => {
      unlock();
      if (leave) leave();
    };
  }

  #close(reason: CloseReason): void {
    if (!this.#dialog?.open) {
      this.open = false;
      this.#opener = null;
      return;
    }
    this.#form?.abandon();
    this.#dialog.close();
    this.#closed(reason);
  }

  #closed(reason: CloseReason): void {
    this.open = false;
    this.#release?.();
    this.#release = undefined;
    // The platform gives focus back to the opener; one that is gone leaves it nowhere.
    if (this.#opener && !this.#opener.isConnected) this.#anchor.focus();
    this.#opener = null;
    announce(this, 'pay-link-close', { reason: this.state === 'done' ? 'complete' : reason });
  }

  #onCancel(event: Event): void {
    event.preventDefault();
    this.#close('escape');
  }

  /** Where the platform closes by itself: a second Esc, a back gesture. */
  #onClose(): void {
    if (this.open) this.#closed('escape');
  }

  #onPointerDown(event: Event): void {
    this.#pressedOnBackdrop = event.target === this.#dialog;
  }

  #onClick(event: MouseEvent): void {
    // A double press meant the button the dialog has drawn back from.
    if (event.target === this.#dialog && this.#pressedOnBackdrop && event.detail < 2)
      this.#close('backdrop');
  }

  #onState(): void {
    const form = this.#form;
    if (!form) return;
    this.state = form.state;
    this.#isNews = form.state === 'done' && !this.open;
    if (form.state === 'loading') this.shownLink = null;
  }

  #onLink(event: PayLinkEvent<'pay-link-ready' | 'pay-link-unavailable'>): void {
    this.shownLink = event.detail.link ?? null;
    this.brand(this.shownLink?.branding ?? null);
  }

  override render() {
    const { speech, shownLink } = this;
    return html`<div class="root">
      <span class="anchor visually-hidden" tabindex="-1"></span>
      <dialog
        part="dialog"
        aria-labelledby="title"
        @cancel=${this.#onCancel}
        @close=${this.#onClose}
        @pointerdown=${this.#onPointerDown}
        @click=${this.#onClick}
      >
        <div class="sheet">
          <div class="header" part="header">
            <h2 id="title" part="title" tabindex="-1" autofocus>
              ${shownLink?.name ?? speech.say('pay')}
            </h2>
            <button
              part="close"
              class="close"
              type="button"
              aria-label=${speech.say('close')}
              @click=${() => this.#close('button')}
            >
              <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" fill="none">
                <path d="M6 6l12 12M18 6L6 18" stroke="currentColor" stroke-width="2" />
              </svg>
            </button>
          </div>
          <div class="body">${this.isNeeded ? this.#renderForm() : nothing}</div>
        </div>
      </dialog>
    </div>`;
  }

  #renderForm() {
    return html`<pay-link-form
        exportparts=${formParts}
        @statechange=${this.#onState}
        @pay-link-ready=${this.#onLink}
        @pay-link-unavailable=${this.#onLink}
      >
        ${this.slotsForInner()}
      </pay-link-form>
      ${
        this.state === 'done'
          ? html`<button type="button" class="pay" @click=${() => this.#close('complete')}>
              ${this.speech.say('done')}
            </button>`
          : nothing
      }`;
  }
}

/** The focused element, through shadow roots. */
function deepActiveElement(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}
