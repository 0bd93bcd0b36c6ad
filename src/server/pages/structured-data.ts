/** What search engines read of a link: schema.org's Product with its offer, as JSON-LD. */
import { html, raw } from 'hono/html';
import { lowestPrice, type OpenLink, toDecimal } from '../../contract/index.js';
import type { Html } from './dates.js';
import { webUrl } from './web-url.js';

interface About {
  readonly link: OpenLink;
  readonly merchantName: string;
}

/** Null where there is no price to tell: who pays decides. */
export function structuredData({ link, merchantName }: About): Html | null {
  const lowest = lowestPrice(link);
  if (!lowest) return null;
  const image = webUrl(link.imageUrl);
  const price = toDecimal({ amount: lowest.amount, currency: link.currency });
  const data = {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: link.name,
    ...(link.description && { description: link.description }),
    ...(image && { image }),
    offers: {
      ...(lowest.isOnly
        ? { '@type': 'Offer', price }
        : { '@type': 'AggregateOffer', lowPrice: price }),
      priceCurrency: link.currency,
      availability: 'https://schema.org/InStock',
      url: webUrl(link.url),
      ...(link.expiresAt && { priceValidUntil: link.expiresAt }),
      ...(merchantName && { seller: { '@type': 'Organization', name: merchantName } }),
    },
  };
  return html`<script type="application/ld+json">${raw(insideScript(data))}</script>`;
}

/** Nothing in it can end the element it stands in, or begin another one. */
const insideScript = (data: object): string =>
  JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
