/** The languages of the widget: two in the script, the others fetched from the backend when a buyer reads them. */
import { send } from '../http.js';
import { en, type MessageOverrides, type Messages } from './en.js';
import { french } from './fr.js';

/** As JSON at `/locales/{tag}.json`. */
export const fetched = 'es de pt it nl pl tr ar he zh ja ko hi sw'.split(' ');

const known = new Map([['en', en]]);
const asked = new Map<string, Promise<void>>();

/** The language of a BCP 47 tag; English where we lack it. */
export function languageOf(locale: string): string {
  const language = locale.split('-')[0] ?? '';
  return language === 'fr' || fetched.includes(language) ? language : 'en';
}

/** Undefined until it was fetched. */
export function messagesIn(language: string): Messages | undefined {
  if (language === 'fr' && !known.has(language)) known.set(language, french());
  return known.get(language);
}

/** Asks a backend for a language, once for the whole page; trouble leaves it English until the next need. */
export function needLanguage(language: string, origin: string | undefined): Promise<void> {
  if (messagesIn(language) || !origin) return Promise.resolve();
  const asking = asked.get(language) ?? fetchLanguage(language, origin);
  asked.set(language, asking);
  return asking.catch(() => {
    asked.delete(language);
  });
}

async function fetchLanguage(language: string, origin: string): Promise<void> {
  const { status, body } = await send(`${origin}/locales/${language}.json`, {});
  if (status !== 200) throw new Error(`No ${language}`);
  // The script may be older or newer than the file: what that lacks is said in English.
  known.set(language, withWords(en, body as Messages));
}

/** Some of the sentences in other words. */
export const withWords = (messages: Messages, other: MessageOverrides | undefined): Messages =>
  Object.fromEntries(
    Object.entries(messages).map(([group, sentences]) => [
      group,
      { ...sentences, ...other?.[group as keyof Messages] },
    ]),
  ) as never;
