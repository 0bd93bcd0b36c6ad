import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { storeNames, useHouse } from './house.js';
import { anna, invoice, make, open, pay, play } from './offers.js';
import { openReceiver } from './receiver.js';

const metricsToken = 'a-token-of-the-operator';

describe.each(storeNames)('metrics, on %s', (store) => {
  const house = useHouse(store, { metricsToken });
  const read = (authorization?: string) =>
    house().call('GET', '/metrics', undefined, {
      key: null,
      headers: { ...(authorization && { authorization }) },
    });

  /** What Prometheus would read: each series with its value. */
  async function series(): Promise<Record<string, number>> {
    const { text } = await read(`Bearer ${metricsToken}`);
    const lines = text.split('\n').filter((line) => line && !line.startsWith('#'));
    return Object.fromEntries(
      lines.map((line) => {
        const at = line.lastIndexOf(' ');
        return [line.slice(0, at), Number(line.slice(at + 1))];
      }),
    );
  }

  it('are for the operator alone', async () => {
    for (const shown of [
      undefined,
      'Bearer',
      'Bearer wrong',
      metricsToken,
      `Bearer ${house().key}`,
    ])
      expect((await read(shown)).status).toBe(401);
    const { status, headers } = await read(`Bearer ${metricsToken}`);
    expect([status, headers.get('content-type')]).toEqual([
      200,
      expect.stringMatching(/^text\/plain; version=0\.0\.4/),
    ]);
  });

  it('count what happened, once, and tell how it stands', async () => {
    const receiver = await openReceiver();
    await make(house(), '/v1/webhook-endpoints', { url: receiver.url, eventTypes: [] });
    const dead = { url: 'http://127.0.0.1:9/hooks', eventTypes: ['payment.failed'] };
    await make(house(), '/v1/webhook-endpoints', dead);
    const before = await series();
    const link = await invoice(house(), { maxRedemptions: 3 });
    const paid = await open(house(), link);
    await play(house(), paid, { outcome: 'declined' });
    await pay(house(), paid);
    await play(house(), await open(house(), link), { outcome: 'canceled' });
    const late = await open(house(), link);
    await house().moveClock(16 * 60);
    await house().worker.sweep();
    const waiting = await open(house(), link);
    await house().backend.provider.expire(late.id, { ...late, now: late.expiresAt });
    const { applyProviderEvent } = await import('../../src/server/domain/settlement.js');
    const event = {
      provider: 'sandbox',
      id: 'late',
      sessionId: late.id,
      attempt: `${late.id}/1`,
      type: 'succeeded',
      amount: late.total,
      currency: late.currency,
      failureCode: null,
    } as const;
    await applyProviderEvent(house().backend, event);
    await house().worker.sweep();
    await house().worker.sweep();
    const after = await series();
    const risen = (name: string) => (after[name] ?? Number.NaN) - (before[name] ?? Number.NaN);
    expect({
      opened: risen('paylink_sessions_total{event="opened"}'),
      completed: risen('paylink_sessions_total{event="completed"}'),
      canceled: risen('paylink_sessions_total{event="canceled"}'),
      expired: risen('paylink_sessions_total{event="expired"}'),
      succeeded: risen('paylink_payments_total{outcome="succeeded"}'),
      failed: risen('paylink_payments_total{outcome="failed"}'),
      late: risen('paylink_payments_total{outcome="late"}'),
      review: risen('paylink_payments_total{outcome="needs_review"}'),
      hooksFailed: risen('paylink_webhook_attempts_total{outcome="failed"}'),
    }).toEqual({
      opened: 4,
      completed: 2,
      canceled: 1,
      expired: 1,
      succeeded: 2,
      failed: 1,
      late: 1,
      review: 0,
      hooksFailed: 1,
    });
    expect(risen('paylink_webhook_attempts_total{outcome="delivered"}')).toBeGreaterThan(8);
    expect(house().logged).toEqual([]);
    expect(after).toMatchObject({
      paylink_database_up: 1,
      paylink_sessions_open: 1,
      paylink_webhooks_pending: 1,
      paylink_webhooks_due: 0,
      paylink_refunds_pending: 0,
      paylink_audit_violations: 0,
    });
    expect(after.paylink_audit_age_seconds).toBeGreaterThanOrEqual(0);
    expect(after.process_cpu_seconds_total).toBeGreaterThan(0);
    const opening =
      'http_request_duration_seconds_count{method="POST",route="/v1/public/payment-links/:id/sessions",status="201"}';
    expect(after[opening]).toBe(4);
    // No id, no person, and as many series for a million links as for one.
    const { text } = await read(`Bearer ${metricsToken}`);
    for (const secret of [link.id, waiting.id, anna.customer.email, receiver.url])
      expect(text).not.toContain(secret);
    await receiver.close();
  }, 30_000);

  it('do without a database that is away', async () => {
    const { db } = house().backend;
    await sql`alter table audit rename to gone`.execute(db);
    const without = await series();
    expect(without.paylink_database_up).toBe(0);
    expect(without).not.toHaveProperty('paylink_sessions_open');
    expect(house().logged.splice(0)).toHaveLength(1);
    expect(without['paylink_sessions_total{event="opened"}']).toBe(4);
    await sql`alter table gone rename to audit`.execute(db);
    expect((await series()).paylink_database_up).toBe(1);
  });
});

describe('without a token', () => {
  const house = useHouse();

  it('there are no metrics', async () => {
    for (const authorization of ['Bearer ', 'Bearer undefined'])
      expect(
        (await house().call('GET', '/metrics', undefined, { headers: { authorization } })).status,
      ).toBe(404);
  });
});
