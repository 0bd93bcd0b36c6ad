import { describe, expect, it } from 'vitest';
import { spanOf } from '../../src/dashboard/sales/days.js';

const local = (year: number, month: number, day: number) =>
  new Date(year, month - 1, day).toISOString();

describe('the days that a list is looked through for', () => {
  it.each([
    ['one day', '2030-05-04', '2030-05-04', local(2030, 5, 4), local(2030, 5, 5)],
    ['a month, to its last day', '2028-02-01', '2028-02-29', local(2028, 2, 1), local(2028, 3, 1)],
    ['a year into the next', '2029-12-31', '2030-01-01', local(2029, 12, 31), local(2030, 1, 2)],
    ['the last before the first', '2030-05-05', '2030-05-04', local(2030, 5, 4), local(2030, 5, 6)],
    ['since a day', '2030-05-04', '', local(2030, 5, 4), undefined],
    ['up to a day', '', '2030-05-04', undefined, local(2030, 5, 5)],
    ['none', '', '', undefined, undefined],
    ['a year half typed', '0203-05-04', '', undefined, undefined],
    ['what somebody wrote into the address', 'soon', '<b>', undefined, undefined],
  ])('%s', (_, first, last, from, to) => {
    expect(spanOf(first, last)).toEqual({ from, to });
  });
});
