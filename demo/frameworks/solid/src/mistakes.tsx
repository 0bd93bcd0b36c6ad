/**
 * What the compiler refuses. No page shows it.
 *
 * An attribute or an event it does not know passes: TSX takes any name with a hyphen.
 */
import type {} from 'pay-link/solid';

export const mistakes = () => [
  // @ts-expect-error there is no such theme
  <pay-link-button theme="blue" />,
  // @ts-expect-error an amount is no boolean
  <pay-link-button prefill-amount={true} />,
  // @ts-expect-error metadata is text
  <pay-link-button prop:metadata={{ order: 17 }} />,
  // @ts-expect-error there is no such message
  <pay-link-button prop:messages={{ text: { give: 'Give' } }} />,
  // @ts-expect-error the element writes it
  <pay-link-button state="done" />,
  // @ts-expect-error a form has no label
  <pay-link-form label="Give" />,
  // @ts-expect-error nobody listens with text
  <pay-link-button on:pay-link-complete="thank" />,
  // @ts-expect-error a session has no price
  <pay-link-button on:pay-link-complete={(event) => event.detail.session.price} />,
];
