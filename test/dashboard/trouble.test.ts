import { describe, expect, it } from 'vitest';
import { Problem, type ProblemCode, problemStatus } from '../../src/contract/index.js';
import { sentenceOf } from '../../src/dashboard/link-form/body.js';
import { ruleIn, spoken, troubleIn } from '../../src/dashboard/trouble.js';
import { wordsIn } from '../../src/dashboard/words/words.js';

const [english, french] = [wordsIn('en'), wordsIn('fr')];

/** Said beside their fields, by the pages that cause them, or to buyers alone. */
const neverHere =
  /^(malformed_json|not_json|unauthorized|origin_not|session_|link_(in|ex)|temp|out_of|price_|validation_|invalid_|promotion_|idempotency_mis)/;

describe('what the server refuses', () => {
  it.each(Object.keys(problemStatus).filter((code) => !neverHere.test(code)))(
    'is told in French where it is %s',
    (code) => {
      const problem = new Problem(code as ProblemCode, 'Said in English.');
      expect(troubleIn(french, problem)).not.toContain('English');
      expect(troubleIn(english, problem)).not.toBe(troubleIn(french, problem));
    },
  );

  it('is quoted, and marked as English, where nobody foresaw it', () => {
    const sentence = troubleIn(french, new Problem('not_json', 'Said in English.'));
    expect(sentence).toBe('Cela n’a pas marché\u00a0: \u2068Said in English.\u2069');
    const { strings, values } = spoken(sentence) as {
      strings: readonly string[];
      values: unknown[];
    };
    expect(strings.join('|')).toContain('<span lang="en">');
    expect(values).toEqual(['Cela n’a pas marché\u00a0: ', 'Said in English.', '']);
    expect(spoken('Enregistré.')).toBe('Enregistré.');
  });

  it('is told of a field in its own words, else quoted', () => {
    const rule = (code: string, message = 'said in English') => ruleIn(french, { code, message });
    expect(rule('invalid_type', 'required')).toBe(french.problems.required);
    expect(rule('too_big')).toBe(french.problems.tooLong);
    expect(rule('not_found')).toContain('n’existe plus');
    expect(rule('unheard_of')).toBe('Ce n’est pas accepté\u00a0: \u2068said in English\u2069');
    const issue = { path: 'items.0.productId', code: 'not_found', message: 'no such product' };
    expect(sentenceOf(french, issue)).not.toContain('no such product');
  });
});
