import { describe, expect, it } from 'vitest';
import type { Coupon } from '../../src/contract/index.js';
import { codeBody, codeField, limitsBody, percentOf } from '../../src/dashboard/code-form/body.js';
import {
  type CodeDraft,
  codeFrom,
  emptyAmount,
  emptyCode,
} from '../../src/dashboard/code-form/draft.js';
import { codeState } from '../../src/dashboard/code-form/state.js';
import { wordsIn } from '../../src/dashboard/words/words.js';

const english = { words: wordsIn('en'), locale: 'en' };
const french = { words: wordsIn('fr'), locale: 'fr' };
const says = english.words.codes.problems;
const now = Date.parse('2026-06-01T00:00:00Z');

const summer = (changes: Partial<CodeDraft> = {}): CodeDraft => ({
  ...{ ...emptyCode('EUR'), percent: '20', code: 'SUMMER20' },
  ...changes,
});

const said = (draft: CodeDraft, language = english, coupons: readonly Coupon[] = []) =>
  codeBody(draft, language, { now, coupons });

describe('a code that is written', () => {
  it('takes a share off, once, and says no more', () => {
    expect(said(summer())).toEqual({
      coupon: { percentOff: 20, duration: 'once' },
      ...{ code: { code: 'SUMMER20' }, mistakes: {} },
    });
  });

  it('is made up by the server where nothing is typed', () => {
    expect(said(summer({ code: ' ' })).code).toEqual({});
  });

  it('takes an amount off in several currencies for some months', () => {
    const amounts = [
      { ...emptyAmount('EUR'), amount: '5,50' },
      { ...emptyAmount('XAF'), amount: '3 000' },
    ];
    const draft = summer({ kind: 'amount', amounts, duration: 'repeating', months: '6' });
    expect(said(draft, french)).toMatchObject({
      coupon: {
        ...{ amountOff: 550, currency: 'EUR', currencyOptions: { XAF: { amountOff: 3000 } } },
        ...{ duration: 'repeating', durationInMonths: 6 },
      },
      mistakes: {},
    });
  });

  it('carries its limits', () => {
    const draft = summer({
      ...{ maxRedemptions: '100', expiresAt: '2026-12-24T18:00', firstTime: true },
      ...{ minimumAmount: '20', minimumCurrency: 'USD' },
    });
    expect(said(draft).code).toEqual({
      ...{ code: 'SUMMER20', maxRedemptions: 100, firstTimeTransaction: true },
      ...{ minimumAmount: 2000, minimumAmountCurrency: 'USD' },
      expiresAt: new Date('2026-12-24T18:00').toISOString(),
    });
  });

  it('grants a coupon that is there already', () => {
    const { coupon, mistakes } = said(summer({ couponId: 'coupon_x', percent: '' }));
    expect({ coupon, mistakes }).toEqual({ coupon: null, mistakes: {} });
  });

  it.each<[string, Partial<CodeDraft>, Record<string, string>]>([
    ['more than all', { percent: '101' }, { percent: says.percent }],
    ['nothing', { percent: '0' }, { percent: says.percent }],
    ['no amount', { kind: 'amount' }, { 'amounts.0.amount': english.words.problems.required }],
    [
      'an amount of nothing',
      { kind: 'amount', amounts: [{ ...emptyAmount('EUR'), amount: '0' }] },
      { 'amounts.0.amount': says.nothing },
    ],
    [
      'one currency twice',
      {
        kind: 'amount',
        amounts: [
          { ...emptyAmount('EUR'), amount: '5' },
          { ...emptyAmount('EUR'), amount: '6' },
        ],
      },
      { 'amounts.1.currency': says.sameCurrency },
    ],
    [
      'no months',
      { duration: 'repeating', months: '' },
      { months: english.words.problems.required },
    ],
    ['a code with a space', { code: 'SUMMER 20' }, { code: says.code }],
    ['an end that is over', { expiresAt: '2026-05-31T10:00' }, { expiresAt: says.past }],
    [
      'a minimum where nothing is taken off',
      {
        ...{ kind: 'amount', amounts: [{ ...emptyAmount('EUR'), amount: '5' }] },
        ...{ minimumAmount: '20', minimumCurrency: 'USD' },
      },
      { minimumAmount: says.otherCurrency },
    ],
  ])('tells of %s, and of nothing else', (_what, changes, expected) => {
    expect(said(summer(changes)).mistakes).toEqual(expected);
  });
});

it.each([
  ['12.5', 12.5],
  ['12,5 %', 12.5],
  [' 100 ', 100],
  ['0,01', 0.01],
  ['12.345', null],
  ['1e1', null],
  ['-5', null],
  ['', null],
])('reads %j as a share of %j', (typed, percent) => expect(percentOf(typed)).toBe(percent));

it('brings what the server refuses to its field', () => {
  const { amounts } = summer({ amounts: [emptyAmount('EUR'), emptyAmount('XAF')] });
  expect(codeField('currencyOptions.XAF.amountOff', { amounts })).toBe('amounts.1.amount');
  expect(codeField('percentOff', { amounts })).toBe('percent');
  expect(codeField('code', { amounts })).toBe('code');
});

describe('limits that are changed', () => {
  const before = { maxRedemptions: '10', expiresAt: '2026-05-01T10:00' };
  const changed = (limits: Partial<typeof before>) =>
    limitsBody({ ...before, ...limits }, english, { before, now });

  it('name what changed, and leave an end that is over alone', () => {
    expect(changed({ maxRedemptions: '20' })).toEqual({
      ...{ body: { maxRedemptions: 20 }, mistakes: {} },
    });
  });

  it('clear what is emptied', () => {
    expect(changed({ maxRedemptions: '', expiresAt: '' }).body).toEqual({
      ...{ maxRedemptions: null, expiresAt: null },
    });
  });

  it('refuse another end that is over', () => {
    expect(changed({ expiresAt: '2026-05-02T10:00' }).mistakes).toEqual({ expiresAt: says.past });
  });
});

describe('whether a code works', () => {
  const code = {
    ...{ isActive: true, expiresAt: null, maxRedemptions: null, redemptionCount: 3 },
  } as const;

  it.each([
    [code, 'active'],
    [{ ...code, isActive: false, maxRedemptions: 3 }, 'inactive'],
    [{ ...code, expiresAt: '2026-06-01T00:00:00Z' }, 'expired'],
    [{ ...code, expiresAt: '2026-06-01T00:00:01Z' }, 'active'],
    [{ ...code, maxRedemptions: 3 }, 'exhausted'],
    [{ ...code, maxRedemptions: 4 }, 'active'],
  ] as const)('%j is %s', (one, state) => expect(codeState(one, now)).toBe(state));
});

it('makes up codes that are read aloud without doubt', () => {
  const codes = Array.from({ length: 256 }, (_, byte) => codeFrom(new Uint8Array(8).fill(byte)));
  expect(codes.every((code) => /^[A-HJKMNP-Z2-9]{8}$/.test(code))).toBe(true);
});
