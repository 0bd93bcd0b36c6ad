import { it } from 'vitest';
import { expectFuzzed } from './fuzz/expectations.js';
import { useHouse } from './house.js';

const house = useHouse('PGlite', {
  resolve: async () => [{ address: '127.0.0.1', family: 4 }],
});

it('answers 2,000 requests, valid and not, as the document says, and its books are sound', async () => {
  await expectFuzzed(house(), 2_000);
}, 300_000);
