import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Page } from '../../src/dashboard/api.js';
import { Listing } from '../../src/dashboard/parts/listing.js';
import { Soon } from '../../src/dashboard/parts/soon.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Row {
  readonly id: string;
  readonly createdAt: string;
}

const row = (n: number): Row => ({ id: `row${n}`, createdAt: `2030-01-${10 + n}` });
const pageOf = (numbers: number[], nextCursor: string | null = null): Page<Row> => ({
  data: numbers.map(row),
  nextCursor,
});

/** A list whose answers come when the test lets them. */
function list() {
  const asked: { cursor: string | undefined; answer(page: Page<Row> | Error): Promise<void> }[] =
    [];
  const fail = vi.fn();
  const host = { addController() {}, removeController() {}, requestUpdate() {} };
  const listing = new Listing<Row>(
    { ...host, updateComplete: Promise.resolve(true) },
    {
      ask: (cursor) =>
        new Promise((resolve, reject) =>
          asked.push({
            cursor,
            answer: async (page) => {
              if (page instanceof Error) reject(page);
              else resolve(page);
              await vi.advanceTimersByTimeAsync(0);
            },
          }),
        ),
      fail,
    },
  );
  const next = () => {
    const one = asked.shift();
    if (!one) throw new Error('Nothing was asked.');
    return one;
  };
  const shown = () => listing.rows?.map(({ id }) => id).join(' ');
  return { listing, asked, next, fail, shown };
}

describe('a list', () => {
  it('is read anew while something happens all the time', async () => {
    const { listing, asked, next } = list();
    void listing.read();
    await next().answer(pageOf([1]));
    for (let i = 0; i < 10; i++) {
      listing.refreshSoon();
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(asked.length).toBeGreaterThan(0);
  });

  it('shows no rows of before where what is asked for now cannot be read', async () => {
    const { listing, next, shown, fail } = list();
    void listing.read();
    await next().answer(pageOf([1], 'after 1'));
    void listing.read();
    await next().answer(new Error('away'));
    expect(fail).toHaveBeenCalledOnce();
    expect(shown()).toBeUndefined();
    expect(listing).toMatchObject({ hasFailed: true, nextCursor: null, isBusy: false });
    void listing.read();
    await next().answer(pageOf([2]));
    expect(shown()).toBe('row2');
    expect(listing.hasFailed).toBe(false);
  });

  it('keeps what it shows where the next page cannot be read', async () => {
    const { listing, next, shown } = list();
    void listing.read();
    await next().answer(pageOf([1], 'after 1'));
    void listing.more();
    await next().answer(new Error('away'));
    expect(shown()).toBe('row1');
    expect(listing).toMatchObject({ hasFailed: false, nextCursor: 'after 1' });
  });

  it('shows what has happened also to who asks for more meanwhile', async () => {
    const { listing, next, shown } = list();
    void listing.read();
    await next().answer(pageOf([2], 'after 2'));
    listing.refreshSoon();
    await vi.advanceTimersByTimeAsync(300);
    const given = next();
    void listing.more();
    expect(given.cursor).toBeUndefined();
    await next().answer(pageOf([1]));
    expect(shown()).toBe('row2 row1');
    await vi.advanceTimersByTimeAsync(300);
    await next().answer(pageOf([3, 2], 'after 2'));
    expect(shown()).toBe('row3 row2 row1');
  });
});

describe('what is done soon', () => {
  it('is done once for all that asked, at the time of the most urgent', async () => {
    const work = vi.fn();
    const soon = new Soon(work);
    soon.in(500);
    soon.in(100);
    soon.in(300);
    await vi.advanceTimersByTimeAsync(100);
    expect(work).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(500);
    expect(work).toHaveBeenCalledOnce();
    soon.in(100);
    soon.cancel();
    await vi.advanceTimersByTimeAsync(500);
    expect(work).toHaveBeenCalledOnce();
  });
});
