/** How long the place is held, counted down; more time can be had once. */
import { html, nothing } from 'lit';
import type { Speech } from '../i18n/speech.js';
import type { WaitingView } from './waiting.js';

/** From here on the buyer is warned and offered more, in milliseconds. */
export const soon = 300_000;
/** Sessions end within a day: a longer one is a clock that is wrong. */
const longest = 86_400_000;

/** “14:05”, in the digits of the locale. */
export function clock({ locale }: Pick<Speech, 'locale'>, left: number): string {
  const seconds = Math.floor(left / 1000);
  const digits = (value: number, least: number) =>
    new Intl.NumberFormat(locale, { minimumIntegerDigits: least }).format(value);
  return `${digits(Math.floor(seconds / 60), 1)}:${digits(seconds % 60, 2)}`;
}

export function held({ speech, awaiting, leftUntil, onExtend }: WaitingView) {
  const { session } = awaiting;
  const left = leftUntil(session.expiresAt);
  if (!(left < longest)) return nothing;
  return html`<p class="hint" role="timer">${speech.say('held', { time: clock(speech, left) })}</p>
    ${
      left <= soon && session.extendable
        ? html`<button type="button" class="quiet" @click=${onExtend}>${speech.say('moreTime')}</button>`
        : nothing
    }`;
}
