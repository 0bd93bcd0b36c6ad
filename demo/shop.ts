/** A merchant's own page: it embeds its payment links exactly as any site would, with one script tag. */
import { html } from 'hono/html';
import { merchantName } from './cast.js';
import type { CastLinks } from './seed.js';
import {
  closedCard,
  concertCard,
  donation,
  invoiceCard,
  membership,
  teeCard,
} from './shop-cards.js';

export interface ShopPage {
  /** Origin of the payment backend. */
  api: string;
  links: CastLinks;
  /** Where this page itself stands. */
  shopOrigin: string;
}

export const shopPage = ({ api, links, shopOrigin }: ShopPage): string =>
  String(html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${merchantName}: music and goods, Brazzaville and Berlin</title>
    <meta name="description" content="Records, shirts and concerts from two rivers.">
    <meta name="color-scheme" content="light dark">
    <meta property="og:title" content="${merchantName}">
    <meta property="og:image" content="${shopOrigin}/shop/hero.svg">
    <link rel="icon" href="/shop/favicon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/shop/shop.css">
    <link rel="stylesheet" href="/shop/shelf.css">
    <script async src="${api}/pay-link.js"></script>
    <script type="module" src="/shop/shop.js"></script>
  </head>
  <body>
    <a class="skip" href="#shop">Skip to the shop</a>
    <header class="top">
      <a class="brand" href="/"><img src="/shop/mark.svg" alt="" width="44" height="44"> ${merchantName}</a>
      <nav aria-label="Sections">
        <a href="#shop">Shop</a>
        <a href="#support">Support</a>
        <a href="#club">Record club</a>
      </nav>
    </header>
    <main>
      <section class="hero">
        <div class="hero-words">
          <p class="place">Brazzaville · Berlin</p>
          <h1>Music and goods from two rivers</h1>
          <p>We print by hand on the Congo, play loud on the Spree, and send records wherever the post goes.</p>
          <a class="cta" href="#shop">See what is new</a>
        </div>
        <img src="/shop/hero.svg" alt="A guitarist in a boat between palms and a city, under a sun that is a record" width="1200" height="760">
      </section>
      <section class="shelf" id="shop" aria-labelledby="shop-title">
        <h2 id="shop-title">New this month</h2>
        <div class="cards">
          ${teeCard(links.tee)}
          ${concertCard(links.concert)}
          ${invoiceCard(links.invoice)}
        </div>
      </section>
      ${donation(links.donation)}
      ${membership(links.membership)}
      <section class="shelf" id="gone" aria-labelledby="gone-title">
        <h2 id="gone-title">Gone for now</h2>
        <p class="intro">Three links that are closed, each for a reason of its own. The button tells which.</p>
        <div class="cards small">
          ${closedCard(links.rehearsalRoom, {
            picture: 'room',
            title: 'Rehearsal room',
            text: 'Saturday night, amps and drums included. There is only one Saturday.',
            label: 'Book the room',
          })}
          ${closedCard(links.earlyBird, {
            picture: 'ticket',
            title: 'Early-bird ticket',
            text: 'Cheaper for those who were early.',
            label: 'Get the early bird',
          })}
          ${closedCard(links.summerSale, {
            picture: 'summer',
            title: 'Summer bundle',
            text: 'A shirt, a tote bag and a mixtape for the riverside.',
            label: 'Buy the bundle',
          })}
        </div>
      </section>
    </main>
    <footer class="bottom">
      <p>${merchantName} is invented, and nothing here is charged: the shop shows what payment links do on a page that is not theirs.</p>
    </footer>
    <details class="events">
      <summary>Events <span data-count>0</span></summary>
      <ol data-events tabindex="0" aria-label="Events of the payment links"></ol>
    </details>
  </body>
</html>
`);
