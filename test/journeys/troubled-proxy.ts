/** A small HTTP server before the API that misbehaves as a test tells it to: real sockets, real answers. */
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

interface Passing {
  readonly response: ServerResponse;
  /** Lets the backend do the work. @returns its whole answer, which the browser has not seen yet */
  forward(without?: readonly string[]): Promise<Answer>;
  send(answer: Answer): void;
}

/** What happens to a call instead of being passed on. */
export type Trouble = (passing: Passing) => unknown;

export interface Asked {
  /** `GET /v1/public/…` */
  readonly call: string;
  readonly headers: IncomingHttpHeaders;
}

export interface TroubledProxy {
  readonly origin: string;
  /** Everything that was asked for, in order. */
  readonly asked: Asked[];
  /** From now on calls that match are in trouble; the newest trouble that matches counts. */
  trouble(calls: RegExp, trouble: Trouble): void;
  /** All is well again. */
  calm(): void;
  close(): void;
}

/** Nobody listens: the backend never hears of it. */
export const refuses: Trouble = ({ response }) => response.destroy();

/** The backend has done the work, and its answer is lost. */
export const losesTheAnswer: Trouble = async ({ forward, response }) => {
  await forward();
  response.destroy();
};

export const neverAnswers: Trouble = () => undefined;

/** Answers once `come` is called. */
export function comesLate(): { readonly trouble: Trouble; come(): void } {
  let come = () => {};
  const coming = new Promise<void>((resolve) => {
    come = resolve;
  });
  return {
    come: () => come(),
    trouble: async ({ forward, send }) => {
      const answer = await forward();
      await coming;
      send(answer);
    },
  };
}

/** Something else answers in the backend's place, which does the work or never hears of it. */
export const answers =
  (status: number, type: string, body: string, { isDone = false } = {}): Trouble =>
  async ({ forward, send }) => {
    if (isDone) await forward();
    const headers = { 'content-type': type, 'access-control-allow-origin': '*' };
    send({ status, headers, body: Buffer.from(body) });
  };

export const answersWithPage = (status: number, options?: { isDone: boolean }): Trouble =>
  answers(status, 'text/html', '<!doctype html><title>Gateway</title><h1>Gateway</h1>', options);

export const answersWithProblem = (status: number, code: string): Trouble =>
  answers(
    status,
    'application/problem+json',
    JSON.stringify({
      type: `https://pay.example.com/problems/${code}`,
      title: code,
      status,
      code,
      detail: 'It is told in the log.',
    }),
  );

/** Ends in the middle as if that were all. */
export const cutsShort: Trouble = async ({ forward, send }) => {
  const answer = await forward();
  send({ ...answer, body: answer.body.subarray(0, answer.body.length / 2) });
};

/** The connection breaks in the middle of the answer. */
export const breaksOff: Trouble = async ({ forward, response }) => {
  const { status, headers, body } = await forward();
  response.writeHead(status, { ...headers, 'content-length': body.length } as never);
  response.write(body.subarray(0, body.length / 2), () => response.destroy());
};

export const withoutHeaders =
  (...names: string[]): Trouble =>
  async ({ forward, send }) => {
    const answer = await forward();
    const kept = Object.entries(answer.headers).filter(([name]) => !names.includes(name));
    send({ ...answer, headers: Object.fromEntries(kept) });
  };

/** The backend never sees them. */
export const withoutRequestHeaders =
  (...names: string[]): Trouble =>
  async ({ forward, send }) =>
    send(await forward(names));

/** Holds everything back until the backend has said all of it. */
export const buffers: Trouble = async ({ forward, send }) => send(await forward());

/** The answer of an older or a newer backend. */
export const rewrites =
  // biome-ignore lint/suspicious/noExplicitAny: a test changes what it expects to be there.
    (change: (answer: any) => unknown): Trouble =>
    async ({ forward, send }) => {
      const answer = await forward();
      // Nothing has changed since the browser asked before.
      if (answer.status === 304) return send(answer);
      const rewritten = change(JSON.parse(answer.body.toString()));
      return send({ ...answer, body: Buffer.from(JSON.stringify(rewritten)) });
    };

/** @param target the origin that is really asked */
export async function openTroubledProxy(target: string): Promise<TroubledProxy> {
  const asked: Asked[] = [];
  let troubles: { calls: RegExp; trouble: Trouble }[] = [];
  const server = createServer((incoming, response) => {
    const call = `${incoming.method} ${incoming.url}`;
    asked.push({ call, headers: incoming.headers });
    const found = troubles.findLast(({ calls }) => calls.test(call));
    const fail = () => response.destroy();
    if (!found) return void passOn(target, incoming, response).catch(fail);
    const passing: Passing = {
      response,
      forward: async (without = []) => {
        const reply = await ask(target, incoming, response, without);
        const body = Buffer.concat(await reply.toArray());
        return { status: reply.statusCode as number, headers: ownHeaders(reply), body };
      },
      send({ status, headers, body }) {
        response.writeHead(status, { ...headers, 'content-length': body.length } as never);
        response.end(body);
      },
    };
    Promise.resolve(found.trouble(passing)).catch(fail);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    asked,
    trouble: (calls, trouble) => void troubles.push({ calls, trouble }),
    calm() {
      troubles = [];
      asked.length = 0;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Those of the message itself; those of the connection are ours to set. */
function ownHeaders({ headers }: IncomingMessage): Record<string, string | string[] | undefined> {
  const {
    connection,
    'keep-alive': _,
    'transfer-encoding': __,
    'content-length': ___,
    ...own
  } = headers;
  return own;
}

async function ask(
  target: string,
  incoming: IncomingMessage,
  response: ServerResponse,
  without: readonly string[] = [],
) {
  const kept = Object.entries(incoming.headers).filter(([name]) => !without.includes(name));
  return new Promise<IncomingMessage>((resolve, reject) => {
    const asking = request(
      `${target}${incoming.url}`,
      { method: incoming.method ?? 'GET', headers: Object.fromEntries(kept), agent: false },
      resolve,
    );
    asking.on('error', reject);
    // A buyer who leaves ends what was asked for them.
    response.on('close', () => asking.destroy());
    incoming.pipe(asking);
  });
}

async function passOn(target: string, incoming: IncomingMessage, response: ServerResponse) {
  const reply = await ask(target, incoming, response);
  response.writeHead(reply.statusCode as number, ownHeaders(reply));
  reply.on('error', () => response.destroy());
  reply.pipe(response);
}
