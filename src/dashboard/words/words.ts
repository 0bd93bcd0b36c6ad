/** The desk speaks English and French; a sentence that one of them lacks does not compile. */
import { en } from './en.js';
import { fr } from './fr.js';

export type Words = typeof en;
export type DeskLocale = 'en' | 'fr';

export const wordsIn = (locale: string): Words => (languageOf(locale) === 'fr' ? fr : en);

export const languageOf = (locale: string): DeskLocale => (/^fr\b/i.test(locale) ? 'fr' : 'en');
