import { afterEach, it, vi } from 'vitest';
import { testCards } from '../server/card-tester.js';
import { storeNames } from '../server/house.js';

afterEach(() => vi.useRealTimers());

it.each(storeNames)(
  'lets a bot of ten thousand requests reach the provider as often as is allowed, on %s',
  (store) => testCards(store, 10_000),
  600_000,
);
