import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isSigned } from '../../../src/server/provider/yabetoo/signature.js';
import { fromMajor, toMajor } from '../../../src/server/provider/yabetoo/wire.js';
import { anna, invoice, type Json, make, open, readSession } from '../offers.js';
import { refOf, useProvider } from './shop.js';
import { startYabetoo } from './yabetoo-stand-in.js';

describe('an amount in major units', () => {
  it.each([
    [2_550, 'EUR', 25.5],
    [2_550, 'XAF', 2_550],
    [1, 'EUR', 0.01],
    [1_999, 'EUR', 19.99],
    [1_234, 'KWD', 1.234],
    [110, 'USD', 1.1],
    [999_999_999_999, 'EUR', 9_999_999_999.99],
    [0, 'XAF', 0],
  ])('of %i %s is %d, and comes back', (amount, currency, major) => {
    expect(toMajor(amount, currency)).toBe(major);
    expect(fromMajor(major, currency)).toBe(amount);
  });

  it.each([
    [2_550.5, 'XAF'],
    [0.015, 'EUR'],
    [1e300, 'EUR'],
    [Number.NaN, 'EUR'],
  ])('of %d %s is none', (major, currency) => {
    expect(() => fromMajor(major, currency)).toThrow(RangeError);
  });
});

describe('a signature', () => {
  const secret = 'between us';
  const now = Date.parse('2026-05-01T12:00:00Z');
  const time = String(now / 1_000);
  const body = '{"id":"evt_1"}';
  const digest = (at: string, text = body, by = secret) =>
    createHmac('sha256', by).update(`${at}.${text}`).digest('hex');

  it.each([
    ['beside its time', `v1=${digest(time)}`, time, true],
    ['with its time in it', `t=${time},v1=${digest(time)}`, undefined, true],
    ['with a space in it', `t=${time}, v1=${digest(time)}`, undefined, true],
    ['over milliseconds', `v1=${digest(`${now}`)}`, `${now}`, true],
    ['without a time', `v1=${digest(time)}`, undefined, false],
    ['of another time', `v1=${digest(time)}`, String(now / 1_000 - 1), false],
    ['of another body', `v1=${digest(time, '{}')}`, time, false],
    ['by another secret', `v1=${digest(time, body, 'x')}`, time, false],
    ['cut short', `v1=${digest(time).slice(0, 62)}`, time, false],
    ['of no hex', `v1=${'z'.repeat(64)}`, time, false],
    ['that is absent', '', time, false],
    ['that is too old', `v1=${digest(`${now / 1_000 - 301}`)}`, `${now / 1_000 - 301}`, false],
    ['from the future', `v1=${digest(`${now / 1_000 + 301}`)}`, `${now / 1_000 + 301}`, false],
  ])('%s: %s', (_, signature, timestamp, isGood) => {
    expect(isSigned({ body, signature, timestamp }, secret, now)).toBe(isGood);
  });
});

describe('Yabetoo', () => {
  const { far, house, opened, tell, paymentsOf } = useProvider(startYabetoo);

  it('is asked in major units and by the names it documents', async () => {
    const fee = { type: 'amount', name: 'Fee', currency: 'EUR', amount: 2_550 };
    const session = await open(house(), await make(house(), '/v1/payment-links', fee));
    expect(far().askedOf(refOf(session))).toEqual({
      mode: 'payment',
      line_items: [
        {
          quantity: 1,
          price_data: { currency: 'EUR', unit_amount: 25.5, product_data: { name: 'Fee' } },
        },
      ],
      success_url: `http://127.0.0.1:4242/c/${session.id}`,
      cancel_url: `http://127.0.0.1:4242/c/${session.id}`,
      customer_email: anna.customer.email,
      client_reference_id: session.id,
      expires_at: Math.floor(Date.parse(session.expiresAt) / 1_000),
      metadata: { checkout_session: session.id },
    });
  });

  it.each([
    ['LOW_BALANCE_OR_PAYEE_LIMIT_REACHED', 'insufficient_funds'],
    ['APPROVAL_REJECTED', 'rejected_by_payer'],
    ['EXPIRED', 'timed_out'],
    ['TIMEOUT', 'timed_out'],
    ['PAYER_NOT_FOUND', 'payer_not_found'],
    ['NOT_ALLOWED', 'not_allowed'],
    ['INTERNAL_PROCESSING_ERROR', 'provider_error'],
    ['SOMETHING_NEW', 'declined'],
  ])('fails for %s, which a buyer hears as %s', async (reason, code) => {
    const session = await opened();
    expect(await tell(far().failWith(refOf(session), reason))).toBe(204);
    expect(await readSession(house(), session)).toMatchObject({
      status: 'open',
      failure: { code },
    });
  });

  it('waits for a slow payer', async () => {
    const session = await opened();
    expect(await tell(far().failWith(refOf(session), 'PAYER_DELAYED'))).toBe(204);
    expect((await readSession(house(), session)).failure).toBeNull();
    expect(await tell(far().delay(refOf(session)))).toBe(204);
    expect((await readSession(house(), session)).status).toBe('processing');
    expect(await tell(far().pay(refOf(session)))).toBe(204);
    expect((await readSession(house(), session)).status).toBe('complete');
  });

  it('opens again after a slow payer has failed in the end', async () => {
    const session = await opened();
    expect(await tell(far().delay(refOf(session)))).toBe(204);
    expect(await tell(far().failWith(refOf(session), 'TIMEOUT'))).toBe(204);
    expect(await readSession(house(), session)).toMatchObject({
      ...{ status: 'open', failure: { code: 'timed_out' } },
    });
    expect(await paymentsOf(session)).toMatchObject([{ status: 'failed' }]);
  });

  it('opens again after a slow payer has failed, though no message of it arrives', async () => {
    const session = await opened();
    expect(await tell(far().delay(refOf(session)))).toBe(204);
    far().failUntold(refOf(session));
    await house().moveClock(61);
    await house().worker.sweep();
    expect(await readSession(house(), session)).toMatchObject({
      ...{ status: 'open', failure: { code: 'timed_out' } },
    });
    expect(await paymentsOf(session)).toMatchObject([{ status: 'failed' }]);
    expect(await tell(far().pay(refOf(session)))).toBe(204);
    expect((await readSession(house(), session)).status).toBe('complete');
    expect(await paymentsOf(session)).toMatchObject([{ status: 'succeeded' }]);
  });

  it('gives its place back where it was under way and has ended there untold', async () => {
    const link = await invoice(house(), { maxRedemptions: 1 });
    const session = await open(house(), link);
    expect(await tell(far().delay(refOf(session)))).toBe(204);
    far().expire(refOf(session));
    for (const seconds of [16 * 60, 60]) {
      await house().moveClock(seconds);
      await house().worker.sweep();
    }
    expect((await readSession(house(), session)).status).toBe('expired');
    const read = await house().call('GET', `/v1/payment-links/${link.id}`);
    expect(read.body.reservedCount).toBe(0);
  });

  it('is over where nobody there knows of it any more: its key is of another account', async () => {
    const link = await invoice(house(), { maxRedemptions: 1 });
    const session = await open(house(), link);
    far().forget(refOf(session));
    await house().moveClock(16 * 60);
    await house().worker.sweep();
    const read = await house().call('GET', `/v1/payment-links/${link.id}`);
    expect(read.body.reservedCount).toBe(0);
  });

  it('cannot give money back: the payment stays as it is, and the refund says why', async () => {
    const session = await opened();
    await tell(far().pay(refOf(session)));
    const [payment] = await paymentsOf(session);
    const answer = await house().call('POST', `/v1/payments/${payment?.id}/refunds`, {});
    expect(answer.body).toMatchObject({ status: 'failed', failure: { code: 'not_allowed' } });
    expect(await paymentsOf(session)).toMatchObject([{ status: 'succeeded' }]);
  });

  it('is read back where it was paid untold after its buyer gave it back', async () => {
    const link = await invoice(house(), { maxRedemptions: 1 });
    const session = await open(house(), link);
    const path = `/v1/public/checkout-sessions/${session.id}/cancel`;
    await house().call('POST', path, undefined, { key: null });
    far().pay(refOf(session));
    await house().worker.sweep();
    expect((await readSession(house(), session)).status).toBe('canceled');
    await house().moveClock(22 * 60);
    await house().worker.sweep();
    expect((await readSession(house(), session)).status).toBe('complete');
    const reads = async () => {
      const before = far().reads();
      await house().moveClock(61 * 60);
      await house().worker.sweep();
      return far().reads() - before;
    };
    const left = await open(house(), await invoice(house()));
    const leave = `/v1/public/checkout-sessions/${left.id}/cancel`;
    await house().call('POST', leave, undefined, { key: null });
    // Not for ever.
    expect([await reads(), await reads(), await reads(), await reads()]).toEqual([1, 1, 1, 0]);
  });

  it('ends with our own time where it does not say when its page closes', async () => {
    far().hideExpiry();
    const session = await opened();
    await house().moveClock(16 * 60);
    await house().worker.sweep();
    const path = `/v1/checkout-sessions?status=open&limit=100`;
    const isHeld = async () =>
      (await house().call('GET', path)).body.data.some(({ id }: Json) => id === session.id);
    expect(await isHeld()).toBe(true);
    await house().moveClock(5 * 60);
    await house().worker.sweep();
    expect(await isHeld()).toBe(false);
    expect((await readSession(house(), session)).status).toBe('expired');
  });
});
