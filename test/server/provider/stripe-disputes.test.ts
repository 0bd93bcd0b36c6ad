import { describe, expect, it } from 'vitest';
import { readBack } from '../../../src/server/domain/hearing.js';
import {
  eventTypesOf,
  invoice,
  type Json,
  listOf,
  membership,
  open,
  readSession,
} from '../offers.js';
import { refOf, useProvider } from './shop.js';
import { startStripe } from './stripe-stand-in.js';

describe('a payment that the buyer’s bank takes back', () => {
  const { far, house, tell } = useProvider(startStripe);

  async function paid() {
    const link = await invoice(house(), { maxRedemptions: 1 });
    const session = await open(house(), link);
    const message = far().pay(refOf(session));
    const { payment_intent: intent } = far().sessions.get(refOf(session));
    return { link, session, message, intent };
  }
  const statusOf = async (link: Json) =>
    (await listOf(house(), '/v1/payments', link)).map(({ status }) => status);
  const giveBack = async (link: Json, amount: number): Promise<Json> => {
    const [payment] = await listOf(house(), '/v1/payments', link);
    const path = `/v1/payments/${payment.id}/refunds`;
    return (await house().call('POST', path, { amount })).body;
  };

  it('is disputed, and stays so where the dispute is lost', async () => {
    const { link, message, intent } = await paid();
    const dispute = far().book.dispute(intent, 'needs_response');
    const created = far().tellOf('charge.dispute.created', dispute);
    // Its success is not known yet.
    expect(await tell(created)).toBe(404);
    expect(await tell(message)).toBe(204);
    expect([await tell(created), await tell(created)]).toEqual([204, 204]);
    expect(await statusOf(link)).toEqual(['disputed']);
    expect(await giveBack(link, 1_000)).toMatchObject({ code: 'conflict' });
    dispute.status = 'lost';
    expect(await tell(far().tellOf('charge.dispute.closed', dispute))).toBe(204);
    expect(await statusOf(link)).toEqual(['disputed']);
    const types = await eventTypesOf(house(), link);
    expect(types.filter((type) => type.startsWith('payment.dispute'))).toEqual([
      'payment.disputed',
    ]);
    // What was sold stays sold.
    const read = await house().call('GET', `/v1/payment-links/${link.id}`);
    expect(read.body).toMatchObject({ redemptionCount: 1, status: 'exhausted' });
  });

  it.each([
    [0, 'succeeded'],
    [1_000, 'partially_refunded'],
    [25_000, 'refunded'],
  ])('is what it was once the dispute is won: %i given back, %s', async (back, status) => {
    const { link, message, intent } = await paid();
    expect(await tell(message)).toBe(204);
    if (back) expect(await giveBack(link, back)).toMatchObject({ status: 'succeeded' });
    const dispute = far().book.dispute(intent, 'under_review');
    const created = far().tellOf('charge.dispute.created', dispute);
    const updated = far().tellOf('charge.dispute.updated', dispute);
    expect(await tell(created)).toBe(204);
    expect(await statusOf(link)).toEqual(['disputed']);
    dispute.status = 'won';
    expect(await tell(far().tellOf('charge.dispute.closed', dispute))).toBe(204);
    expect(await statusOf(link)).toEqual([status]);
    // What was sent before and comes after it says how it stands by now.
    expect(await tell(updated)).toBe(204);
    expect(await statusOf(link)).toEqual([status]);
    expect(await eventTypesOf(house(), link)).toContain('payment.dispute_won');
  });

  it('is not disputed by an inquiry, nor by a dispute of what others sell', async () => {
    const { link, message, intent } = await paid();
    expect(await tell(message)).toBe(204);
    const inquiry = far().book.dispute(intent, 'warning_needs_response');
    expect(await tell(far().tellOf('charge.dispute.created', inquiry))).toBe(204);
    far().book.intents.set('pi_elsewhere', { id: 'pi_elsewhere', metadata: {} });
    const elsewhere = far().book.dispute('pi_elsewhere', 'needs_response');
    expect(await tell(far().tellOf('charge.dispute.created', elsewhere))).toBe(204);
    expect(await statusOf(link)).toEqual(['succeeded']);
  });

  it('may be a renewal, which is known there by its intent and here by its invoice', async () => {
    const { link, seen } = await membership(house());
    const [plan] = seen.items;
    const [{ id: priceId }] = plan.prices;
    const session = await open(house(), link, {
      customer: { email: 'anna@example.com' },
      items: [{ itemId: plan.id, priceId, quantity: 1 }],
    });
    await tell(far().pay(refOf(session)));
    const renewal = far().book.renew(refOf(session));
    expect(await tell(far().tellOf('invoice.paid', renewal.shown))).toBe(204);
    const dispute = far().book.dispute(renewal.intent as string, 'needs_response');
    expect(await tell(far().tellOf('charge.dispute.created', dispute))).toBe(204);
    expect(await statusOf(link)).toEqual(['succeeded', 'disputed']);
  });

  it('is asked for again where Stripe cannot be read', async () => {
    const { link, message, intent } = await paid();
    expect(await tell(message)).toBe(204);
    const dispute = far().book.dispute(intent, 'needs_response');
    far().meetCall(`GET /v1/disputes/${dispute.id}`, 500);
    const created = far().tellOf('charge.dispute.created', dispute);
    expect(await tell(created)).toBe(502);
    expect(await statusOf(link)).toEqual(['succeeded']);
    expect(await tell(created)).toBe(204);
    expect(await statusOf(link)).toEqual(['disputed']);
  });
});

describe('a debit at Stripe whose end was not told', () => {
  const { far, house, opened, tell, paymentsOf } = useProvider(startStripe);

  it('is read back as failed', async () => {
    const session = await opened();
    far().pay(refOf(session));
    expect(await tell(far().told(refOf(session), { payment_status: 'unpaid' }))).toBe(204);
    far().sessions.get(refOf(session)).payment_status = 'unpaid';
    Object.assign(far().book.intentOf(far().sessions.get(refOf(session))), {
      status: 'processing',
    });
    // It takes its days still.
    expect(await readBack(house().backend, session.id)).toBe('processing');
    expect((await readSession(house(), session)).status).toBe('processing');
    const untold = far().failDebit(refOf(session));
    expect(await readBack(house().backend, session.id)).toBe('failed');
    expect(await readSession(house(), session)).toMatchObject({
      ...{ status: 'open', failure: { code: 'declined' } },
    });
    expect(await tell(untold)).toBe(204);
    expect(await paymentsOf(session)).toMatchObject([{ status: 'failed' }]);
  });

  it('says nothing of a checkout that has only expired', async () => {
    const session = await opened();
    far().expire(refOf(session));
    expect(await readBack(house().backend, session.id)).toBeUndefined();
  });
});
