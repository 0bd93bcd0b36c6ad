/** The three elements by their tags, each before those that show it. */
import { PayLinkButton } from './button/pay-link-button.js';
import { PayLinkForm } from './form/pay-link-form.js';
import { PayLinkModal } from './modal/pay-link-modal.js';

export const tags = {
  'pay-link-form': PayLinkForm,
  'pay-link-modal': PayLinkModal,
  'pay-link-button': PayLinkButton,
};

/** All or none: whoever calls has seen that they are free. */
export function define(): void {
  for (const [tag, element] of Object.entries(tags)) customElements.define(tag, element);
}
