/**
 * What the compiler refuses. No page shows it.
 *
 * An attribute or an event it does not know passes: TSX takes any name with a hyphen.
 */
import type {} from 'pay-link/preact';

export const mistakes = [
  // @ts-expect-error there is no such theme
  <pay-link-button key="theme" theme="blue" />,
  // @ts-expect-error an amount is no boolean
  <pay-link-button key="amount" prefill-amount={true} />,
  // @ts-expect-error metadata is text
  <pay-link-button key="metadata" metadata={{ order: 17 }} />,
  // @ts-expect-error there is no such message
  <pay-link-button key="messages" messages={{ text: { give: 'Give' } }} />,
  // @ts-expect-error the element writes it
  <pay-link-button key="state" state="done" />,
  // @ts-expect-error a form has no label
  <pay-link-form key="label" label="Give" />,
  // @ts-expect-error nobody listens with text
  <pay-link-button key="event" onpay-link-complete="thank" />,
  // @ts-expect-error a session has no price
  <pay-link-button key="detail" onpay-link-complete={(event) => event.detail.session.price} />,
];
