import { describe, expect, test } from 'vitest';
import { Problem } from '../../../src/contract/index.js';
import { plainProblem } from '../../../src/server/pages/plain-problem.js';
import { errorPage, notFoundPage } from '../../../src/server/pages/simple-page.js';
import { webUrl } from '../../../src/server/pages/web-url.js';
import { formLocale, pageLocale } from '../../../src/server/pages/words.js';
import { hostile, textOf } from './views.js';

describe('the language of a page', () => {
  test.each([
    [undefined, 'en'],
    ['', 'en'],
    ['fr', 'fr'],
    ['fr-CG', 'fr'],
    ['de-DE,fr;q=0.8,en;q=0.5', 'fr'],
    ['en-GB,en;q=0.9,fr;q=0.8', 'en'],
    ['en;q=0.2, fr;q=0.9', 'fr'],
    ['fr;q=0', 'en'],
    ['*', 'en'],
    [',;q=x,;;', 'en'],
    ['fro', 'en'],
  ] as const)('%s → %s', (asked, locale) => {
    expect(pageLocale(asked)).toBe(locale);
  });

  test.each([
    ['de-AT,fr;q=0.8', 'de-AT'],
    ['pt_BR', 'pt_BR'],
    ['en;q=0.2, ja;q=0.9', 'ja'],
    ['*', undefined],
    ['"><script>', undefined],
    [undefined, undefined],
  ])('leaves the form of %s to speak %s', (asked, locale) => {
    expect(formLocale(asked)).toBe(locale);
  });
});

test.each([
  ['https://shop.example/a b', 'https://shop.example/a%20b'],
  ['http://127.0.0.1:4242/', 'http://127.0.0.1:4242/'],
  ['javascript:alert(1)', null],
  ['JAVASCRIPT:alert(1)', null],
  ['data:text/html,x', null],
  ['//shop.example', null],
  ['', null],
  [null, null],
])('a page links to %s as %s', (text, address) => {
  expect(webUrl(text)).toBe(address);
});

test('an unknown address and a fault of ours say so in both languages', async () => {
  expect(textOf(String(await notFoundPage('en', 'Tea')))).toContain('nothing here');
  expect(textOf(String(await notFoundPage('fr', hostile)))).not.toContain('<script>');
  const shown = async (isOnlyRead: boolean) =>
    textOf(String(await errorPage('fr', { requestId: 'req_1', isOnlyRead })));
  expect(await shown(true)).toMatch(/problème.*rien débité.*req_1/);
  // Whoever paid may have paid.
  expect(await shown(false)).not.toContain('rien débité');
});

test('a refused form says so in the buyer’s words, at the field as the form names it', () => {
  const errors = [
    { path: 'customer.email', code: 'invalid_email', message: 'not an e-mail address' },
    { path: 'items.0.quantity', code: 'new_code', message: 'for developers' },
  ];
  const { message, fields } = plainProblem(
    new Problem('invalid_selection', 'for developers', { errors }),
    'fr',
  );
  expect(message).toContain('Il manque quelque chose');
  expect(fields).toEqual({
    email: expect.stringContaining('adresse e-mail'),
    quantity: 'Veuillez vérifier ce champ.',
  });
  expect(plainProblem(new Problem('conflict', 'for developers'), 'en').message).toContain(
    'nothing was charged',
  );
});
