import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inLanes } from '../../src/server/domain/lanes.js';

it('works on so many at a time, on all of them, and tells of the first that failed', async () => {
  const done: number[] = [];
  let atOnce = 0;
  let most = 0;
  const work = async (item: number) => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    await pause(item % 3);
    atOnce -= 1;
    if (item === 4) throw new Error('the fourth');
    done.push(item);
  };
  const items = Array.from({ length: 20 }, (_, index) => index);
  await expect(inLanes(8, items, work)).rejects.toThrow('the fourth');
  expect(done.sort((one, other) => one - other)).toEqual(items.filter((item) => item !== 4));
  expect(most).toBe(8);
  await inLanes(8, [], work);
});
