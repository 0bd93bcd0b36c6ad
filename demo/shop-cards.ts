/** What the shop sells, card by card; each shows another way to embed a link. */
import { html } from 'hono/html';

interface Link {
  id: string;
  url: string;
}

const picture = (name: string) =>
  html`<img src="/shop/${name}.svg" alt="" width="800" height="600">`;

/** The usual way: a button around the link's own address. */
export const teeCard = ({ id, url }: Link) => html`<article class="card">
  <div class="turn" role="group" tabindex="0" aria-label="The shirt in three colours">
    <img src="/shop/tee-navy.svg" alt="The shirt in navy" width="800" height="600">
    <img src="/shop/tee-white.svg" alt="in white" width="800" height="600">
    <img src="/shop/tee-sand.svg" alt="and in sand" width="800" height="600">
  </div>
  <div class="card-words">
    <h3>Mbote T-shirt</h3>
    <p>Heavy organic cotton with the sun over two rivers. Four sizes, three colours.</p>
    <div class="buy">
      <p class="price">from €29</p>
      <pay-link-button link="${id}"><a href="${url}">Buy the T-shirt</a></pay-link-button>
    </div>
  </div>
</article>`;

export const concertCard = ({ id, url }: Link) => html`<article class="card">
  ${picture('concert')}
  <div class="card-words">
    <h3>Rumba on the Spree</h3>
    <p>Les Frères Nganga and the Kiez Brass. <time datetime="2027-01-30T19:00+01:00">Saturday, 30 January, 19:00</time>, Kiezsaal Berlin.</p>
    <div class="buy">
      <p class="price">from €25</p>
      <pay-link-button link="${id}"><a href="${url}">Get tickets</a></pay-link-button>
    </div>
  </div>
</article>`;

/** The form follows the language of its card; the button itself shows the price. */
export const invoiceCard = ({ id, url }: Link) => html`<article class="card" lang="fr">
  ${picture('invoice')}
  <div class="card-words">
    <h3>Facture 2026-041</h3>
    <p>Création et impression de 40 affiches, saison 2026–2027. Payable par mobile money ou par carte.</p>
    <div class="buy">
      <pay-link-button link="${id}" show-price><a href="${url}">Régler la facture</a></pay-link-button>
    </div>
  </div>
</article>`;

/** The form stands in the page. */
export const donation = ({
  id,
  url,
}: Link) => html`<section class="split" id="support" aria-labelledby="support-title">
  <div class="split-words">
    ${picture('stage')}
    <h2 id="support-title">Keep the stage lit</h2>
    <p>Every Thursday the stage belongs to bands nobody knows yet. Entry is free, the lamps are not: €5 light one for an evening.</p>
  </div>
  <pay-link-form class="inset" link="${id}">
    <h3 slot="header">Light a lamp</h3>
    <a class="cta" href="${url}">Donate on our payment page</a></pay-link-form>
</section>`;

/** A button of the page's own opens the dialog, by the little script beside it. */
export const membership = ({
  id,
  url,
}: Link) => html`<section class="band" id="club" aria-labelledby="club-title">
  ${picture('record')}
  <div class="band-words">
    <h2 id="club-title">The record club</h2>
    <p>A record in the post every month, and the whole archive to listen to. Fourteen days free, then €9 a month or €90 a year. Leave whenever you like.</p>
    <button type="button" class="cta" aria-haspopup="dialog" data-opens="club-dialog" data-url="${url}">Try it for 14 days</button>
    <noscript><a class="cta" href="${url}">Try it on our payment page</a></noscript>
  </div>
  <pay-link-modal id="club-dialog" link="${id}"></pay-link-modal>
</section>`;

interface ClosedCard {
  picture: string;
  title: string;
  text: string;
  label: string;
}

export const closedCard = (
  { id, url }: Link,
  card: ClosedCard,
) => html`<article class="card closed">
  ${picture(card.picture)}
  <div class="card-words">
    <h3>${card.title}</h3>
    <p>${card.text}</p>
    <div class="buy">
      <pay-link-button link="${id}"><a href="${url}">${card.label}</a></pay-link-button>
    </div>
  </div>
</article>`;
