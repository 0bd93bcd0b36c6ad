/** The provider that docs/providers.md builds up, against a stand-in of what it claims to talk to. */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Json, readSession } from '../offers.js';
import { createKassa } from './example-provider.js';
import type { AfarSide, Message } from './far-side.js';
import { refOf, useProvider } from './shop.js';
import { createFaults, listen, newApp, patienceMs } from './stand-in.js';

const secretKey = 'test_standin';
const webhookSecret = 'between Kassa and us';

interface KassaFarSide extends AfarSide {
  /** What was given back of a payment, by the keys it was asked for with. */
  refundsOf(ref: string): ReadonlyMap<string, number>;
  /** What the next calls to give it back meet. */
  meetRefund(ref: string, ...faults: Parameters<AfarSide['meet']>): void;
  /** What was under way did not come. */
  failLate(ref: string): Message;
}

async function startKassa(): Promise<KassaFarSide> {
  const payments = new Map<string, Json>();
  const opened = new Map<string, string>();
  const refunds = new Map<string, Map<string, number>>();
  const faults = createFaults();
  const app = newApp();
  const paymentOf = (ref: string): Json => payments.get(ref);

  app.use(faults.middleware, async (c, next) =>
    c.req.header('authorization') === `Bearer ${secretKey}` ? next() : c.json({}, 401),
  );
  app.post('/v1/payments', async (c) => {
    const key = c.req.header('idempotency-key') ?? '';
    const id = opened.get(key) ?? `kp_${opened.size + 1}`;
    const { amount, currency } = await c.req.json();
    if (!opened.has(key))
      payments.set(id, {
        ...{ id, page: `https://kassa.test/${id}`, status: 'open', amount, currency },
      });
    opened.set(key, id);
    return c.json(paymentOf(id));
  });
  app.get('/v1/payments/:id', (c) => c.json(paymentOf(c.req.param('id')) ?? {}));
  app.post('/v1/payments/:id/expire', (c) => {
    const payment = paymentOf(c.req.param('id')) ?? {};
    if (payment.status === 'open') payment.status = 'expired';
    return c.json(payment);
  });
  app.post('/v1/payments/:id/refunds', async (c) => {
    const [id, key] = [c.req.param('id'), c.req.header('idempotency-key') ?? ''];
    const made = refunds.get(id) ?? new Map<string, number>();
    refunds.set(id, made.set(key, (await c.req.json()).amount));
    return c.json({ status: 'done' });
  });
  const { url, close } = await listen(app);

  let messages = 0;
  function message(about: object, at = Math.floor(Date.now() / 1_000)): Message {
    messages += 1;
    const body = JSON.stringify({ id: `km_${messages}`, ...about });
    const hex = createHmac('sha256', webhookSecret).update(`${at}.${body}`).digest('hex');
    return { body, headers: { 'kassa-signature': `${at}.${hex}` } };
  }
  const changed = (payment: string, at?: number) =>
    message({ type: 'payment.changed', payment }, at);
  function become(ref: string, status: string): Message {
    paymentOf(ref).status = status;
    return changed(ref);
  }

  return {
    provider: createKassa({ secretKey, webhookSecret, apiUrl: url, timeoutMs: patienceMs }),
    environment: {},
    close,
    count: () => payments.size,
    amountOf: (ref) => paymentOf(ref).amount,
    statusOf(ref) {
      const { status } = paymentOf(ref);
      if (status === 'paid') return 'complete';
      return status === 'expired' ? status : 'open';
    },
    expire: (ref) => void become(ref, 'expired'),
    pay(ref, { at, ...wrong } = {}) {
      Object.assign(paymentOf(ref), { status: 'paid', ...wrong });
      return changed(ref, at);
    },
    delay: (ref) => become(ref, 'pending'),
    failLate: (ref) => become(ref, 'failed'),
    decline: (payment) => message({ type: 'payment.declined', payment, reason: 'no_money' }),
    elsewhere: () => changed('kp_somebody_elses'),
    unknown: () => changed('kp_0'),
    meet: (...met) => faults.meet('POST /v1/payments', met),
    meetReading: (ref, ...met) => faults.meet(`POST /v1/payments/${ref}/expire`, met),
    meetRefund: (ref, ...met) => faults.meet(`POST /v1/payments/${ref}/refunds`, met),
    refundsOf: (ref) => refunds.get(ref) ?? new Map(),
    ...{ meetAlways: faults.meetAlways, reads: faults.reads },
  };
}

describe('the provider of the documentation', () => {
  const { far, house, opened, tell, paymentsOf } = useProvider(startKassa);
  const statusOf = async (session: Json): Promise<string> =>
    (await readSession(house(), session)).status;

  it('is written there as it is tried here', () => {
    const textOf = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
    const blocks = [...textOf('../../../docs/providers.md').matchAll(/^```ts\n(.*?)^```$/gms)];
    const shown = blocks.map(([, code]) => code).filter((code) => code?.includes('createKassa('));
    expect(shown).toEqual([textOf('./example-provider.ts')]);
  });

  it('opens on its page at our price, and is complete when it is told so, however often', async () => {
    const session = await opened();
    const ref = refOf(session);
    expect(session).toMatchObject({ status: 'open', url: `https://kassa.test/${ref}` });
    expect(await far().amountOf(ref)).toBe(session.total);
    expect(await tell(far().pay(ref))).toBe(204);
    expect(await readSession(house(), session)).toMatchObject({
      ...{ status: 'complete', paymentStatus: 'paid' },
    });
    expect(await tell(far().pay(ref))).toBe(204);
    expect(await paymentsOf(session)).toMatchObject([
      { status: 'succeeded', amount: session.total, currency: session.currency },
    ]);
  });

  it('takes no message that is forged, unsigned or stale', async () => {
    const session = await opened();
    const message = await far().pay(refOf(session));
    expect(await tell({ ...message, body: `${message.body} ` })).toBe(401);
    expect(await tell({ ...message, headers: {} })).toBe(401);
    const seconds = Math.floor(Date.now() / 1_000);
    for (const at of [seconds - 400, seconds + 400])
      expect(await tell(far().pay(refOf(session), { at }))).toBe(401);
    expect(await statusOf(session)).toBe('open');
    expect(await tell(message)).toBe(204);
    expect(await statusOf(session)).toBe('complete');
  });

  it('stays open after a decline', async () => {
    const session = await opened();
    expect(await tell(far().decline(refOf(session)))).toBe(204);
    expect(await readSession(house(), session)).toMatchObject({
      ...{ status: 'open', failure: { code: 'insufficient_funds' } },
    });
  });

  it('waits for what is under way, and is open again where that did not come', async () => {
    const session = await opened();
    expect(await tell(far().delay(refOf(session)))).toBe(204);
    expect(await statusOf(session)).toBe('processing');
    expect(await tell(far().failLate(refOf(session)))).toBe(204);
    expect(await statusOf(session)).toBe('open');
    expect(await paymentsOf(session)).toMatchObject([{ status: 'failed' }]);
  });

  it('gives money back once, though its first answer is lost', async () => {
    const session = await opened();
    const ref = refOf(session);
    await tell(far().pay(ref));
    const [payment] = await paymentsOf(session);
    far().meetRefund(ref, 'after');
    const path = `/v1/payments/${payment?.id}/refunds`;
    const { body: refund } = await house().call('POST', path, {});
    expect(refund.status).toBe('pending');
    await house().moveClock(10);
    await house().worker.sweep();
    expect(await paymentsOf(session)).toMatchObject([{ status: 'refunded' }]);
    expect([...far().refundsOf(ref)]).toEqual([[refund.id, session.total]]);
  });

  it('ends at Kassa too when its time is up', async () => {
    const session = await opened();
    await house().moveClock(16 * 60);
    await house().worker.sweep();
    expect(await statusOf(session)).toBe('expired');
    expect(await far().statusOf(refOf(session))).toBe('expired');
  });
});
