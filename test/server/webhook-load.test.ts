import { describe, expect, it } from 'vitest';
import { tell } from '../../src/server/domain/event.js';
import { transaction } from '../../src/server/store/database.js';
import { type House, newDatabase, openHouse, storeNames, useHouse } from './house.js';
import { invoice, type Json, make } from './offers.js';
import { openReceiver, type Receiver, verify } from './receiver.js';

const path = '/v1/webhook-endpoints';
const many = process.env.LONG ? 1_000 : 300;

/** Writes so many events, fifty to a transaction. */
async function happen({ backend }: House, link: Json, count: number): Promise<void> {
  const data = { ...link, paymentLinkId: link.id };
  for (let written = 0; written < count; written += 50)
    await transaction(backend.db, async (tx) => {
      for (let index = 0; index < Math.min(50, count - written); index += 1)
        await tell(backend, tx, backend.account.id, 'payment_link.updated', data);
    });
}

async function listening(house: House): Promise<{ receiver: Receiver; endpoint: Json }> {
  const receiver = await openReceiver();
  const eventTypes = ['payment_link.updated'];
  const endpoint = await make(house, path, { url: receiver.url, eventTypes });
  return { receiver, endpoint };
}

const idsOf = ({ heard }: Receiver) => heard.map(({ headers }) => headers['webhook-id'] as string);

/** Always the same numbers, evenly between 0 and 1. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

describe.each(storeNames)('webhooks in numbers, on %s', (store) => {
  const house = useHouse(store, { random: dice(7) });

  it('of 300 events none is lost while three in ten answers are failures, and all verify', async () => {
    const { receiver, endpoint } = await listening(house());
    const random = dice(42);
    const link = await invoice(house());
    const failures = [500, 503, 302, 404, 429];
    for (let index = 0; index < 3_000; index += 1)
      receiver.answers.push(random() < 0.3 ? (failures[index % failures.length] as number) : 200);
    await happen(house(), link, 300);
    await house().worker.sweep();
    expect(new Set(idsOf(receiver)).size).toBe(300);
    for (const wait of [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]) {
      await house().moveClock(wait * 1.1 + 1);
      await house().worker.sweep();
    }
    const { rows } = await house().backend.db.executeQuery<Json>(
      house()
        .backend.db.selectFrom('webhookDelivery')
        .select(['status', (all) => all.fn.countAll<number>().as('count')])
        .groupBy('status')
        .compile(),
    );
    expect(rows).toEqual([{ status: 'delivered', count: 300 }]);
    expect(receiver.heard.length).toBeGreaterThan(390);
    expect(receiver.heard.length).toBeLessThan(470);
    const bytes = new Map<string, string>();
    for (const heard of receiver.heard) {
      verify(endpoint.secret, heard);
      const id = heard.headers['webhook-id'] as string;
      expect(bytes.get(id) ?? heard.raw).toBe(heard.raw);
      bytes.set(id, heard.raw);
    }
    await house().call('DELETE', `${path}/${endpoint.id}`);
    await receiver.close();
    expect(house().logged).toEqual([]);
  });

  it(`of one endpoint that never answers hold up no other: ${many} events`, async () => {
    const mute = await listening(house());
    const quick = await listening(house());
    mute.receiver.answers.push(...Array(many).fill('hang'));
    const link = await invoice(house());
    await house().worker.start();
    await happen(house(), link, many);
    const written = Date.now();
    await quick.receiver.until((heard) => heard.length >= many, 20_000);
    expect(new Set(idsOf(quick.receiver)).size).toBe(many);
    // While it never answers it has ten under way, and nobody waits for them.
    expect(mute.receiver.heard.length).toBeLessThanOrEqual(10);
    const last = await invoice(house());
    const before = Date.now();
    await house().call('PATCH', `/v1/payment-links/${last.id}`, { name: 'Another' });
    await quick.receiver.until((heard) => heard.some(({ body }) => body.data.id === last.id));
    expect(Date.now() - before).toBeLessThan(2_000);
    console.log(
      `${store}: ${many} events reached the healthy endpoint ${before - written} ms after the last was written`,
    );
    for (const { endpoint } of [mute, quick])
      await house().call('DELETE', `${path}/${endpoint.id}`);
    await house().worker.stop();
    await Promise.all([mute.receiver.close(), quick.receiver.close()]);
    expect(house().logged).toEqual([]);
  });
});

it('of two processes on one PostgreSQL each event goes out once, while both do well', async () => {
  const place = await newDatabase();
  const houses = [await openHouse('PostgreSQL', place), await openHouse('PostgreSQL', place)];
  const [one, other] = houses as [House, House];
  const { receiver } = await listening(one);
  const link = await invoice(one);
  await Promise.all(houses.map(({ worker }) => worker.start()));
  await Promise.all(houses.map((house) => happen(house, link, 200)));
  await receiver.until((heard) => heard.length >= 400);
  await Promise.all(houses.map(({ worker }) => worker.sweep()));
  expect(receiver.heard).toHaveLength(400);
  expect(new Set(idsOf(receiver)).size).toBe(400);
  await Promise.all(houses.map((house) => house.close()));
  await receiver.close();
  expect([...one.logged, ...other.logged]).toEqual([]);
});
