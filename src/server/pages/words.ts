/** Which language a page speaks, and its words. */
import type { FailureCode } from '../../contract/index.js';
import { en, type Words } from './words-en.js';
import { fr } from './words-fr.js';

export type { Words } from './words-en.js';
export type PageLocale = 'en' | 'fr';

const languages: Record<PageLocale, Words> = { en, fr };

export const wordsIn = (locale: PageLocale): Words => languages[locale];

/** What was asked for, best first: an `Accept-Language` header by its weights, or a single BCP 47 tag. */
const wantedTags = (acceptLanguageOrTag: string | undefined): string[] =>
  (acceptLanguageOrTag ?? '')
    .slice(0, 500)
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.trim().split(';');
      const weight = parameters.find((parameter) => parameter.trim().startsWith('q='));
      return { tag: tag.trim(), weight: weight ? Number(weight.trim().slice(2)) : 1 };
    })
    .filter(({ tag, weight }) => /^[a-z]{2,3}(?:[-_][a-z0-9]{1,8})*$/i.test(tag) && weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ tag }) => tag);

/** The language of our pages nearest to what was asked for; English where neither is wanted. */
export function pageLocale(acceptLanguageOrTag: string | undefined): PageLocale {
  const languages = wantedTags(acceptLanguageOrTag).map(
    (tag) => tag.toLowerCase().split(/[-_]/)[0],
  );
  return languages.find((language) => language === 'fr' || language === 'en') === 'fr'
    ? 'fr'
    : 'en';
}

/** What the form may speak, which knows more languages than our pages; undefined where nothing was asked for. */
export const formLocale = (acceptLanguageOrTag: string | undefined): string | undefined =>
  wantedTags(acceptLanguageOrTag)[0];

/** A failure of a newer server has no sentence of its own yet: the most general one stands in. */
export const failureWords = (words: Words, code: string): { title: string; text: string } =>
  words.failures[code as FailureCode] ?? words.failures.provider_error;
