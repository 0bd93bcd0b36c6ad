/** Every language says all that English says, with the same values in it and a form for every number. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { en, type Messages, type Plural } from '../src/widget/i18n/en.js';
import { french } from '../src/widget/i18n/fr.js';
import { fetched } from '../src/widget/i18n/languages.js';

const folder = new URL('../src/widget/i18n/languages/', import.meta.url);
const written = readdirSync(folder).map((file) => file.replace(/\.ts$/, ''));

const languages: [string, Messages][] = [['fr', french()]];
for (const tag of written) {
  const module = await import(new URL(`${tag}.ts`, folder).href);
  languages.push([tag, module[tag]]);
}

const namesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

/** Words that are the same in many languages. */
const shared = new Set(['E-mail', 'Total', 'Quantity', '{off} off']);

it('is one file for each language that can be fetched', () => {
  expect(written.sort()).toEqual([...fetched].sort());
});

describe.each(languages)('%s', (tag, messages) => {
  const groups = ['text', 'problems', 'fields', 'failures'] as const;
  const sentences = groups.flatMap((group) =>
    Object.entries(en[group]).map(([key, english]) => ({
      key: `${group}.${key}`,
      english,
      said: (messages[group] as Record<string, string>)[key],
    })),
  );

  it('has exactly the sentences of English', () => {
    for (const group of [...groups, 'plurals'] as const)
      expect(Object.keys(messages[group]).sort()).toEqual(Object.keys(en[group]).sort());
  });

  it('names the same values', () => {
    for (const { key, english, said } of sentences)
      expect([key, namesIn(said ?? '')]).toEqual([key, namesIn(english)]);
  });

  it('is translated', () => {
    const same = sentences.filter(({ english, said }) => english === said && !shared.has(english));
    expect(same.map(({ key }) => key).length).toBeLessThan(8);
    expect(same.every(({ english }) => english.split(' ').length < 3)).toBe(true);
  });

  it('is tidy: no empty sentence, no straight quote, no space at an end', () => {
    for (const { key, said } of sentences) {
      expect([key, said]).toEqual([key, said?.trim()]);
      expect([key, said]).not.toEqual([key, '']);
      expect(said, key).not.toMatch(/['"]|\.\.\.| {2}/);
    }
  });

  it('has a form for every number, and none that no number takes', () => {
    const rules = new Intl.PluralRules(tag);
    const taken = new Set(Array.from({ length: 1001 }, (_, count) => rules.select(count)));
    for (const [key, plural] of Object.entries(messages.plurals) as [string, Plural][]) {
      const forms = Object.keys(plural).filter((form) => form !== '=1');
      expect([key, forms.sort()]).toEqual([key, [...new Set([...taken, 'other'])].sort()]);
      expect(namesIn(plural.other), key).toEqual(['count']);
    }
  });

  it('says “monthly” and “every month” without a number', () => {
    for (const key of ['everyMonth', 'captionMonth', 'everyYear', 'captionYear'] as const) {
      const plural: Plural = messages.plurals[key];
      const rule = new Intl.PluralRules(tag).select(1);
      expect(namesIn(plural['=1'] ?? plural[rule] ?? ''), key).toEqual([]);
    }
  });
});
