/** Which language a page speaks, and its words. */
import type { FailureCode } from '../../contract/index.js';
import { en, type Words } from './words-en.js';
import { fr } from './words-fr.js';

export type { Words } from './words-en.js';
export type PageLocale = 'en' | 'fr';

const languages: Record<PageLocale, Words> = { en, fr };

export const wordsIn = (locale: PageLocale): Words => languages[locale];

/**
 * The language of our pages nearest to what was asked for: an `Accept-Language` header, by its
 * weights, or a single BCP 47 tag. English where neither is wanted.
 */
export function pageLocale(acceptLanguageOrTag: string | undefined): PageLocale {
  const wanted = (acceptLanguageOrTag ?? '')
    .slice(0, 500)
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
      const weight = parameters.find((parameter) => parameter.trim().startsWith('q='));
      return {
        language: tag.trim().split('-')[0],
        weight: weight ? Number(weight.trim().slice(2)) : 1,
      };
    })
    .filter(({ language, weight }) => (language === 'en' || language === 'fr') && weight > 0)
    .sort((one, other) => other.weight - one.weight);
  return wanted[0]?.language === 'fr' ? 'fr' : 'en';
}

/** A failure of a newer server has no sentence of its own yet: the most general one stands in. */
export const failureWords = (words: Words, code: string): { title: string; text: string } =>
  words.failures[code as FailureCode] ?? words.failures.provider_error;
