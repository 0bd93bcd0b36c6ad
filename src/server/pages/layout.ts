/** The shell every page of ours shares. Styles and script are files: the policy allows nothing inline. */
import { html } from 'hono/html';
import type { Html } from './dates.js';
import { type PageLocale, wordsIn } from './words.js';

export interface Layout {
  locale: PageLocale;
  title: string;
  /** Whose page it is; shown in the header and the title. */
  merchantName: string;
  main: Html;
  testMode?: boolean;
  /** More of `<head>`. */
  head?: Html | undefined;
  /** In somebody's frame: no header, no footer. */
  isBare?: boolean;
  isIndexable?: boolean;
}

export function layout(page: Layout): Html {
  const words = wordsIn(page.locale);
  const title = page.merchantName ? `${page.title} · ${page.merchantName}` : page.title;
  return html`<!doctype html>
<html lang="${page.locale}" class="${page.isBare ? 'bare' : 'whole'}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="format-detection" content="telephone=no">
    ${page.isIndexable ? null : html`<meta name="robots" content="noindex">`}
    <title>${title}</title>
    <link rel="icon" href="/favicon.ico">
    <link rel="stylesheet" href="/assets/pages.css">
    <script type="module" src="/assets/pages.js"></script>
    ${page.head}
  </head>
  <body>
    ${page.testMode ? testBanner(words.testBanner, words.testBannerText) : null}
    ${page.isBare || !page.merchantName ? null : header(page.merchantName)}
    ${page.main}
    ${page.isBare ? null : html`<footer class="foot">${words.poweredBy}</footer>`}
  </body>
</html>
`;
}

const testBanner = (title: string, text: string): Html =>
  html`<aside class="test-banner"><p><strong>${title}</strong> <span>${text}</span></p></aside>`;

const header = (merchantName: string): Html =>
  html`<header class="head">
    <span class="monogram" aria-hidden="true">${[...merchantName.trim()][0]?.toUpperCase()}</span>
    <span class="merchant">${merchantName}</span>
  </header>`;
