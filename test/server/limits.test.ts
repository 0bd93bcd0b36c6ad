import { sql } from 'kysely';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createCallerOf, networkOf } from '../../src/server/caller.js';
import { applyProviderEvent } from '../../src/server/domain/settlement.js';
import { allowed } from '../../src/server/limits/allowed.js';
import {
  address,
  each,
  expectRefusal,
  numbers,
  playPath,
  reached,
  testCards,
} from './card-tester.js';
import { type House, longStoreNames, useHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import { anna, invoice, type Json, listOf, open, pay } from './offers.js';

const alice = { key: null, from: address(1) };

const sessionsPath = ({ id }: Json) => `/v1/public/payment-links/${id}/sessions`;
const confirmPath = ({ id }: Json) => `/v1/public/checkout-sessions/${id}/confirm`;

afterEach(() => vi.useRealTimers());

describe('an address', () => {
  it.each([
    ['198.51.100.7', '198.51.100.7'],
    ['::ffff:198.51.100.7', '198.51.100.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:ffff::1'],
    ['::1', '127.0.0.1'],
  ])('%s counts as %s', (one, other) => {
    expect(networkOf(one)).toBe(networkOf(other));
    expect(networkOf(one)).toBeDefined();
  });

  it.each([
    ['198.51.100.7', '198.51.100.8'],
    ['2001:db8:1:2::1', '2001:db8:1:3::1'],
  ])('%s does not count as %s', (one, other) => {
    expect(networkOf(one)).not.toBe(networkOf(other));
  });

  it.each([undefined, '', 'unknown', '1.2.3', '<script>'])('is none in %j', (text) => {
    expect(networkOf(text)).toBeUndefined();
  });

  const caller = (trustProxy: number, peer: string | undefined, forwarded?: string) => {
    const warned = { unknownProxy: 0, noAddress: 0 };
    const callerOf = createCallerOf({
      trustProxy,
      digest: (text) => text.replace('caller\n', ''),
      onUnknownProxy: () => {
        warned.unknownProxy += 1;
      },
      onNoAddress: () => {
        warned.noAddress += 1;
      },
    });
    const from = { address: peer, forwarded };
    callerOf(from);
    return [callerOf(from), warned];
  };

  it.each([
    ['the socket’s', 0, '198.51.100.7', undefined, '198.51.100.7'],
    ['the socket’s, whatever is claimed', 0, '198.51.100.7', '192.0.2.1', '198.51.100.7'],
    ['unknown behind a local proxy', 0, '127.0.0.1', '192.0.2.1', undefined],
    ['what the one proxy saw', 1, '127.0.0.1', '192.0.2.9, 192.0.2.1', '192.0.2.1'],
    ['what the outer of two saw', 2, '10.0.0.1', '6.6.6.6, 192.0.2.9, 10.0.0.2', '192.0.2.9'],
    ['the socket’s past the proxies', 2, '198.51.100.7', '192.0.2.1', '198.51.100.7'],
    ['unknown without a socket', 0, undefined, undefined, undefined],
    ['without the port a proxy writes', 1, '10.0.0.1', '6.6.6.6, 41.0.0.9:4711', '41.0.0.9'],
    ['without the port of IPv6', 1, '10.0.0.1', '[2001:db8::1]:443', '2001:db8::1'],
    ['without the brackets of IPv6', 1, '10.0.0.1', '[2001:db8::1]', '2001:db8::1'],
    ['the socket’s where the entry is none', 1, '198.51.100.7', 'unknown', '198.51.100.7'],
    ['the socket’s where the entry is empty', 1, '198.51.100.7', '6.6.6.6, ', '198.51.100.7'],
  ])('is %s', (_what, trustProxy, peer, forwarded, expected) => {
    const isUnknownProxy = trustProxy === 0 && forwarded !== undefined;
    const isNone = trustProxy === 1 && expected === peer;
    expect(caller(trustProxy, peer, forwarded)).toEqual([
      networkOf(expected),
      { unknownProxy: isUnknownProxy ? 1 : 0, noAddress: isNone ? 1 : 0 },
    ]);
  });
});

describe('one address', () => {
  const house = useHouse();

  it('may open so many sessions in a minute, then has to wait; others need not', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const link = await invoice(house());
    const { limits } = house().backend;
    const path = sessionsPath(link);
    const first = await house().call('POST', path, anna, alice);
    expect(first.status, first.text).toBe(201);
    const { statements } = await counted(house(), () =>
      house().call('POST', path, { nonsense: 1 }, alice),
    );
    expect(statements).toEqual([]);
    // As the digest that the address became.
    const caller = house().backend.sealer.digest(`caller\n${alice.from}`);
    for (const _ of numbers(allowed.openings.points - 2)) await limits.opening(caller);
    const refused = await house().call('POST', path, anna, alice);
    expectRefusal(refused);
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
    expect(refused.headers.get('access-control-expose-headers')).toMatch(/Retry-After/);
    expectRefusal(await house().call('POST', `/p/${link.id}`, undefined, alice));
    for (const from of [address(2), '127.0.0.1', undefined])
      expect((await house().call('POST', path, anna, { ...alice, from } as Json)).status).toBe(201);
    vi.setSystemTime(Date.now() + 1_000 * Number(refused.headers.get('retry-after')));
    expect((await house().call('POST', path, anna, alice)).status).toBe(201);
  });

  it('may ask for so many ids that nobody has, and is answered for every other', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const link = await invoice(house());
    const from = { key: null, from: address(3) };
    const paths = ['/v1/public/payment-links/', '/p/', '/c/', '/v1/public/checkout-sessions/'];
    for (const n of numbers(allowed.unknownIds.points)) {
      const path = `${paths[n % 4]}nobody-${n}`;
      const { status } = await house().call('GET', path, undefined, from);
      expect([path, status]).toEqual([path, 404]);
    }
    const missing = (path: string) => house().call('GET', `${path}nobody`, undefined, from);
    for (const path of paths) expectRefusal(await missing(path));
    const { statements } = await counted(house(), () => missing('/v1/public/payment-links/'));
    expect(statements.filter((text) => /rate_limit/.test(text))).toEqual([]);
    const seen = await house().call('GET', `/v1/public/payment-links/${link.id}`, undefined, from);
    expect(seen.status).toBe(200);
    const opened = await house().call('POST', sessionsPath(link), anna, from);
    expect(opened.status).toBe(201);
    expect(
      (await house().call('POST', playPath(opened.body), { outcome: 'succeeded' }, from)).status,
    ).toBe(200);
    vi.setSystemTime(Date.now() + 1_000 * allowed.unknownIds.duration);
    expect((await missing('/p/')).status).toBe(404);
  });

  it('may guess so many keys; who has one is let in meanwhile', async () => {
    const from = { from: address(4) };
    const guess = (n: number) =>
      house().call('GET', '/v1/payments', undefined, { ...from, key: `sk_${n}${'x'.repeat(30)}` });
    for (const n of numbers(allowed.wrongKeys.points)) expect((await guess(n)).status).toBe(401);
    const refused = await guess(1_000);
    expectRefusal(refused);
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
    expect((await house().call('GET', '/v1/payments', undefined, from)).status).toBe(200);
    const other = { from: address(5), key: `sk_${'y'.repeat(30)}` };
    expect((await house().call('GET', '/v1/payments', undefined, other)).status).toBe(401);
  });

  it('and one session are followed by so many at once', async () => {
    const session = await open(house(), await invoice(house()));
    const path = `/v1/public/checkout-sessions/${session.id}/events`;
    const follow = () => house().app.request(path);
    const lines = await Promise.all(numbers(allowed.followersOfSession).map(follow));
    for (const { status } of lines) expect(status).toBe(200);
    expectRefusal(await house().call('GET', path, undefined, { key: null }));
    await lines[0]?.body?.cancel();
    await vi.waitFor(async () => {
      const again = await follow();
      expect(again.status).toBe(200);
      lines.push(again);
    }, 3_000);
    for (const line of lines.slice(1)) await line.body?.cancel();
  });
});

/** Runs `work`. @returns the statements that reached the database meanwhile */
async function counted<Out>({ backend }: House, work: () => Promise<Out>) {
  const statements: string[] = [];
  const executor = backend.db.getExecutor();
  const spy = vi
    .spyOn(Object.getPrototypeOf(executor), 'executeQuery')
    .mockImplementation(async (query: Json) => {
      statements.push(query.sql);
      return { rows: [] };
    });
  try {
    return { answer: await work(), statements };
  } finally {
    spy.mockRestore();
  }
}

describe('a phone', () => {
  const house = useHouse();

  it('is asked so often and no more, however its number is written', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const link = await invoice(house());
    const spellings = ['+242 06 765 43 21', '00242067654321', '067654321', '06-765-43-21'];
    const ask = async (n: number) =>
      house().call('POST', confirmPath(await open(house(), link)), {
        phone: spellings[n % spellings.length],
      });
    for (const n of numbers(allowed.prompts.points)) expect((await ask(n)).status).toBe(200);
    expectRefusal(await ask(1));
    const other = await house().call('POST', confirmPath(await open(house(), link)), {
      phone: '+242 06 765 43 22',
    });
    expect(other.status).toBe(200);
    vi.setSystemTime(Date.now() + 1_000 * allowed.prompts.duration);
    expect((await ask(0)).status).toBe(200);
    expect(await reached(house())).toBe(allowed.prompts.points + 2);
  });

  it('of the sandbox’s own numbers never rings', async () => {
    const link = await invoice(house());
    for (const _ of numbers(allowed.prompts.points * 2)) {
      const path = confirmPath(await open(house(), link));
      expect((await house().call('POST', path, { phone: '+242 06 000 00 01' })).status).toBe(200);
    }
  });
});

/** What is counted by now, of all whom it counts for. */
async function points(house: House, name: 'attempt' | 'decline' | 'prompt'): Promise<number> {
  const { rows } = await sql<{ sum: number }>`
    select coalesce(sum(points), 0)::int as sum from rate_limit where key like ${`${name}:%`}`.execute(
    house.backend.db,
  );
  return rows[0]?.sum ?? 0;
}

describe('what reaches no provider', () => {
  const house = useHouse();

  it('counts for nobody: a button that is pressed again and again', async () => {
    const session = await open(house(), await invoice(house()));
    const press = () =>
      house().call('POST', confirmPath(session), { phone: '+242 06 765 43 21' }, alice);
    const pressed = await Promise.all(numbers(allowed.prompts.points).map(press));
    expect(pressed[0]?.status).toBe(200);
    expect(await reached(house())).toBe(1);
    expect([await points(house(), 'attempt'), await points(house(), 'prompt')]).toEqual([1, 1]);
    await house().moveClock(5);
    await house().worker.sweep();
    // The sale takes off its own attempt, and forgives four.
    expect(await points(house(), 'attempt')).toBe(-4);
  });

  it('counts for nobody: a number that nobody has', async () => {
    const before = {
      attempts: await points(house(), 'attempt'),
      asked: await points(house(), 'prompt'),
    };
    const session = await open(house(), await invoice(house()));
    for (const _ of numbers(allowed.prompts.points + 1)) {
      const { status } = await house().call(
        'POST',
        confirmPath(session),
        { phone: 'call me' },
        alice,
      );
      expect(status).toBe(422);
    }
    expect(await points(house(), 'attempt')).toBe(before.attempts);
    expect(await points(house(), 'prompt')).toBe(before.asked);
  });

  it('counts for no phone: what its caller is refused for', async () => {
    const link = await invoice(house());
    const session = await open(house(), link);
    const attempts = numbers(allowed.attempts.points).map(() => ({
      sessionId: session.id,
      linkId: link.id,
      caller: house().backend.sealer.digest(`caller\n${alice.from}`),
    }));
    for (const attempt of attempts) await house().backend.limits.attempt(attempt);
    const before = await points(house(), 'prompt');
    expectRefusal(
      await house().call('POST', confirmPath(session), { phone: '+242 06 765 43 23' }, alice),
    );
    expect(await points(house(), 'prompt')).toBe(before);
  });
});

describe('a session', () => {
  const house = useHouse();
  const declined = 'outcome=declined';

  it.each([
    [
      'the sandbox’s route',
      (s: Json) => house().call('POST', playPath(s), { outcome: 'declined' }),
    ],
    [
      'the buttons of the payment page',
      (s: Json) =>
        house().call('POST', `/c/${s.id}/outcome`, undefined, {
          raw: declined,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        }),
    ],
    [
      'prompts on a phone',
      async (s: Json) => {
        const phone = '+242 06 000 00 02';
        const asked = await house().call('POST', confirmPath(s), { phone });
        await house().moveClock(2);
        await house().worker.sweep();
        return asked;
      },
    ],
  ])('lets five attempts through by %s, and no sixth', async (_how, attempt) => {
    const session = await open(house(), await invoice(house()));
    const before = await reached(house());
    for (const _ of numbers(8)) await attempt(session);
    expect((await reached(house())) - before).toBe(5);
    const { body } = await house().call('GET', `/v1/checkout-sessions/${session.id}`);
    expect([body.status, body.failure.code]).toEqual(['canceled', 'too_many_attempts']);
  });
});

describe.each(longStoreNames)('a card tester, on %s', (store) => {
  it('reaches the provider as often as is allowed, also after a restart', async () => {
    await testCards(store, 700);
  }, 120_000);
});

describe('buyers behind one address of a carrier', () => {
  const house = useHouse('PostgreSQL');

  it('are not stopped at ten times the usual pace, though one in three fails first', async () => {
    const link = await invoice(house());
    const refused: unknown[] = [];
    const call = async (method: string, path: string, body?: object) => {
      const answer = await house().call(method, path, body, alice);
      if (answer.status >= 400) refused.push([path, answer.status, answer.body]);
      return answer.body;
    };
    // A link that sells well sells a dozen a minute.
    await each(numbers(120), 16, async (n) => {
      await call('GET', `/v1/public/payment-links/${link.id}`);
      const session = await call('POST', sessionsPath(link), anna);
      if (n % 3 === 0) await call('POST', playPath(session), { outcome: 'declined' });
      await call('GET', `/v1/public/checkout-sessions/${session.id}`);
      const paid = await call('POST', playPath(session), { outcome: 'succeeded' });
      expect(paid.status).toBe('complete');
    });
    expect(refused).toEqual([]);
    await expectSoundBooks(house());
  }, 60_000);
});

describe('late money that goes back', () => {
  const house = useHouse();

  it('is no sale to its caller, and no attempt either', async () => {
    const link = await invoice(house(), { maxRedemptions: 1 });
    const late = await open(house(), link);
    const { backend } = house();
    await backend.limits.attempt({ sessionId: late.id, linkId: link.id, caller: 'somebody' });
    expect(await points(house(), 'attempt')).toBe(1);
    await house().call('POST', `/v1/public/checkout-sessions/${late.id}/cancel`, {});
    await pay(house(), await open(house(), link));
    const paidLate = () =>
      applyProviderEvent(backend, {
        provider: 'sandbox',
        id: `${late.id}/late`,
        sessionId: late.id,
        attempt: `${late.id}/late`,
        type: 'succeeded',
        amount: late.total,
        currency: late.currency,
        failureCode: null,
      });
    await paidLate();
    await paidLate();
    const [, payment] = await listOf(house(), '/v1/payments', link);
    expect(payment.status).toBe('refunded');
    expect(await points(house(), 'attempt')).toBe(0);
    await expectSoundBooks(house());
  });
});

describe('without its database', () => {
  const house = useHouse();

  it('counts in memory, stops no sale, and says what is wrong', async () => {
    const { limits, db } = house().backend;
    const attempt = (n: number) => ({
      sessionId: `cs_${n}` as const,
      linkId: 'plink_1' as const,
      caller: 'somebody',
    });
    const { logged } = house();
    vi.useFakeTimers({ toFake: ['Date'] });
    await sql`alter table limited_attempt rename to gone`.execute(db);
    await limits.attempt({ ...attempt(0), caller: 'somebody else' });
    expect(logged.map(String)).toEqual([expect.stringMatching(/"limited_attempt" does not exist/)]);
    await sql`alter table rate_limit rename to gone_too`.execute(db);
    const link = await invoice(house());
    const session = await open(house(), link);
    const paid = await house().call('POST', playPath(session), { outcome: 'succeeded' }, alice);
    expect(paid.body.status).toBe('complete');
    for (const n of numbers(allowed.attempts.points)) await limits.attempt(attempt(n));
    await expect(limits.attempt(attempt(1_000))).rejects.toThrow(/too often/);
    // A fault of the counting is told of once a minute.
    expect(logged).toHaveLength(1);
    vi.setSystemTime(Date.now() + 60_000);
    for (const _ of numbers(3)) await limits.prompt('+242 06 765 43 21');
    expect(logged).toHaveLength(2);
    expect(String(logged[1])).toMatch(/"rate_limit" does not exist/);
  });
});
