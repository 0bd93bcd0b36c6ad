/** Every event that leaves the widget. Details are plain data; all bubble and are composed. */
import type { CheckoutSession, PublicLink, Selection, Totals } from '../contract/index.js';

export type UnavailableStatus =
  | 'inactive'
  | 'expired'
  | 'exhausted'
  | 'temporarily_sold_out'
  | 'not_found';

export type CloseReason = 'button' | 'escape' | 'backdrop' | 'api' | 'complete';

export interface PayLinkEventDetails {
  'pay-link-ready': { readonly link: PublicLink };
  'pay-link-unavailable': { readonly status: UnavailableStatus; readonly link?: PublicLink };
  'pay-link-open': Record<string, never>;
  'pay-link-close': { readonly reason: CloseReason };
  'pay-link-change': { readonly selection: Selection; readonly totals: Totals | null };
  'pay-link-submit': { readonly selection: Selection; readonly totals: Totals | null };
  'pay-link-handoff': { readonly session: CheckoutSession };
  'pay-link-processing': { readonly session: CheckoutSession };
  'pay-link-complete': { readonly session: CheckoutSession };
  'pay-link-cancel': { readonly session: CheckoutSession };
  'pay-link-error': {
    readonly code: string;
    readonly message: string;
    readonly retryable: boolean;
    readonly field?: string;
  };
}

export type PayLinkEventName = keyof PayLinkEventDetails;
export type PayLinkEvent<Name extends PayLinkEventName> = CustomEvent<PayLinkEventDetails[Name]>;

declare global {
  interface GlobalEventHandlersEventMap extends PayLinkEventMap {}
}
type PayLinkEventMap = { [Name in PayLinkEventName]: PayLinkEvent<Name> };

/** After these the element does something by default, which a page may prevent. */
const cancelable = new Set<PayLinkEventName>([
  'pay-link-open',
  'pay-link-submit',
  'pay-link-handoff',
  'pay-link-complete',
]);

/** Tells the page; false where the page prevented what would follow. */
export const announce = <Name extends PayLinkEventName>(
  element: EventTarget,
  name: Name,
  detail: PayLinkEventDetails[Name],
): boolean =>
  element.dispatchEvent(
    new CustomEvent(name, {
      detail: JSON.parse(JSON.stringify(detail)),
      bubbles: true,
      composed: true,
      cancelable: cancelable.has(name),
    }),
  );
