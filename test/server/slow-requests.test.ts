import { createConnection, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closed, listen } from '../../src/server/listen.js';
import { useHouse } from './house.js';
import { invoice } from './offers.js';

const times = {
  headersTimeout: 300,
  requestTimeout: 600,
  connectionsCheckingInterval: 100,
  keepAliveTimeout: 75_000,
};

describe('who sends slowly', () => {
  const house = useHouse();
  let server: Awaited<ReturnType<typeof listen>>;
  let port = 0;
  beforeAll(async () => {
    server = await listen(house().app, { port: 0, host: '127.0.0.1' }, times);
    port = (server.address() as { port: number }).port;
  });
  afterAll(() => closed(server));

  /** Sends the beginning, then a character ever 50 ms. @returns what was answered until the line was cut */
  function drip(beginning: string): Promise<{ answer: string; ms: number }> {
    return new Promise((resolve) => {
      const started = performance.now();
      const socket: Socket = createConnection(port, '127.0.0.1', () => socket.write(beginning));
      const timer = setInterval(() => socket.write('x'), 50);
      let answer = '';
      socket.setEncoding('utf8').on('data', (text) => {
        answer += text;
      });
      socket.on('error', () => {});
      socket.on('close', () => {
        clearInterval(timer);
        resolve({ answer, ms: performance.now() - started });
      });
    });
  }

  it.each([
    ['headers', 'GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow: '],
    [
      'a body',
      'POST /v1/public/payment-links/plink_1/sessions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 30000\r\n\r\n{"',
    ],
    ['not even its address', 'GET /'],
  ])('%s is cut off', async (_what, beginning) => {
    const { answer, ms } = await drip(beginning);
    expect(answer).toMatch(/^(HTTP\/1\.1 40[08] |$)/);
    expect(ms).toBeLessThan(3_000);
    expect(house().logged).toEqual([]);
  });

  it('keeps nobody else waiting', async () => {
    const link = await invoice(house());
    const slow = Array.from({ length: 200 }, () =>
      drip(
        `POST /v1/public/payment-links/${link.id}/quote HTTP/1.1\r\nhost: x\r\ncontent-length: 9000\r\n\r\n`,
      ),
    );
    const seen = await fetch(`http://127.0.0.1:${port}/v1/public/payment-links/${link.id}`);
    let isCut = false;
    const cut = Promise.all(slow).then(() => {
      isCut = true;
    });
    expect([seen.status, isCut]).toEqual([200, false]);
    await cut;
    expect(house().logged).toEqual([]);
  });

  it('gets a body of 32 kB and no more, however it is sent', async () => {
    const link = await invoice(house());
    const url = `http://127.0.0.1:${port}/v1/public/payment-links/${link.id}/sessions`;
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode(' '.repeat(8_000)));
      },
    });
    const headers = { 'content-type': 'application/json' };
    const endless = { method: 'POST', body, headers, duplex: 'half' } as RequestInit;
    const answer = await fetch(url, endless).then(
      async (response) =>
        response.status === 408 ? 'cut' : ((await response.json()) as { code: string }).code,
      () => 'cut',
    );
    expect(answer).toMatch(/too_large|cut/);
    const deep = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
    const refused = await fetch(url, { method: 'POST', body: deep, headers });
    expect([
      refused.status,
      ((await refused.json()) as { errors: object[] }).errors[0],
    ]).toMatchObject([422, { code: 'too_deep' }]);
    expect(house().logged).toEqual([]);
  });
});
