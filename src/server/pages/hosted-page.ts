/** `/p/{slug}`: the link's own page. It says what is sold and for how much, then lets the widget ask the rest. */
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import {
  isOpenLink,
  isSoldOutForNow,
  type OpenLink,
  type PublicLink,
} from '../../contract/index.js';
import { closedLink } from './closed-link.js';
import { dateTag, type Html } from './dates.js';
import type { HostedPageView } from './hosted-view.js';
import { layout } from './layout.js';
import { itemPrice, priceLine, trialDaysOf } from './link-price.js';
import { fitsPlainForm, plainForm } from './plain-form.js';
import { structuredData } from './structured-data.js';
import { ownUrl, webUrl } from './web-url.js';
import { wordsIn } from './words.js';

export type { HostedPageView } from './hosted-view.js';

export function hostedPage(view: HostedPageView): HtmlEscapedString | Promise<HtmlEscapedString> {
  const { link, locale, merchantName, isEmbedded } = view;
  const canBeBought = link !== null && isOpenLink(link) && !isSoldOutForNow(link);
  return layout({
    locale,
    merchantName,
    title: link?.name ?? wordsIn(locale).notFoundTitle,
    testMode: link?.testMode ?? false,
    isBare: isEmbedded,
    isIndexable: canBeBought,
    head: link ? openGraph(link, view, canBeBought) : undefined,
    main: canBeBought ? offer(link, view) : closedLink(link, locale),
  });
}

/** What messengers show of the link when it is shared. */
function openGraph(link: PublicLink, view: HostedPageView, canBeBought: boolean): Html {
  const isOpen = isOpenLink(link);
  const url = webUrl(link.url);
  const image = isOpen ? webUrl(link.imageUrl) : null;
  const about = isOpen ? [priceLine(link, view.locale), link.description].filter(Boolean) : [];
  const property = (name: string, content: string) =>
    html`<meta property="og:${name}" content="${content}">`;
  return html`
    ${about.length ? html`<meta name="description" content="${about.join(' · ')}">` : null}
    ${url ? html`<link rel="canonical" href="${url}">` : null}
    ${property('type', 'website')}
    ${property('locale', view.locale === 'fr' ? 'fr_FR' : 'en_GB')}
    ${property('title', link.name)}
    ${about.length ? property('description', about.join(' · ')) : null}
    ${url ? property('url', url) : null}
    ${image ? property('image', image) : null}
    ${view.merchantName ? property('site_name', view.merchantName) : null}
    <meta name="twitter:card" content="${image ? 'summary_large_image' : 'summary'}">
    ${isOpen && canBeBought ? structuredData({ link, merchantName: view.merchantName }) : null}
    ${canBeBought ? html`<script async src="${ownUrl(view.scriptSrc)}"></script>` : null}`;
}

/** Name, picture and description stand once, beside the form: its header slot is filled with nothing. */
function offer(link: OpenLink, view: HostedPageView): Html {
  const { locale } = view;
  const words = wordsIn(locale);
  const image = webUrl(link.imageUrl);
  const trialDays = trialDaysOf(link);
  return html`<main class="hosted">
    <section class="offer">
      ${image ? html`<img class="photo" src="${image}" alt="" width="480" height="360">` : null}
      <h1>${link.name}</h1>
      <p class="price-line">${priceLine(link, locale)}</p>
      ${trialDays ? html`<p class="badge">${words.trialDays(trialDays)}</p>` : null}
      ${link.description ? html`<p class="description">${link.description}</p>` : null}
      ${link.expiresAt ? html`<p class="until">${words.availableUntil} ${dateTag(link.expiresAt, locale)}</p>` : null}
    </section>
    <section class="checkout">
      <pay-link-form link="${link.id}" api="${ownOrigin(view.publicUrl)}" locale="${view.formLocale}"${elementAttributes(view.attributes)}>
        <span slot="header" hidden></span>
        ${fitsPlainForm(link) ? plainForm(link, view) : beforeScript(link, view)}
      </pay-link-form>
    </section>
  </main>`;
}

/** What stands in the form's place until the script has come: prices to read, and a way on if it does not. */
function beforeScript(link: OpenLink, { locale }: HostedPageView): Html {
  const words = wordsIn(locale);
  const items = link.type === 'amount' ? [] : link.items;
  return html`<div class="before-script">
    <ul class="price-list">
      ${items.map(
        (item) =>
          html`<li><span>${item.name}</span> <span>${itemPrice(item, link.currency, locale)}</span></li>`,
      )}
    </ul>
    <noscript><p>${words.needsScript}</p></noscript>
    <p class="late">${words.late} <a href="${ownUrl(link.url)}">${words.loadAgain}</a></p>
  </div>`;
}

const ownOrigin = (publicUrl: string): string => webUrl(publicUrl)?.replace(/\/$/, '') ?? '';

/** Names come from our own list, yet nothing but an attribute name may stand where one is written. */
const elementAttributes = (attributes: Record<string, string>): Html[] =>
  Object.entries(attributes)
    .filter(
      ([name]) => /^[a-z]+(-[a-z]+)*$/.test(name) && !['link', 'api', 'locale'].includes(name),
    )
    .map(([name, value]) => html` ${raw(name)}="${value}"`);
