/**
 * Dates and durations on pages. The server knows no buyer's zone, so it writes UTC;
 * the page's script rewrites `time[data-date]` for the zone of the browser.
 */
import { html } from 'hono/html';
import type { PageLocale, Words } from './words.js';

export type Html = ReturnType<typeof html>;

export const formatDate = (iso: string, locale: PageLocale): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(iso));

export const dateTag = (iso: string, locale: PageLocale): Html =>
  html`<time datetime="${iso}" data-date>${formatDate(iso, locale)}</time>`;

const secondsBetween = (from: string, to: string): number =>
  Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));

/** A duration the script counts down without asking the browser's clock what time it is. */
export function countdown(words: Words, now: string, until: string): Html {
  const seconds = secondsBetween(now, until);
  return html`<time datetime="PT${seconds}S" data-countdown="${seconds}" data-minutes="${words.minutesTemplate}" data-last="${words.duration(1)}">${words.duration(Math.ceil(seconds / 60))}</time>`;
}
