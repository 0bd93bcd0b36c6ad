import { describe, expect, it } from 'vitest';
import { checkSelection, selectionSchema } from '../../src/contract/index.js';
import { amountLink } from './links.js';
import { cases } from './selections.js';

describe('a selection', () => {
  for (const [what, link, selection, problems = ''] of cases)
    it(`with ${what}`, () => {
      const found = checkSelection(link, selection);
      const told = found.map(({ path, code }) => `${path} ${code}`).sort();
      expect(told.join(', ')).toBe(problems);
      // Whatever the rules say of it, the wire takes it: the schema judges form, not sense.
      expect(selectionSchema().safeParse(selection).error).toBeUndefined();
    });

  it.each([
    'anna@example.com',
    'a.b+c@sub.example.co',
    "o'neil@example.ie",
    'x_1@xn--bcher-kva.example',
  ])('takes the address %s', (email) =>
    expect(checkSelection(amountLink(), { customer: { email } })).toEqual([]),
  );

  it.each([
    'anna',
    '@example.com',
    'anna@',
    'anna@localhost',
    'a b@example.com',
    'a@b@example.com',
    'a@-x.com',
    'a@x..com',
    'a@example.com, b@example.com',
  ])('refuses the address %s', (email) =>
    expect(checkSelection(amountLink(), { customer: { email } })).toHaveLength(1),
  );
});
