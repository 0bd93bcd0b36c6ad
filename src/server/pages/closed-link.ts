/** A link nothing can be bought from: why, what the merchant says about it, and where to go instead. */
import { html } from 'hono/html';
import { isOpenLink, type PublicLink } from '../../contract/index.js';
import type { Html } from './dates.js';
import { clockIcon, closedIcon, searchIcon } from './icons.js';
import { ownUrl, webUrl } from './web-url.js';
import { type PageLocale, type Words, wordsIn } from './words.js';

export function closedLink(link: PublicLink | null, locale: PageLocale): Html {
  const words = wordsIn(locale);
  const [title, text] = reason(link, words);
  const fallback = webUrl(link?.fallbackUrl?.replaceAll('{PAYMENT_LINK_ID}', link.id));
  const isSoldOut = link !== null && isOpenLink(link);
  return html`<main class="simple"><section class="card closed">
    ${link === null ? searchIcon() : isSoldOut || link.status === 'expired' ? clockIcon() : closedIcon()}
    ${link ? html`<p class="what">${link.name}</p>` : null}
    <h1>${title}</h1>
    ${link?.inactiveMessage && !isSoldOut ? html`<p class="lead">${link.inactiveMessage}</p>` : html`<p class="lead">${text}</p>`}
    <div class="ways">
      ${isSoldOut ? html`<a class="button primary" href="${ownUrl(link.url)}">${words.tryAgain}</a>` : null}
      ${fallback ? html`<a class="button ${isSoldOut ? 'secondary' : 'primary'}" href="${fallback}" target="_top">${words.continueTo(new URL(fallback).host)}</a>` : null}
    </div>
  </section></main>`;
}

function reason(link: PublicLink | null, words: Words): readonly string[] {
  if (link === null) return [words.notFoundTitle, words.notFoundText];
  switch (link.status) {
    case 'inactive':
      return words.inactive;
    case 'expired':
      return words.expired;
    case 'exhausted':
      return words.exhausted;
    case 'active':
      return words.soldOut;
  }
}
