import { describe, expect, it } from 'vitest';
import { newLinkSchema } from '../../src/contract/index.js';
import { bodyOf, changesOf, sentenceOf } from '../../src/dashboard/link-form/body.js';
import { differencesOf } from '../../src/dashboard/link-form/differences.js';
import {
  amountText,
  type Draft,
  emptyDraft,
  emptyItem,
  firstItems,
} from '../../src/dashboard/link-form/draft.js';
import { wordsIn } from '../../src/dashboard/words/words.js';

const reading = { words: wordsIn('en'), locale: 'en', isNew: true };
const draft = (changes: Partial<Draft> = {}): Draft => ({
  ...emptyDraft('amount', 'EUR'),
  ...{ name: 'Choir trip', amount: '25' },
  ...changes,
});

describe('a link as it is written', () => {
  it('is said to the server in minor units, and the contract takes it', () => {
    const { body, mistakes } = bodyOf(draft(), reading);
    expect(mistakes).toEqual({});
    expect(body).toMatchObject({
      type: 'amount',
      name: 'Choir trip',
      currency: 'EUR',
      amount: 2500,
    });
    expect(newLinkSchema().safeParse(body).success).toBe(true);
  });

  it('tells one mistake where neither the link nor what it sells alone has a name', () => {
    const items = [{ ...emptyItem(), unitAmount: '5' }];
    const { mistakes } = bodyOf(draft({ type: 'product', name: '', items }), reading);
    expect(Object.keys(mistakes)).toEqual(['name']);
    const two = draft({ type: 'product', items: [...items, ...items] });
    expect(Object.keys(bodyOf(two, reading).mistakes)).toEqual(['items.0.name', 'items.1.name']);
  });

  it.each<[string, Partial<Draft>, string]>([
    ['without a name', { name: '  ' }, 'name'],
    ['without an amount', { amount: '' }, 'amount'],
    ['with an amount that is none', { amount: 'ten' }, 'amount'],
    ['with half a cent', { amount: '1.005' }, 'amount'],
    ['with francs that have cents', { currency: 'XAF', amount: '10.5' }, 'amount'],
    ['with a picture that is no address', { imageUrl: 'picture.png' }, 'imageUrl'],
    ['with an address of scripts', { termsUrl: 'javascript:alert(1)' }, 'termsUrl'],
    ['with capitals in its address', { slug: 'Choir Trip' }, 'slug'],
    ['with a number of uses that is none', { maxRedemptions: 'many' }, 'maxRedemptions'],
    [
      'for a website with a path',
      { allowedOrigins: 'https://shop.example/page' },
      'allowedOrigins',
    ],
    [
      'to a country nobody knows',
      { collectShippingAddress: true, countries: 'Congo' },
      'countries',
    ],
    ['with a note that has no value', { metadata: 'season' }, 'metadata'],
    [
      'with a corner of half a pixel',
      { branding: { ...draft().branding, radius: '1.5' } },
      'branding.radius',
    ],
    ['that sells nothing', { type: 'product', items: [] }, 'items'],
    [
      'with an item without a price',
      { type: 'product', items: [{ ...emptyItem(), name: 'Mug' }] },
      'items.0.unitAmount',
    ],
    [
      'with two items, one without a name',
      {
        type: 'product',
        items: [
          { ...emptyItem(), unitAmount: '5' },
          { ...emptyItem(), unitAmount: '6', name: 'Mug' },
        ],
      },
      'items.0.name',
    ],
    [
      'with a question without words',
      {
        customFields: [
          {
            key: 'q1',
            label: '',
            type: 'text',
            required: false,
            options: '',
            pattern: '',
            maxLength: '',
          },
        ],
      },
      'customFields.0.label',
    ],
  ])('%s is refused at that very field', (_, changes, field) => {
    expect(Object.keys(bodyOf(draft(changes), reading).mistakes)).toEqual([field]);
  });

  it('is read in the language of its merchant', () => {
    const french = { words: wordsIn('fr'), locale: 'fr', isNew: true };
    expect(bodyOf(draft({ amount: '1 250,50' }), french).body.amount).toBe(125_050);
    expect(bodyOf(draft({ amount: '12.50' }), french).mistakes.amount).toContain('12');
    expect(amountText(125_050, 'EUR', 'fr')).toBe('1250,50');
    expect(amountText(125_050, 'XAF', 'fr')).toBe('125050');
  });

  it('holds suggestions, countries, websites and notes line by line', () => {
    const { body, mistakes } = bodyOf(
      draft({
        ...{ whoDecides: 'buyer', suggestedAmounts: '5; 10;25.50', minAmount: '1', amount: '' },
        ...{ collectShippingAddress: true, countries: 'cg fr' },
        ...{
          allowedOrigins: ' https://a.example \n\nhttps://b.example',
          metadata: 'season = winter',
        },
      }),
      reading,
    );
    expect(mistakes).toEqual({});
    expect(body).toMatchObject({
      ...{ amount: null, minAmount: 100, maxAmount: null, suggestedAmounts: [500, 1000, 2550] },
      collectShippingAddress: { countries: ['CG', 'FR'] },
      allowedOrigins: ['https://a.example', 'https://b.example'],
      metadata: { season: 'winter' },
    });
  });

  it('begins a subscription of one item, called as the link is', () => {
    const items = firstItems('subscription').map((item) => ({
      ...item,
      ...{ unitAmount: '9', intervalCount: '3', trialPeriodDays: '14' },
    }));
    const { body, mistakes } = bodyOf(
      draft({ type: 'subscription', name: 'Club', items }),
      reading,
    );
    expect(mistakes).toEqual({});
    expect(body.items).toMatchObject([
      { name: 'Club', unitAmount: 900, interval: 'month', intervalCount: 3, trialPeriodDays: 14 },
    ]);
    expect(newLinkSchema().safeParse(body).success).toBe(true);
  });

  it('has words of its own for what only the server finds', () => {
    const words = wordsIn('fr');
    const refusal = { path: 'minAmount', code: 'too_large', message: 'more than maxAmount' };
    expect(sentenceOf(words, refusal)).toBe(words.problems.minMax);
    const ofItems = { path: 'items', code: 'required', message: 'at least one recurring price' };
    expect(sentenceOf(words, ofItems)).toBe(words.problems.oneRecurring);
    const range = { path: 'items.0.quantity', code: 'invalid', message: 'min ≤ quantity ≤ max' };
    expect(sentenceOf(words, range)).toBe(words.problems.quantities);
    expect(sentenceOf(words, { path: 'slug', code: 'taken', message: '' })).toBe(
      words.problems.slugTaken,
    );
  });

  it('clears what was emptied', () => {
    const { body } = bodyOf(draft(), { ...reading, isNew: false });
    expect(body).toMatchObject({
      description: null,
      maxRedemptions: null,
      branding: null,
      slug: null,
    });
    expect(body).not.toHaveProperty('type');
    expect(body).not.toHaveProperty('currency');
  });

  it('is not held up by what was written for another kind of link', () => {
    const items = [{ ...emptyItem(), unitAmount: '5' }];
    const amounts = { whoDecides: 'buyer', minAmount: 'some', suggestedAmounts: 'a; b' } as const;
    expect(bodyOf(draft({ type: 'product', items, ...amounts }), reading).mistakes).toEqual({});
  });

  it.each(['0', '3000000000'])(
    'says in plain words how often a link can be paid, and not %s times',
    (text) => {
      const { mistakes } = bodyOf(draft({ maxRedemptions: text }), reading);
      expect(mistakes).toEqual({ maxRedemptions: reading.words.problems.uses });
    },
  );

  it('says of a number that is out of bounds that it is', () => {
    const item = { ...emptyItem(), unitAmount: '5', quantity: '9999999999' };
    const { mistakes } = bodyOf(draft({ type: 'product', items: [item] }), reading);
    expect(Object.values(mistakes)).toEqual([reading.words.problems.size]);
  });

  it('takes a number with spaces between its thousands', () => {
    const { body, mistakes } = bodyOf(draft({ maxRedemptions: '1 000' }), reading);
    expect(mistakes).toEqual({});
    expect(body.maxRedemptions).toBe(1000);
  });

  it('asks of a saved link only for what has become another', () => {
    const saved = { ...reading, isNew: false };
    const before = bodyOf(draft({ expiresAt: '2020-01-01T10:00', description: 'May' }), saved).body;
    const after = bodyOf(draft({ expiresAt: '2020-01-01T10:00', name: 'Trip' }), saved).body;
    expect(changesOf(before, after)).toEqual({ name: 'Trip', description: null });
  });

  it('tells two writings of one link apart by their fields', () => {
    const items = () => [{ ...emptyItem(), name: 'Mug' }];
    const theirs = draft({ type: 'product', items: items(), name: 'Trip' });
    const yours = draft({ type: 'product', items: items() });
    expect(differencesOf(theirs, yours)).toEqual([
      { field: 'name', theirs: 'Trip', yours: 'Choir trip' },
    ]);
  });
});
