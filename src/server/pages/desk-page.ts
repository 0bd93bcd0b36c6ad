/** The page around the merchant's desk. All of it is drawn by the desk's script, which the built files hold. */
import { html } from 'hono/html';
import type { Html } from './dates.js';
import { type PageLocale, wordsIn } from './words.js';

export const deskPage = (locale: PageLocale): Html => html`<!doctype html>
<html lang="${locale}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <meta name="referrer" content="same-origin">
    <title>PayLink</title>
    <link rel="icon" href="/favicon.ico">
    <link rel="stylesheet" href="/dashboard/desk.css">
    <script type="module" src="/dashboard/desk.js"></script>
  </head>
  <body>
    <pay-link-desk></pay-link-desk>
    <noscript><p>${wordsIn(locale).deskNeedsScript}</p></noscript>
  </body>
</html>
`;
