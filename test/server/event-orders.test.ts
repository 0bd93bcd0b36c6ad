import { afterAll, describe, expect, it } from 'vitest';
import { applyProviderEvent } from '../../src/server/domain/settlement.js';
import { storeNames, useHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import { invoice, type Json, listOf, open, readSession } from './offers.js';

function ordersOf<T>(things: readonly T[]): T[][] {
  if (things.length < 2) return [[...things]];
  return things.flatMap((first, index) =>
    ordersOf(things.filter((_, at) => at !== index)).map((rest) => [first, ...rest]),
  );
}

const lifetime = 15 * 60;

describe.each(storeNames)('whatever comes first, on %s', (store) => {
  const house = useHouse(store);
  afterAll(() => expectSoundBooks(house()));

  type Type = 'processing' | 'succeeded' | 'failed' | 'canceled';
  const tell = (type: Type, attempt: number) => (session: Json) =>
    applyProviderEvent(house().backend, {
      provider: 'sandbox',
      id: `${session.id}/${attempt}/${type}`,
      sessionId: session.id,
      attempt: `${session.id}/${attempt}`,
      type,
      amount: session.total,
      currency: session.currency,
      failureCode: type === 'failed' ? 'declined' : null,
    });

  const happenings = {
    underWay: tell('processing', 1),
    paid: tell('succeeded', 1),
    paidAgain: tell('succeeded', 1),
    declined: tell('failed', 1),
    declinedAgain: tell('failed', 1),
    underWayNow: tell('processing', 2),
    paidNow: tell('succeeded', 2),
    closed: tell('canceled', 1),
    buyerReturns: (session: Json) => house().call('GET', `/c/${session.id}`),
    buyerCancels: ({ id }: Json) =>
      house().call('POST', `/v1/public/checkout-sessions/${id}/cancel`, undefined, { key: null }),
    timePasses: async () => {
      await house().moveClock(lifetime + 1);
      await house().worker.sweep();
    },
  };
  type Happening = keyof typeof happenings;

  async function afterAllOf(order: readonly Happening[]) {
    const link = await invoice(house(), { maxRedemptions: 1 });
    const session = await open(house(), link);
    for (const name of order) await happenings[name](session);
    await house().moveClock(lifetime + 1);
    await house().worker.sweep();
    const { status, paymentStatus, failure } = await readSession(house(), session);
    const payments = await listOf(house(), '/v1/payments', link);
    const { body } = await house().call('GET', `/v1/payment-links/${link.id}`);
    return {
      status,
      paymentStatus,
      failure,
      payments: payments.map((payment) => payment.status).sort(),
      uses: [body.redemptionCount, body.reservedCount],
      link: body.status,
    };
  }

  const sold = {
    status: 'complete',
    paymentStatus: 'paid',
    failure: null,
    payments: ['succeeded'],
    uses: [1, 0],
    link: 'exhausted',
  };
  const unsold = {
    status: 'expired',
    paymentStatus: 'unpaid',
    failure: { code: 'declined' },
    payments: ['failed'],
    uses: [0, 0],
    link: 'active',
  };

  const stories: [Happening[], object][] = [
    [['paid', 'paidAgain', 'buyerReturns', 'timePasses'], sold],
    [['underWay', 'paid', 'closed', 'timePasses'], sold],
    [['paid', 'buyerCancels', 'paidAgain', 'timePasses'], sold],
    [['underWay', 'declined', 'paid', 'timePasses'], sold],
    [
      ['underWay', 'declined', 'underWayNow', 'paidNow'],
      { ...sold, payments: ['failed', 'succeeded'] },
    ],
    [['underWay', 'declined', 'declinedAgain', 'timePasses'], unsold],
  ];

  it.each(stories)(
    '%j end one way in each of their orders',
    async (happening, end) => {
      for (const order of ordersOf(happening))
        expect({ order, ...(await afterAllOf(order)) }).toEqual({ order, ...end });
    },
    60_000,
  );
});
