/** A house that sells by a provider whose far side is played here. */
import { afterAll, beforeAll } from 'vitest';
import { Problem } from '../../../src/contract/index.js';
import { type House, openHouse } from '../house.js';
import { expectSoundBooks } from '../invariants.js';
import { invoice, type Json, open } from '../offers.js';
import type { FarSide, Message } from './far-side.js';

/** The provider's own name for the checkout of a session. */
export const refOf = ({ url }: Json): string => url.split('/').pop();

export function useProvider<Far extends FarSide>(start: () => Promise<Far>) {
  let far: Far;
  let house: House;
  beforeAll(async () => {
    far = await start();
    house = await openHouse('PostgreSQL', undefined, { provider: far.provider });
    far.enter?.(house);
  });
  afterAll(async () => {
    // The operator hears of each call that was not answered, of messages that were refused, and of nothing else.
    const logged = house.logged.filter(
      (told) =>
        !(told instanceof Problem && told.code === 'provider_unavailable') &&
        !/^A message (of|to) /.test(String(told)),
    );
    await expectSoundBooks({ ...house, logged });
    await house.close();
    await far.close();
  });
  return {
    far: () => far,
    house: () => house,
    opened: async (more: object = {}): Promise<Json> => open(house, await invoice(house, more)),
    /** @returns the status of our answer */
    async tell(message: Message | Promise<Message>): Promise<number> {
      const { body: raw, headers } = await message;
      if (far.deliver) return far.deliver({ body: raw, headers });
      const path = `/v1/providers/${far.provider?.name}/webhook`;
      return (await house.call('POST', path, undefined, { raw, headers, key: null })).status;
    },
    async paymentsOf({ id }: Json): Promise<Json[]> {
      const { data } = (await house.call('GET', '/v1/payments?limit=100')).body;
      return data.filter(({ checkoutSessionId }: Json) => checkoutSessionId === id);
    },
  };
}
