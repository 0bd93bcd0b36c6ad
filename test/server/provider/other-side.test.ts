import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Provider } from '../../../src/server/provider/provider.js';
import { type House, newDatabase, openHouse } from '../house.js';
import { expectSoundBooks } from '../invariants.js';
import { anna, eventTypesOf, invoice, type Json, listOf, membership, open } from '../offers.js';
import { refOf } from './shop.js';
import { type StripeFarSide, startStripe } from './stripe-stand-in.js';
import { startYabetoo } from './yabetoo-stand-in.js';

describe('what was sold on another side than the server sells on', () => {
  let far: StripeFarSide;
  let place: { url: string };
  let trying: House;
  let live: House;
  const houses: House[] = [];
  const openBy = async (provider?: Provider) => {
    const house = await openHouse('PostgreSQL', place, provider && { provider });
    houses.push(house);
    return house;
  };
  beforeAll(async () => {
    far = await startStripe();
    place = await newDatabase();
    trying = await openBy(far.provider);
    live = await openBy({ ...far.provider, testMode: false });
  });
  afterAll(async () => {
    await expectSoundBooks(live);
    for (const house of houses) await house.close();
    await far.close();
  });

  async function begun(house: House): Promise<{ link: Json; subscription: Json }> {
    const { link, seen } = await membership(house);
    const [{ id: itemId, prices }] = seen.items;
    const items = [{ itemId, priceId: prices[0].id, quantity: 1 }];
    const session = await open(house, link, { ...anna, items });
    far.pay(refOf(session));
    await house.call('GET', `/c/${session.id}`, undefined, { key: null });
    const [subscription] = await listOf(house, '/v1/subscriptions', link);
    return { link, subscription };
  }

  const cancel = (house: House, { id }: Json, at: string) =>
    house.call('POST', `/v1/subscriptions/${id}/cancel`, { at });
  const read = async ({ id }: Json) => (await live.call('GET', `/v1/subscriptions/${id}`)).body;

  it.each(['now', 'period_end'])(
    'is a test subscription that ends without asking: %s',
    async (at) => {
      const { link, subscription } = await begun(trying);
      far.meetAlways(500);
      const { status, body } = await cancel(live, subscription, at);
      far.meetAlways(null);
      // Nobody would tell when its period is over.
      expect([status, body.status, body.cancelReason]).toEqual([200, 'canceled', 'requested']);
      expect((await eventTypesOf(live, link)).at(-1)).toBe('subscription.canceled');
      expect(live.logged).toEqual([]);
    },
  );

  it('is a test subscription that ends on its buyer’s page, whoever sells by now', async () => {
    const { subscription } = await begun(trying);
    const yabetoo = await startYabetoo();
    const later = await openBy({ ...yabetoo.provider, testMode: false });
    const path = new URL(subscription.manageUrl).pathname;
    const { key } = trying;
    // Another process of the same shop: the address is of its key.
    const house = { ...later, key };
    expect(house.backend.sealer.digest('x')).toBe(trying.backend.sealer.digest('x'));
    const shown = await house.call('GET', `${path}?cancel=1`, undefined, { key: null });
    expect(shown.text).toContain(`action="${subscription.manageUrl}/cancel"`);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await house.call('POST', `${path}/cancel`, undefined, {
      ...{ key: null, raw: '', headers },
    });
    expect(answer.status).toBe(303);
    expect(await read(subscription)).toMatchObject({
      status: 'canceled',
      cancelReason: 'by_buyer',
    });
    await yabetoo.close();
  });

  it('is a subscription of real money that only its own side can end', async () => {
    const { subscription } = await begun(live);
    const { status, body } = await cancel(trying, subscription, 'now');
    expect([status, body.detail]).toEqual([
      409,
      'This subscription is of stripe’s live side, and the server sells on the test side: cancel it in stripe’s dashboard.',
    ]);
    const resumed = await live.call('POST', `/v1/subscriptions/${subscription.id}/resume`);
    expect([resumed.status, resumed.body.detail]).toEqual([
      409,
      'Stripe renews this subscription: take its planned end back in stripe’s dashboard.',
    ]);
    const page = await trying.call('GET', new URL(subscription.manageUrl).pathname, undefined, {
      key: null,
    });
    expect(page.text).toContain('To cancel, write to');
    expect((await cancel(live, subscription, 'now')).body.status).toBe('canceled');
  });

  it('is a payment that its own side gives back', async () => {
    const session = await open(trying, await invoice(trying));
    far.pay(refOf(session));
    await trying.call('GET', `/c/${session.id}`, undefined, { key: null });
    const { body } = await trying.call('GET', `/v1/checkout-sessions/${session.id}`);
    const path = `/v1/payments/${body.paymentId}/refunds`;
    const refusal = async (house: House) => {
      const answer = await house.call('POST', path, {});
      return [answer.status, answer.body.detail];
    };
    expect(await refusal(live)).toEqual([
      409,
      'This payment is of stripe’s test side, and the server sells on the live side: refund it in stripe’s dashboard.',
    ]);
    expect(await refusal(await openBy())).toEqual([
      409,
      'This payment is of stripe’s test side, and the server sells by the sandbox: refund it in stripe’s dashboard.',
    ]);
  });

  it('is told from a provider that does not answer: one that refuses has answered', async () => {
    const { subscription } = await begun(live);
    const ask = async () => (await cancel(live, subscription, 'now')).body.detail;
    far.meetAlways(500);
    expect(await ask()).toBe('The payment provider did not answer.');
    far.meetAlways(null);
    const { endSubscription } = far.provider;
    Object.assign(live.backend.provider, {
      endSubscription: async () => {
        throw Object.assign(new Error('No such subscription'), { statusCode: 404 });
      },
    });
    expect(await ask()).toBe('The payment provider refused it: the server’s log has its answer.');
    Object.assign(live.backend.provider, { endSubscription });
    live.logged.splice(0);
  });
});
