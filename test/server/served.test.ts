import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import pg from 'pg';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { killChildren } from './child.js';
import { newDatabase } from './house.js';
import type { Json } from './offers.js';
import { apiKey, openLine, type Served, secretKey, serveBuilt } from './served.js';

afterAll(killChildren);

const serve = (databaseUrl: string, more: Record<string, string> = {}): Promise<Served> =>
  serveBuilt({ DATABASE_URL: databaseUrl, SECRET_KEY: secretKey, ...more });

const fee = { type: 'amount', name: 'Fee', currency: 'EUR', amount: 500 };
const eva = {
  email: 'eva.lund@buyers.example',
  name: 'Evangeline Lundqvist',
  phone: '+242 06 555 44 33',
};

async function make({ call }: Served, path: string, body: unknown): Promise<Json> {
  const answer = await call('POST', path, body);
  expect([path, answer.status, answer.text]).toEqual([path, 201, answer.text]);
  return answer.body;
}

describe('the log of a serving process', () => {
  it('tells of every request and of every fault, and of no person and no secret', async () => {
    const { url } = await newDatabase();
    const served = await serve(url);
    const { call } = served;
    const endpoint = await make(served, '/v1/webhook-endpoints', {
      url: 'http://127.0.0.1:9/hooks-of-the-shop',
      eventTypes: [],
    });
    const coupon = await make(served, '/v1/coupons', { percentOff: 10, duration: 'once' });
    const promotion = { couponId: coupon.id, code: 'SECRETSALE' };
    await make(served, '/v1/promotion-codes', promotion);
    const link = await make(served, '/v1/payment-links', {
      ...fee,
      collectName: 'required',
      collectPhone: 'required',
      allowPromotionCodes: true,
    });
    const order = { customer: eva, promotionCode: promotion.code };
    const sessions: Json[] = [];
    for (const outcome of ['succeeded', 'declined', 'canceled']) {
      const session = await make(served, `/v1/public/payment-links/${link.id}/sessions`, order);
      sessions.push(session);
      await call('POST', `/v1/sandbox/checkout-sessions/${session.id}`, { outcome });
    }
    const asked = await make(served, `/v1/public/payment-links/${link.id}/sessions`, order);
    await call('POST', `/v1/public/checkout-sessions/${asked.id}/confirm`, { phone: eva.phone });
    await call('GET', `/p/${link.id}?prefill_email=${eva.email}`);
    await call('GET', `/c/${asked.id}`);
    const guessed = `sk_${'guess'.repeat(6)}`;
    await call('GET', '/v1/payments', undefined, { authorization: `Bearer ${guessed}` });
    await call('DELETE', `/v1/buyers/${eva.email}`);
    await call('GET', `/v1/nothing/${eva.email}`);
    // A fault whose own words hold a buyer: the database quotes what it refuses.
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(
      `alter table checkout_session add constraint broken check (customer ->> 'email' <> 'ada@buyers.example')`,
    );
    const failing = { customer: { ...eva, email: 'ada@buyers.example' } };
    const fault = await call('POST', `/v1/public/payment-links/${link.id}/sessions`, failing);
    expect(fault.status).toBe(500);
    await client.end();
    expect(await served.stop()).toBe(0);

    const lines = served.lines();
    const requests = lines.filter(({ msg }) => msg === 'request');
    expect(requests).toHaveLength(18);
    for (const line of requests)
      expect(Object.keys(line).sort()).toEqual(
        ['level', 'method', 'msg', 'ms', 'requestId', 'route', 'status', 'time'].sort(),
      );
    expect(requests).toContainEqual(
      expect.objectContaining({
        method: 'POST',
        route: '/v1/public/payment-links/:id/sessions',
        status: 201,
      }),
    );
    expect(requests).toContainEqual(expect.objectContaining({ route: 'none', status: 404 }));
    const [logged] = lines.filter(({ level }) => level === 'error');
    expect(logged).toMatchObject({
      requestId: fault.body.requestId,
      error: { code: '23514', stack: expect.stringContaining('at ') },
    });
    const mayNot = [
      ...Object.values(eva),
      'ada@',
      '555 44 33',
      apiKey.slice(3),
      guessed.slice(3),
      endpoint.secret,
      endpoint.secret.slice(6),
      'hooks-of-the-shop',
      promotion.code,
      secretKey,
      link.id,
      ...sessions.map(({ id }) => id),
      asked.id,
    ];
    for (const text of mayNot) expect(served.written()).not.toContain(text);
  }, 60_000);
});

describe('a database that is lost while the server runs', () => {
  it('is told of once, answered 503, and used again by itself', async () => {
    const line = await openLine((await newDatabase()).url);
    const served = await serve(line.url);
    const { call } = served;
    const link = await make(served, '/v1/payment-links', { ...fee, collectEmail: 'none' });
    const path = `/v1/public/payment-links/${link.id}/sessions`;
    const before = await make(served, path, {});
    const stream = await fetch(`${served.url}/v1/public/checkout-sessions/${before.id}/events`);
    const following = stream.text().catch(() => 'cut');
    expect((await call('GET', '/readyz')).status).toBe(200);
    line.cut();
    await vi.waitFor(async () => {
      const { status, body } = await call('GET', '/readyz');
      expect([status, body]).toEqual([503, { status: 'no database' }]);
    }, 5_000);
    const asked = await Promise.all([
      ...Array.from({ length: 30 }, () => call('POST', path, {})),
      call('GET', '/v1/payments'),
      call('GET', `/v1/public/checkout-sessions/${before.id}`),
    ]);
    for (const { status, body, headers } of asked) {
      expect([status, body.code]).toEqual([503, 'unavailable']);
      expect(headers.get('retry-after')).toMatch(/^\d+$/);
    }
    const page = await call('GET', `/c/${before.id}`, undefined, { accept: 'text/html' });
    expect([page.status, page.headers.get('content-type')]).toEqual([
      503,
      'text/html; charset=UTF-8',
    ]);
    expect((await call('GET', '/healthz')).status).toBe(200);
    expect(await following).toMatch(/event: session/);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    line.mend();
    await vi.waitFor(async () => expect((await call('GET', '/readyz')).status).toBe(200), 10_000);
    const after = await make(served, path, {});
    for (const { id } of [before, after]) {
      const { body } = await call('POST', `/v1/sandbox/checkout-sessions/${id}`, {
        outcome: 'succeeded',
      });
      expect(body.status).toBe('complete');
    }
    await vi.waitFor(() => expect(served.written()).toContain('answers again'), 5_000);
    expect(await served.stop()).toBe(0);
    const told = served
      .lines()
      .filter(({ level, msg }) => level !== 'info' || /database/i.test(msg));
    expect(told.map(({ msg }) => msg)).toEqual([
      expect.stringMatching(
        /^The database does not answer \(.+\): requests get 503 until it does\.$/,
      ),
      'The database answers again.',
    ]);
    await line.close();
  }, 60_000);
});

describe('a server that is asked to stop', () => {
  /** A request of which the last byte is still to come. */
  async function begin(port: number, head: string, rest: string) {
    const socket: Socket = createConnection(port, '127.0.0.1');
    await once(socket, 'connect');
    let answer = '';
    socket.setEncoding('utf8').on('data', (text) => {
      answer += text;
    });
    const closed = new Promise((resolve) => socket.on('error', () => {}).on('close', resolve));
    socket.write(head);
    return {
      async finish() {
        socket.write(rest);
        await closed;
        return answer;
      },
    };
  }

  it('answers what is under way, takes no more, and says so to its balancer', async () => {
    const served = await serve((await newDatabase()).url);
    const link = await make(served, '/v1/payment-links', { ...fee, collectEmail: 'none' });
    const path = `/v1/public/payment-links/${link.id}/sessions`;
    const head = `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{`;
    const underWay = await Promise.all(
      Array.from({ length: 100 }, () => begin(served.port, head, '}')),
    );
    const ready = await begin(served.port, 'GET /readyz HTTP/1.1\r\nhost: x\r\n', '\r\n');
    const idle = await begin(served.port, 'GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n', '');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const stopped = served.stop();
    // Longer than a stop used to wait for what was under way.
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    await expect(fetch(`${served.url}/healthz`)).rejects.toThrow();
    expect(await ready.finish()).toMatch(/^HTTP\/1\.1 503 [\s\S]*"stopping"/);
    const answers = await Promise.all(underWay.map(({ finish }) => finish()));
    for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 201 [\s\S]*"status":"open"/);
    expect(await idle.finish()).toMatch(/^HTTP\/1\.1 200 /);
    const ended = Date.now();
    expect(await stopped).toBe(0);
    expect(Date.now() - ended).toBeLessThan(3_000);
  }, 60_000);

  it('goes on for as long as it was told to, not ready any more', async () => {
    const served = await serve((await newDatabase()).url, { DRAIN_SECONDS: '2' });
    const link = await make(served, '/v1/payment-links', { ...fee, collectEmail: 'none' });
    const stopped = served.stop();
    await vi.waitFor(async () => {
      const { status, body } = await served.call('GET', '/readyz');
      expect([status, body]).toEqual([503, { status: 'stopping' }]);
    }, 1_500);
    await make(served, `/v1/public/payment-links/${link.id}/sessions`, {});
    expect(await stopped).toBe(0);
  }, 60_000);
});
