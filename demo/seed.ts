/** Puts the cast into a new database, through the same API a merchant would use. */
import type { CheckoutSession, MerchantLink, Product, PublicLink } from '../src/contract/index.js';
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

/** A start that was cut short leaves part of the cast: what is there is taken up where it was left. */
async function createMember(call: ApiCall, member: CastMember): Promise<PublicLink | MerchantLink> {
  const found: PublicLink | undefined = await call(
    'GET',
    `/v1/public/payment-links/${member.link.slug}`,
  ).catch(() => undefined);
  const link = found ?? (await createLink(call, member));
  if (link.status === 'active') await meetFate(call, member, link);
  return link;
}

async function createLink(call: ApiCall, { product, link }: CastMember): Promise<MerchantLink> {
  const items = product ? [await createItem(call, product, link.type)] : link.items;
  return call('POST', '/v1/payment-links', { ...link, ...(items ? { items } : {}) });
}

async function meetFate(call: ApiCall, { fate }: CastMember, link: PublicLink | MerchantLink) {
  if (fate === 'exhausted') await buyOnce(call, link);
  if (fate === 'expired') await change(call, link, { expiresAt: await shortly(call, link) });
  if (fate === 'inactive') await change(call, link, { isActive: false });
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

const change = (call: ApiCall, { id }: { id: string }, update: Record<string, unknown>) =>
  call('PATCH', `/v1/payment-links/${id}`, update);

/** By the server's clock: none of ours can be ahead of it or behind. */
async function shortly(call: ApiCall, { id }: { id: string }): Promise<string> {
  const { now }: PublicLink = await call('GET', `/v1/public/payment-links/${id}`);
  return new Date(Date.parse(now) + expiryMilliseconds).toISOString();
}

async function buyOnce(call: ApiCall, link: { id: string }) {
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
