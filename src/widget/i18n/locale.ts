/** Which language an element speaks: attribute, nearest `lang` through shadow hosts, browser. */
import { en, type MessageOverrides, type Messages } from './en.js';
import { fr } from './fr.js';
import { type Speech, speech } from './speech.js';

const languages: Record<string, Messages> = { en, fr };

/** Money and dates follow the whole tag (`fr-CH`); words the language, English where we lack it. */
export function speechFor(locale: string, overrides?: MessageOverrides): Speech {
  const language = locale.split('-')[0]?.toLowerCase() ?? '';
  const known = language in languages ? language : 'en';
  const messages = languages[known] as Messages;
  return speech({ locale, language: known, messages: overridden(messages, overrides) });
}

const overridden = (messages: Messages, overrides: MessageOverrides | undefined): Messages =>
  overrides
    ? {
        text: { ...messages.text, ...overrides.text },
        plurals: { ...messages.plurals, ...overrides.plurals },
        problems: { ...messages.problems, ...overrides.problems },
        fields: { ...messages.fields, ...overrides.fields },
        failures: { ...messages.failures, ...overrides.failures },
      }
    : messages;

/** The tag as Intl knows it, or undefined: `fr_FR`, `""` and nonsense never throw into the page. */
function known(tag: string | null | undefined): string | undefined {
  if (!tag) return undefined;
  try {
    return Intl.getCanonicalLocales(tag.replace(/_/g, '-'))[0];
  } catch {
    return undefined;
  }
}

export function localeOf(element: Element, wanted?: string | null): string {
  const named = known(wanted);
  if (named) return named;
  for (let node: Node | null = element; node; node = node.parentNode ?? hostOf(node)) {
    const lang = node instanceof Element ? known(node.getAttribute('lang')) : undefined;
    if (lang) return lang;
  }
  return navigator.languages?.map(known).find(Boolean) ?? known(navigator.language) ?? 'en';
}

const hostOf = (node: Node): Element | null => (node instanceof ShadowRoot ? node.host : null);
