import { describe, expect, it } from 'vitest';
import { refreshed } from '../../src/dashboard/parts/listing.js';
import { linesOf, nameOf } from '../../src/dashboard/sales/buyer.js';
import { type Draft, wishOf } from '../../src/dashboard/sales/refund-wish.js';
import { wordsIn } from '../../src/dashboard/words/words.js';

const row = (n: number) => ({ id: `${n}`, createdAt: `2030-05-04T09:00:${10 + n}.000Z` });
const rows = (...all: number[]) => all.map(row);
const ids = (list: { rows: readonly { id: string }[] }) => list.rows.map(({ id }) => id).join(' ');

describe('a list that is read anew', () => {
  it('shows what is new above what was read on to', () => {
    const shown = { data: rows(6, 5, 4, 3), nextCursor: 'after 3' };
    const list = refreshed(shown, { data: rows(7, 6), nextCursor: 'after 6' });
    expect(ids(list)).toBe('7 6 5 4 3');
    expect(list.nextCursor).toBe('after 3');
  });

  it('goes on where it ends, when something new has pushed a row off its only page', () => {
    const shown = { data: rows(6, 5), nextCursor: null };
    const list = refreshed(shown, { data: rows(7, 6), nextCursor: 'after 6' });
    expect(ids(list)).toBe('7 6 5');
    const fresh = refreshed(
      { data: rows(7, 6), nextCursor: 'old' },
      { data: rows(7, 6), nextCursor: 'new' },
    );
    expect(fresh.nextCursor).toBe('new');
  });

  it('lets go of what belongs there no longer', () => {
    const shown = { data: rows(6, 5, 4, 3), nextCursor: 'after 3' };
    expect(ids(refreshed(shown, { data: rows(6, 4), nextCursor: 'after 4' }))).toBe('6 4 3');
    expect(ids(refreshed(shown, { data: [], nextCursor: null }))).toBe('');
  });

  it('begins again where there would be a gap', () => {
    const shown = { data: rows(3, 2), nextCursor: 'after 2' };
    const list = refreshed(shown, { data: rows(9, 8), nextCursor: 'after 8' });
    expect([ids(list), list.nextCursor]).toEqual(['9 8', 'after 8']);
  });
});

describe('a refund', () => {
  const read = (draft: Partial<Draft>, locale = 'en', currency = 'EUR') =>
    wishOf(
      { isPart: true, amount: '', release: false, ...draft },
      { left: 2_000, currency, locale, words: wordsIn(locale), shown: (n) => `${n} cents` },
    );

  it('is of all that is left, or of an amount as money is written', () => {
    expect(read({ isPart: false, amount: 'x' })).toEqual({ amount: 2_000 });
    expect(read({ amount: '5' })).toEqual({ amount: 500 });
    expect(read({ amount: '€12.50' })).toEqual({ amount: 1_250 });
    expect(read({ amount: '12,50' }, 'fr')).toEqual({ amount: 1_250 });
    expect(read({ amount: '1 500' }, 'fr', 'XAF')).toEqual({ amount: 1_500 });
  });

  it('says what is wrong with it', () => {
    expect(read({})).toEqual({ mistake: 'This has to be filled in.' });
    expect(read({ amount: '0' })).toEqual({ mistake: 'Write an amount of more than nothing.' });
    expect(read({ amount: '20.01' })).toEqual({ mistake: 'At most 2000 cents is left.' });
    expect(read({ amount: '1.234' })).toMatchObject({
      mistake: expect.stringMatching(/digits|mean/),
    });
    expect(read({ amount: 'all' })).toMatchObject({ mistake: expect.stringMatching(/no amount/) });
  });
});

it('names a buyer by what they are told from others', () => {
  const nobody = {
    email: null,
    name: null,
    phone: null,
    billingAddress: null,
    shippingAddress: null,
  };
  expect(nameOf({ ...nobody, email: 'anna@example.com', name: 'Anna' })).toBe('anna@example.com');
  expect(nameOf({ ...nobody, phone: '+242' })).toBe('+242');
  expect(nameOf(nobody)).toBeNull();
});

it('writes an address as on an envelope', () => {
  const address = {
    country: 'FR',
    name: 'Anna',
    line1: '1 rue',
    city: 'Lyon',
    postalCode: '69003',
  };
  expect(linesOf(address, 'en')).toEqual(['Anna', '1 rue', '69003 Lyon', 'France']);
});
