import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { expireDueSessions } from '../../src/server/domain/expiry.js';
import { applyProviderEvent } from '../../src/server/domain/settlement.js';
import { newId, newIdText } from '../../src/server/new-id.js';
import { longStoreNames, useHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import { anna, invoice, type Json, listOf, open, readSession } from './offers.js';

function ordersOf<T>(things: readonly T[]): T[][] {
  if (things.length < 2) return [[...things]];
  return things.flatMap((first, index) =>
    ordersOf(things.filter((_, at) => at !== index)).map((rest) => [first, ...rest]),
  );
}

const lifetime = 15 * 60;

describe.each(longStoreNames)('whatever comes first, on %s', (store) => {
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
    timePasses: async (_session: Json) => {
      await house().moveClock(lifetime + 1);
      await expireDueSessions(house().backend);
    },
  };
  type Happening = keyof typeof happenings;

  /** The key of a process that died: its session's id is known, and the session is not there yet. */
  async function announce(key: string, link: Json): Promise<Json> {
    const idText = newIdText();
    const path = `/v1/public/payment-links/${link.id}/sessions`;
    const requestHash = createHash('sha256')
      .update(`POST ${path}\n${JSON.stringify(anna)}`)
      .digest('hex');
    const lockedAt = sql<string>`paylink_now() - interval '2 minutes'`;
    await house()
      .backend.db.insertInto('idempotencyKey')
      .values({ scope: 'public', key, requestHash, idText, lockedAt })
      .execute();
    return { id: newId('checkoutSession', idText), total: link.amount, currency: link.currency };
  }

  const isTold: readonly Happening[] = ['paid', 'closed'];
  let opened = 0;

  interface Times {
    /** How often each of them happens, all in the same moment. */
    readonly copies?: number;
    /** The provider is quicker than our commit, and tells everything again. */
    readonly isTooEarly?: boolean;
  }

  async function afterAllOf(order: readonly Happening[], { copies = 1, isTooEarly }: Times = {}) {
    const link = await invoice(house(), { maxRedemptions: 1 });
    opened += 1;
    const key = `order-${opened}`;
    const early = isTooEarly && (await announce(key, link));
    if (early)
      for (const name of order.filter((one) => isTold.includes(one)))
        await expect(happenings[name](early)).rejects.toThrow(early.id);
    const session = await open(house(), link, anna, { headers: { 'idempotency-key': key } });
    if (early) expect(session).toMatchObject(early);
    for (const name of order)
      await Promise.all(Array.from({ length: copies }, () => happenings[name](session)));
    await happenings.timePasses(session);
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

  const orders = ordersOf<Happening>(['buyerReturns', 'paid', 'closed', 'timePasses']);

  it.each([1, 2, 3])(
    'the money, the provider’s end of it, the buyer’s way back and time: 24 orders, %i times each',
    async (copies) => {
      expect(orders).toHaveLength(24);
      for (const order of orders)
        expect({ order, ...(await afterAllOf(order, { copies })) }).toEqual({ order, ...sold });
    },
    60_000,
  );

  it('comes to the same where the provider told of it before our commit', async () => {
    for (const order of orders) {
      const end = await afterAllOf(order, { copies: 2, isTooEarly: true });
      expect({ order, ...end }).toEqual({ order, ...sold });
    }
  }, 60_000);
});
