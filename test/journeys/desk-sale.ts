/** Something sold, of which the desk tells. */
import type { Page } from 'playwright-core';
import type { Street } from './street.js';

export interface Sale {
  readonly link: { readonly id: string; readonly name: string };
  readonly sessionId: string;
  pay(outcome?: string, reason?: string): Promise<void>;
  /** The newest payment of it. */
  payment(): Promise<{ id: string; status: string; refundedAmount: number; createdAt: string }>;
}

let count = 0;

/** A link of 25 euros with an order that is open. */
export async function sell({ call }: Street): Promise<Sale> {
  const name = `Choir trip ${++count}`;
  const link = await call('POST', '/v1/payment-links', {
    ...{ type: 'amount', name, currency: 'EUR', amount: 2_500, maxRedemptions: 5 },
    customFields: [
      { key: 'voice', label: 'Your voice', type: 'text' },
      { key: 'vegan', label: 'Vegan food', type: 'checkbox' },
    ],
  });
  const session = await call('POST', `/v1/public/payment-links/${link.id}/sessions`, {
    ...{
      customer: { email: 'anna@example.com' },
      reference: 'order-17',
      utm: { utm_source: 'letter' },
    },
    customFields: { voice: 'Alto', vegan: true },
  });
  return {
    link,
    sessionId: session.id,
    async pay(outcome = 'succeeded', reason) {
      await call('POST', `/v1/sandbox/checkout-sessions/${session.id}`, { outcome, reason });
    },
    async payment() {
      return (await call('GET', `/v1/payments?checkoutSessionId=${session.id}`)).data[0];
    },
  };
}

/** What the desk says there. */
export const corner = (page: Page, text: string | RegExp) =>
  page.getByRole('status').getByText(text).waitFor();
