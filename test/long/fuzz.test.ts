import { describe, it } from 'vitest';
import { expectFuzzed } from '../server/fuzz/expectations.js';
import { storeNames, useHouse } from '../server/house.js';

describe.each(storeNames)('on %s', (store) => {
  const house = useHouse(store, {
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  });

  it('20,000 requests are answered as the document says, and the books are sound', async () => {
    await expectFuzzed(house(), 20_000);
  });
});
