/** Puts the cast into a new database, through the same API a merchant would use. */
import type { CheckoutSession, MerchantLink, Product } from '../src/contract/index.js';
import { type CastMember, type CastName, cast, castNames } from './cast.js';

/** An authorised call to the merchant API; throws where the answer is not 2xx. */
// biome-ignore lint/suspicious/noExplicitAny: each call knows what it asked for.
export type ApiCall = (method: string, path: string, body?: unknown) => Promise<any>;

export type CastLinks = Record<CastName, { id: string; url: string }>;

/** How long the link that is to expire stays open, by the server's clock. */
const expiryMilliseconds = 3000;

export async function seedCast(call: ApiCall, origin: string): Promise<CastLinks> {
  const links: Partial<CastLinks> = {};
  for (const name of castNames) {
    const { id, url } = await createMember(call, withOrigin(cast[name], origin));
    links[name] = { id, url };
  }
  return links as CastLinks;
}

async function createMember(call: ApiCall, { product, link, fate }: CastMember) {
  const items = product ? [await createItem(call, product, link.type)] : link.items;
  const created: MerchantLink = await call('POST', '/v1/payment-links', {
    ...link,
    ...(items ? { items } : {}),
  });
  if (fate === 'exhausted') await buyOnce(call, created);
  if (fate === 'expired') await change(call, created, { expiresAt: shortlyAfter(created) });
  if (fate === 'inactive') await change(call, created, { isActive: false });
  return created;
}

async function createItem(
  call: ApiCall,
  product: NonNullable<CastMember['product']>,
  type: CastMember['link']['type'],
) {
  const { id }: Product = await call('POST', '/v1/products', product);
  return type === 'subscription'
    ? { productId: id }
    : { productId: id, quantity: 1, adjustableQuantity: true, minQuantity: 1, maxQuantity: 5 };
}

const change = (call: ApiCall, link: MerchantLink, update: Record<string, unknown>) =>
  call('PATCH', `/v1/payment-links/${link.id}`, update);

/** The server dated the link, so no clock of ours can be ahead of it or behind. */
const shortlyAfter = ({ createdAt }: MerchantLink): string =>
  new Date(Date.parse(createdAt) + expiryMilliseconds).toISOString();

async function buyOnce(call: ApiCall, link: MerchantLink) {
  const session: CheckoutSession = await call(
    'POST',
    `/v1/public/payment-links/${link.id}/sessions`,
    { customer: { email: 'first-come@example.com' } },
  );
  await call('POST', `/v1/sandbox/checkout-sessions/${session.id}`, { outcome: 'succeeded' });
}

/** A picture or page named by its path gets the shop's address. */
const withOrigin = (member: CastMember, origin: string): CastMember =>
  JSON.parse(JSON.stringify(member), (key, value) =>
    (key === 'imageUrl' || key === 'fallbackUrl') && typeof value === 'string'
      ? value.replace(/^\//, `${origin}/`)
      : value,
  );
