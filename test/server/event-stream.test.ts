import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tell } from '../../src/server/domain/event.js';
import { createKey } from '../../src/server/store/accounts.js';
import { transaction } from '../../src/server/store/database.js';
import { signIn } from './at-desk.js';
import { type House, newDatabase, openHouse, useHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import { invoice, type Json } from './offers.js';

interface Message {
  readonly event?: string;
  readonly data?: string;
  readonly id?: string;
  readonly comment?: string;
}

const messageOf = (text: string): Message =>
  Object.fromEntries(
    text.split('\n').map((line) => {
      const [, name, value] = /^([a-z]*): ?(.*)$/.exec(line) ?? [];
      return [name || 'comment', value];
    }),
  );

interface Following {
  readonly response: Response;
  /** Ids of events, in order. */
  readonly ids: string[];
  readonly messages: Message[];
  /** Waits for so many events. */
  until(count: number): Promise<void>;
  readonly ended: Promise<void>;
  cancel(): void;
}

/** As a server does it, with a key, or as the desk does. */
type By = string | { readonly cookie: string; readonly 'sec-fetch-site'?: string };

async function follow(origin: string, by: By, lastEventId?: string): Promise<Following> {
  const leaving = new AbortController();
  const response = await fetch(`${origin}/v1/events/stream`, {
    headers: {
      ...(typeof by === 'string' ? { authorization: `Bearer ${by}` } : by),
      ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
    },
    signal: leaving.signal,
  });
  const ids: string[] = [];
  const messages: Message[] = [];
  let isReady = () => {};
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  async function read() {
    let buffered = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      buffered += chunk;
      for (let end = buffered.indexOf('\n\n'); end >= 0; end = buffered.indexOf('\n\n')) {
        const message = messageOf(buffered.slice(0, end));
        buffered = buffered.slice(end + 2);
        messages.push(message);
        if (message.event === 'event') ids.push(message.id as string);
        isReady();
      }
    }
  }
  const ended = response.ok ? read().catch(() => {}) : Promise.resolve();
  if (response.ok) await ready;
  return {
    response,
    ids,
    messages,
    ended,
    async until(count) {
      for (const end = Date.now() + 10_000; ids.length < count && Date.now() < end; )
        await new Promise((resolve) => setTimeout(resolve, 20));
      expect(ids.length).toBeGreaterThanOrEqual(count);
    },
    cancel: () => leaving.abort(),
  };
}

async function listen({ app }: House): Promise<{ origin: string; server: ServerType }> {
  const server = await new Promise<ServerType>((resolve) => {
    const opened = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () =>
      resolve(opened),
    );
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

const eventsOf = async (house: House): Promise<Json[]> =>
  (await house.call('GET', '/v1/events?limit=100')).body.data.reverse();

const shut = (server: ServerType) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    if ('closeAllConnections' in server) server.closeAllConnections();
  });

describe('the stream of events', () => {
  const house = useHouse();
  let server: ServerType;
  let origin = '';
  /** Followed from the beginning, and left alone for fifteen seconds while the others are tried. */
  let quiet: { following: Following; since: number };
  beforeAll(async () => {
    ({ origin, server } = await listen(house()));
  });
  afterAll(async () => {
    await expectSoundBooks(house());
    await shut(server);
  });

  it('tells what happens from now on, in the bytes of the webhook, and nothing from before', async () => {
    await invoice(house());
    const following = await follow(origin, house().key);
    expect(following.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(following.response.headers.get('access-control-allow-origin')).toBeNull();
    const links = [await invoice(house()), await invoice(house())];
    await following.until(2);
    const events = following.messages.filter(({ event }) => event === 'event');
    const told = events.map(({ data }) => JSON.parse(data ?? ''));
    expect(told.map(({ data }) => data.id)).toEqual(links.map(({ id }) => id));
    for (const [index, event] of told.entries()) {
      expect(events[index]?.id).toBe(event.id);
      expect((await house().call('GET', `/v1/events/${event.id}`)).body).toEqual(event);
    }
    following.cancel();
  });

  it('goes on after the last event that was read, also the last of the list', async () => {
    const first = await follow(origin, house().key);
    for (let times = 0; times < 3; times += 1) await invoice(house());
    await first.until(3);
    first.cancel();
    const again = await follow(origin, house().key, first.ids[0]);
    await invoice(house());
    await again.until(3);
    expect(again.ids.slice(0, 2)).toEqual(first.ids.slice(1));
    again.cancel();
    const newest = (await eventsOf(house())).at(-1);
    const { id } = await invoice(house());
    const third = await follow(origin, house().key, newest?.id);
    await third.until(1);
    expect(JSON.parse(third.messages.find(({ data }) => data)?.data ?? '').data.id).toBe(id);
    third.cancel();
  });

  it('is followed from the desk, and from no other page with its cookie', async () => {
    const { cookie } = await signIn(house());
    const following = await follow(origin, { cookie, 'sec-fetch-site': 'same-origin' });
    const { id } = await invoice(house());
    await following.until(1);
    expect(JSON.parse(following.messages.at(-1)?.data ?? '').data.id).toBe(id);
    following.cancel();
    const { response } = await follow(origin, { cookie, 'sec-fetch-site': 'cross-site' });
    expect(response.status).toBe(403);
  });

  const newKey = ({ backend }: House) => createKey(backend.db, backend.account.id);
  const revoke = ({ backend }: House, key: string) =>
    sql`update api_key set revoked_at = paylink_now() where hint = ${key.slice(-4)}`.execute(
      backend.db,
    );
  const endings: [string, () => Promise<{ by: By; end: () => Promise<unknown> }>][] = [
    [
      'its key is revoked',
      async () => {
        const key = await newKey(house());
        return { by: key, end: () => revoke(house(), key) };
      },
    ],
    [
      'the key of its desk is revoked',
      async () => {
        const key = await newKey(house());
        const { cookie } = await signIn(house(), key);
        return { by: { cookie }, end: () => revoke(house(), key) };
      },
    ],
    [
      'the merchant has signed out',
      async () => {
        const { cookie, call } = await signIn(house());
        return { by: { cookie }, end: () => call('DELETE', '/dashboard/session') };
      },
    ],
    [
      'nobody has worked at the desk for half a day',
      async () => {
        const { cookie } = await signIn(house());
        return { by: { cookie }, end: () => house().moveClock(12 * 3600 + 1) };
      },
    ],
  ];

  it.each(endings)(
    'ends at once when %s, and tells nothing of what comes after',
    async (...one) => {
      const { by, end } = await one[1]();
      const following = await follow(origin, by);
      const before = Date.now();
      await end();
      await invoice(house());
      await following.ended;
      expect(Date.now() - before).toBeLessThan(3_000);
      expect(following.ids).toEqual([]);
    },
  );

  it('sends no tests', async () => {
    const url = 'http://127.0.0.1:9/hook';
    const made = await house().call('POST', '/v1/webhook-endpoints', { url });
    const following = await follow(origin, house().key);
    const tested = await house().call('POST', `/v1/webhook-endpoints/${made.body.id}/test`);
    const { id } = await invoice(house());
    await following.until(1);
    expect(JSON.parse(following.messages.at(-1)?.data ?? '').data.id).toBe(id);
    following.cancel();
    const { response } = await follow(origin, house().key, tested.body.eventId);
    expect(response.status).toBe(422);
    quiet = { following: await follow(origin, house().key), since: Date.now() };
  });

  it.each(['nobody', `evt_${'0'.repeat(24)}`, 'é', ' '])(
    'refuses to go on after %j',
    async (id) => {
      const headers = { 'last-event-id': encodeURIComponent(id) };
      const { status, body } = await house().call('GET', '/v1/events/stream', undefined, {
        headers,
      });
      expect([status, body.errors[0].path]).toEqual([422, 'Last-Event-ID']);
    },
  );

  it('wants a key', async () => {
    const { response } = await follow(origin, 'sk_nobody');
    expect(response.status).toBe(401);
  });

  it('ends at once when the server stops, on both sides', async () => {
    const other = await openHouse('PostgreSQL');
    const { origin: there, server: stopping } = await listen(other);
    const following = await follow(there, other.key);
    const before = Date.now();
    other.beginStop();
    await following.ended;
    expect(Date.now() - before).toBeLessThan(400);
    await new Promise((resolve) => stopping.close(resolve));
    await other.close();
    expect(other.logged).toEqual([]);
  });

  it('is kept alive by a heartbeat every fifteen seconds', async () => {
    const beat = () => quiet.following.messages.some(({ comment }) => comment === 'heartbeat');
    while (!beat() && Date.now() - quiet.since < 18_000)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(beat()).toBe(true);
    expect(Date.now() - quiet.since).toBeGreaterThan(14_000);
    expect(quiet.following.ids).toEqual([]);
    quiet.following.cancel();
  });
});

describe('the stream of two processes on one PostgreSQL', () => {
  const houses: House[] = [];
  const servers: ServerType[] = [];
  const origins: string[] = [];
  beforeAll(async () => {
    const place = await newDatabase();
    for (let count = 0; count < 2; count += 1) {
      const house = await openHouse('PostgreSQL', place);
      houses.push(house);
      const { origin, server } = await listen(house);
      servers.push(server);
      origins.push(origin);
    }
  });
  afterAll(async () => {
    await Promise.all(servers.map(shut));
    for (const house of houses) {
      await expectSoundBooks(house);
      await house.close();
    }
  });
  const [one, other] = [() => houses[0] as House, () => houses[1] as House];
  const at = (index: number, lastEventId?: string) =>
    follow(origins[index] as string, one().key, lastEventId);

  it('misses no event that is committed after a later one', async () => {
    const link = await invoice(one());
    const { backend } = one();
    const following = await at(1);
    let commit = () => {};
    const late = new Promise<void>((resolve) => {
      commit = resolve;
    });
    let begun = () => {};
    const written = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const slow = transaction(backend.db, async (tx) => {
      const data = { ...link, paymentLinkId: link.id };
      await tell(backend, tx, backend.account.id, 'payment_link.updated', data);
      begun();
      await late;
    });
    await written;
    await invoice(other());
    await following.until(1);
    following.cancel();
    commit();
    await slow;
    // It was written first and became visible last.
    const again = await at(0, following.ids[0]);
    await again.until(1);
    const { type } = JSON.parse(again.messages.find(({ data }) => data)?.data ?? '');
    expect(type).toBe('payment_link.updated');
    again.cancel();
  });

  it('is the same on both, each event once, also for who comes and goes between them', async () => {
    const steady = await at(0);
    await invoice(one());
    await steady.until(1);
    const [start] = steady.ids;
    const before = (await eventsOf(one())).length;
    const wandering: string[] = [];
    let isOver = false;
    const wander = async () => {
      for (let turn = 1; !isOver || wandering.length < steady.ids.length - 1; turn += 1) {
        const following = await at(turn % 2, wandering.at(-1) ?? start);
        await new Promise((resolve) => setTimeout(resolve, 60 * (1 + (turn % 5))));
        following.cancel();
        await following.ended;
        wandering.push(...following.ids);
      }
    };
    const walk = wander();
    const writing = [one(), other()].flatMap((house) =>
      Array.from({ length: 4 }, async () => {
        for (let times = 0; times < 10; times += 1) await invoice(house);
      }),
    );
    await Promise.all(writing);
    await steady.until(81);
    isOver = true;
    await walk;
    steady.cancel();
    const all = (await eventsOf(one())).slice(before).map(({ id }) => id);
    expect(all).toHaveLength(80);
    expect([...steady.ids].slice(1).sort()).toEqual([...all].sort());
    expect(wandering).toEqual(steady.ids.slice(1));
  });
});
