/** A merchant's server: a real HTTP receiver on loopback that keeps what it hears and verifies it. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { Json } from './offers.js';

export interface Heard {
  readonly at: number;
  readonly headers: IncomingHttpHeaders;
  readonly raw: string;
  readonly body: Json;
}

export interface Receiver {
  readonly url: string;
  readonly heard: Heard[];
  /** Statuses of the next answers; 200 after them. `hang` never answers. */
  readonly answers: (number | 'hang')[];
  /** Waits until `find` is satisfied by what was heard. */
  until<T>(find: (heard: Heard[]) => T | undefined | false, timeoutMs?: number): Promise<T>;
  close(): Promise<void>;
}

/** @throws when the signature does not fit */
export const verify = (secret: string, { raw, headers }: Pick<Heard, 'raw' | 'headers'>): unknown =>
  new Webhook(secret).verify(raw, headers as Record<string, string>);

export async function openReceiver(): Promise<Receiver> {
  const heard: Heard[] = [];
  const answers: (number | 'hang')[] = [];
  const server = createServer((request, response) => {
    let raw = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      raw += text;
    });
    request.on('end', () => {
      heard.push({ at: Date.now(), headers: request.headers, raw, body: JSON.parse(raw) });
      const answer = answers.shift() ?? 200;
      if (answer === 'hang') return;
      response.writeHead(answer, answer === 302 ? { location: '/elsewhere' } : {}).end('noted');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    heard,
    answers,
    async until(find, timeoutMs = 10_000) {
      for (const end = Date.now() + timeoutMs; ; ) {
        const found = find(heard);
        if (found) return found;
        if (Date.now() > end)
          throw new Error(`heard only ${heard.map(({ body }) => body.type).join(', ')}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
