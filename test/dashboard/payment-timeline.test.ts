import { describe, expect, it } from 'vitest';
import type { MerchantSession, Payment, Refund, WebhookEvent } from '../../src/contract/index.js';
import {
  doubtOf,
  isRenewal,
  type Known,
  leftOf,
  timelineOf,
} from '../../src/dashboard/sales/timeline.js';

const at = (minute: number) => `2030-05-04T09:${String(minute).padStart(2, '0')}:00.000Z`;

const payment = (more: Partial<Payment> = {}): Payment => ({
  ...{ id: 'pay_1', object: 'payment', checkoutSessionId: 'cs_1', paymentLinkId: 'plink_1' },
  ...{ subscriptionId: null, amount: 2_500, currency: 'EUR', refundedAmount: 0 },
  ...{ status: 'succeeded', failure: null, testMode: true, createdAt: at(2) },
  ...more,
});

const session = (more: object = {}) =>
  ({
    ...{ id: 'cs_1', status: 'complete', paymentId: 'pay_1', renewalOf: null },
    ...{ total: 2_500, currency: 'EUR', createdAt: at(0), expiresAt: at(15) },
    ...more,
  }) as unknown as MerchantSession;

const refund = (more: Partial<Refund> = {}): Refund => ({
  ...{ id: 're_1', object: 'refund', paymentId: 'pay_1', paymentLinkId: 'plink_1' },
  ...{ amount: 500, currency: 'EUR', status: 'succeeded', failure: null, reason: 'requested' },
  ...{ releaseRedemption: false, testMode: true, createdAt: at(20), settledAt: at(21) },
  ...more,
});

const event = (type: WebhookEvent['type'], minute: number, data: object): WebhookEvent => ({
  ...{ id: 'evt_1', type, createdAt: at(minute) },
  data: { paymentLinkId: 'plink_1', ...data },
});

const known = (more: Partial<Known> = {}): Known => {
  const one = more.payment ?? payment();
  return { payment: one, session: session(), attempts: [one], refunds: [], events: [], ...more };
};

const told = (all: Known) =>
  timelineOf(all).map(({ what, at: when }) => `${when.slice(14, 16)} ${what}`);

describe('the timeline of a payment', () => {
  it('tells of the order, the tries that failed, and when it was paid', () => {
    const failed = payment({
      ...{ id: 'pay_0', status: 'failed', failure: { code: 'declined' }, createdAt: at(1) },
    });
    const events = [event('payment.succeeded', 3, payment())];
    expect(told(known({ attempts: [payment(), failed], events }))).toEqual([
      '00 opened',
      '01 failed',
      '03 paid',
    ]);
  });

  it('tells what went back, what did not, and what is on its way', () => {
    const refunds = [
      refund({ id: 're_3', status: 'pending', createdAt: at(40), settledAt: null }),
      refund({ id: 're_2', status: 'failed', settledAt: at(31) }),
      refund(),
    ];
    expect(told(known({ refunds })).slice(2)).toEqual([
      '21 refunded',
      '31 refundFailed',
      '40 refundAsked',
    ]);
  });

  it('tells of a dispute and its end, of this payment alone', () => {
    const events = [
      event('payment.dispute_won', 50, payment()),
      event('payment.disputed', 45, payment()),
      event('payment.succeeded', 3, payment({ id: 'pay_9' })),
    ];
    expect(told(known({ events })).slice(-2)).toEqual(['45 disputed', '50 won']);
    expect(told(known({ events }))).toHaveLength(4);
  });

  it('of a renewal that is charged by itself leaves the first order out', () => {
    const renewal = payment({ id: 'pay_2', subscriptionId: 'sub_1', createdAt: at(59) });
    const first = payment({ subscriptionId: 'sub_1' });
    expect(told(known({ payment: renewal, attempts: [renewal, first] }))).toEqual(['59 paid']);
    // And the first payment leaves the renewals out.
    expect(told(known({ payment: first, attempts: [renewal, first] }))).toEqual([
      '00 opened',
      '02 paid',
    ]);
    expect(isRenewal(renewal, session())).toBe(true);
    expect(isRenewal(first, session())).toBe(false);
    expect(isRenewal(first, session({ renewalOf: 'sub_1' }))).toBe(true);
  });

  it('says when the time was over, also before anybody has told of it', () => {
    const processing = payment({ status: 'processing' });
    const expired = session({ status: 'expired', paymentId: null });
    expect(told(known({ payment: processing, session: expired }))).toEqual([
      '00 opened',
      '02 begun',
      '15 expired',
    ]);
  });
});

describe('a payment to be looked at', () => {
  const odd = payment({ id: 'pay_2', status: 'needs_review' });

  it('says why, as far as it can be known', () => {
    const of = (more: Partial<Known>) => doubtOf(known({ payment: odd, ...more }));
    expect(doubtOf(known())).toBeNull();
    expect(of({ payment: { ...odd, amount: 1 } })).toBe('other_amount');
    expect(of({ attempts: [odd, payment({ status: 'refunded' })] })).toBe('paid_twice');
    expect(of({ attempts: [odd, payment({ status: 'failed' })] })).toBe('elsewhere');
    expect(of({ payment: { ...odd, subscriptionId: 'sub_1' } })).toBe('renewal');
    const refunds = [refund({ reason: 'late_payment', status: 'failed' })];
    expect(of({ refunds })).toBe('not_returned');
  });
});

it('counts what is on its way as gone', () => {
  const refunds = [refund({ status: 'pending' }), refund(), refund({ status: 'failed' })];
  expect(leftOf(payment({ refundedAmount: 500 }), refunds)).toBe(1_500);
});
