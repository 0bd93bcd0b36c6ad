/** The words on the button that pays. */
import type { PublicLink, Totals } from '../contract/index.js';
import type { Speech } from './i18n/speech.js';

type Verb = 'pay' | 'buy' | 'book' | 'donate' | 'subscribe';

/** From the link's `submitType`, else from what it sells. */
export function verbOf(link: PublicLink): Verb {
  if ('submitType' in link && link.submitType !== 'auto') return link.submitType;
  if (link.type === 'subscription') return 'subscribe';
  return link.type === 'product' ? 'buy' : 'pay';
}

export function submitLabel(speech: Speech, link: PublicLink, totals: Totals | null): string {
  const verb = verbOf(link);
  if (!totals) return speech.say(verb === 'buy' ? 'pay' : verb);
  if (totals.total === 0 && totals.recurring?.trialEndsAt) return speech.say('startTrial');
  const total = speech.money(totals.total, totals.currency);
  return speech.say(verb === 'buy' ? 'payTotal' : `${verb}Total`, { total });
}
