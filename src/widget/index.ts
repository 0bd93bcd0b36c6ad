/** Registers the three tags, all or none, and exports their classes and types: the ES module. */
import { PayLinkButton } from './button/pay-link-button.js';
import { PayLinkForm } from './form/pay-link-form.js';
import { PayLinkModal } from './modal/pay-link-modal.js';
import { define, tags } from './tags.js';

export type {
  AddressForm,
  Branding,
  CheckoutSession,
  ClosedLink,
  Collect,
  LinkItem,
  OpenLink,
  PublicLink,
  Selection,
  SessionRequest,
  Totals,
} from '../contract/index.js';
export { Problem } from '../contract/index.js';
export { configure } from './api-origin.js';
export type { Client } from './client.js';
export type {
  CloseReason,
  PayLinkEvent,
  PayLinkEventDetails,
  PayLinkEventName,
  UnavailableStatus,
} from './events.js';
export type { MessageOverrides } from './i18n/en.js';
export type { FormState } from './pay-link-element.js';
export { version } from './version.js';
export { PayLinkButton, PayLinkForm, PayLinkModal };

/** A page where any of the tags is taken keeps the version that took it: versions never mix. */
function register(): void {
  if (typeof customElements === 'undefined') return;
  if (Object.keys(tags).some((tag) => customElements.get(tag))) return;
  define();
}

register();

declare global {
  interface HTMLElementTagNameMap {
    'pay-link-button': PayLinkButton;
    'pay-link-form': PayLinkForm;
    'pay-link-modal': PayLinkModal;
  }
}
