/** Pages with one thing to say. */
import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { clockIcon, closedIcon, searchIcon } from './icons.js';
import { layout } from './layout.js';
import { type PageLocale, wordsIn } from './words.js';

export function notFoundPage(
  locale: PageLocale,
  merchantName: string,
): HtmlEscapedString | Promise<HtmlEscapedString> {
  const words = wordsIn(locale);
  return layout({
    locale,
    merchantName,
    title: words.notFoundTitle,
    main: html`<main class="simple"><section class="card">
      ${searchIcon()}
      <h1>${words.notFoundTitle}</h1>
      <p class="lead">${words.notFoundText}</p>
    </section></main>`,
  });
}

/** For who has asked too often. */
export function busyPage(locale: PageLocale): HtmlEscapedString | Promise<HtmlEscapedString> {
  const words = wordsIn(locale);
  return layout({
    locale,
    merchantName: '',
    title: words.busyTitle,
    main: html`<main class="simple"><section class="card">
      ${clockIcon()}
      <h1>${words.busyTitle}</h1>
      <p class="lead">${words.busyText}</p>
    </section></main>`,
  });
}

/** A fault of ours: it names the number under which the log has it, and whether something may have been done. */
export function errorPage(
  locale: PageLocale,
  { requestId, isOnlyRead }: { requestId: string; isOnlyRead: boolean },
): HtmlEscapedString | Promise<HtmlEscapedString> {
  const words = wordsIn(locale);
  return layout({
    locale,
    merchantName: '',
    title: words.errorTitle,
    main: html`<main class="simple"><section class="card">
      ${closedIcon()}
      <h1>${words.errorTitle}</h1>
      <p class="lead">${isOnlyRead ? words.awayText : words.errorText}</p>
      <p class="request">${words.errorNumber}<br><code>${requestId}</code></p>
    </section></main>`,
  });
}
