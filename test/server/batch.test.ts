import { describe, expect, it } from 'vitest';
import { createBatches, fulfilled, rejected } from '../../src/server/batch.js';

const tick = () => new Promise((resolve) => setImmediate(resolve));

describe('what is asked for at the same time', () => {
  it('is answered together, each its own', async () => {
    const batches: number[][] = [];
    const double = createBatches<number, number>(async (_, numbers) => {
      batches.push([...numbers]);
      await tick();
      return numbers.map((number) => (number === 3 ? rejected('no three') : fulfilled(number * 2)));
    });
    const asked = [1, 2, 3].map((number) => double('one', number));
    await tick();
    asked.push(double('one', 4), double('one', 5));
    expect(await Promise.allSettled(asked)).toEqual([
      fulfilled(2),
      fulfilled(4),
      rejected('no three'),
      fulfilled(8),
      fulfilled(10),
    ]);
    expect(batches).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
  });

  it('waits for none of another key', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const named = createBatches<string, string>(async (key, inputs) => {
      if (key === 'slow') await held;
      return inputs.map((input) => fulfilled(`${key} ${input}`));
    });
    const slow = named('slow', 'one');
    expect(await named('quick', 'one')).toBe('quick one');
    release();
    expect(await slow).toBe('slow one');
  });

  it('fails together where the batch fails, and goes on with the next', async () => {
    let isBroken = true;
    const named = createBatches<string, string>(async (_, inputs) => {
      if (isBroken) throw new Error('broken');
      return inputs.map(fulfilled);
    });
    const both = [named('a', 'one'), named('a', 'two')];
    for (const outcome of await Promise.allSettled(both))
      expect(outcome).toMatchObject({ status: 'rejected', reason: { message: 'broken' } });
    isBroken = false;
    expect(await named('a', 'three')).toBe('three');
  });

  it('is never too much for one batch', async () => {
    const sizes: number[] = [];
    const named = createBatches<number, number>(async (_, inputs) => {
      sizes.push(inputs.length);
      return inputs.map(fulfilled);
    });
    await Promise.all(Array.from({ length: 300 }, (_, index) => named('a', index)));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(128);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(300);
  });
});
