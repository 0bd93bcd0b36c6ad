import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import { invoice, type Json, open, pay, play, readSession } from './offers.js';

const house = useHouse();
let server: ServerType;
let origin = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server = serve({ fetch: house().app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve());
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await expectSoundBooks(house());
  await new Promise((resolve) => server.close(resolve));
});

interface Message {
  readonly event?: string;
  readonly data?: string;
  readonly id?: string;
  readonly comment?: string;
}

function messageOf(text: string): Message {
  const fields = text.split('\n').map((line) => {
    const [, name, value] = /^([a-z]*): ?(.*)$/.exec(line) ?? [];
    return [name || 'comment', value];
  });
  return Object.fromEntries(fields);
}

/** The stream as EventSource reads it. */
async function follow({ id }: Json, lastEventId?: string) {
  const response = await fetch(`${origin}/v1/public/checkout-sessions/${id}/events`, {
    headers: {
      origin: 'https://shop.example',
      ...(lastEventId && { 'last-event-id': lastEventId }),
    },
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let buffered = '';
  /** The next message, or undefined at the end. */
  async function next(): Promise<Message | undefined> {
    const end = buffered.indexOf('\n\n');
    if (end >= 0) {
      const message = messageOf(buffered.slice(0, end));
      buffered = buffered.slice(end + 2);
      return message;
    }
    const read = await reader?.read();
    if (!read || read.done) return undefined;
    buffered += read.value;
    return next();
  }
  const nextSession = async () => {
    const message = await next();
    expect(message?.event).toBe('session');
    return JSON.parse(message?.data ?? 'null');
  };
  return { response, next, nextSession, cancel: () => reader?.cancel() };
}

describe('the stream of a session', () => {
  it('tells of each change, once, and ends with the last one', async () => {
    const session = await open(house(), await invoice(house()));
    const { response, next, nextSession } = await follow(session);
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await nextSession()).toEqual(await readSession(house(), session));
    await play(house(), session, { outcome: 'declined' });
    expect(await nextSession()).toMatchObject({ status: 'open', failure: { code: 'declined' } });
    await play(house(), session, { outcome: 'succeeded', delayMs: 1_500 });
    expect(await nextSession()).toMatchObject({ status: 'processing' });
    expect(await nextSession()).toMatchObject({ status: 'complete', paymentStatus: 'paid' });
    expect(await next()).toBeUndefined();
  });

  it('answers 204 to who comes back after the end, so that it is not asked for ever', async () => {
    const session = await open(house(), await invoice(house()));
    const first = await follow(session);
    const { id } = (await first.next()) ?? {};
    expect(id).toBeTruthy();
    await pay(house(), session);
    // A look in between may find the payment under way.
    while ((await first.nextSession()).status !== 'complete');
    expect((await follow(session, id)).response.status).toBe(204);
  });

  it('goes on for who comes back before the end', async () => {
    const session = await open(house(), await invoice(house()));
    const first = await follow(session);
    const { id } = (await first.next()) ?? {};
    await first.cancel();
    const again = await follow(session, id);
    expect((await again.nextSession()).status).toBe('open');
    await pay(house(), session);
    while ((await again.nextSession()).status !== 'complete');
    expect(await again.next()).toBeUndefined();
  });

  it('tells of the end of its time', async () => {
    const session = await open(house(), await invoice(house()));
    const { nextSession, next } = await follow(session);
    await nextSession();
    await house().moveClock(15 * 60 + 1);
    expect((await nextSession()).status).toBe('expired');
    expect(await next()).toBeUndefined();
  });

  it('tells a late-comer how it ended', async () => {
    const session = await open(house(), await invoice(house()));
    await pay(house(), session);
    const { nextSession, next } = await follow(session);
    expect((await nextSession()).status).toBe('complete');
    expect(await next()).toBeUndefined();
  });

  it('is a problem for a session that is none', async () => {
    const { response, cancel } = await follow({ id: 'nobody' });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    await cancel();
  });

  it('is kept alive by a heartbeat every fifteen seconds', async () => {
    const { next, cancel } = await follow(await open(house(), await invoice(house())));
    await next();
    const before = Date.now();
    expect(await next()).toEqual({ comment: 'heartbeat' });
    expect(Date.now() - before).toBeGreaterThan(14_000);
    expect(Date.now() - before).toBeLessThan(18_000);
    await cancel();
  });
});
