/** Public ids: a prefix that tells the kind, then 24 characters of `[A-Za-z0-9]` (142.9 bits). */
import * as z from 'zod/mini';

export const idPrefixes = {
  paymentLink: 'plink',
  paymentLinkItem: 'plitem',
  product: 'prod',
  price: 'price',
  sku: 'sku',
  checkoutSession: 'cs',
  payment: 'pay',
  subscription: 'sub',
  coupon: 'coupon',
  promotionCode: 'promo',
  apiKey: 'key',
  webhookEndpoint: 'we',
  event: 'evt',
  refund: 're',
} as const;

export type IdKind = keyof typeof idPrefixes;

/** `Id<'sku'>` is `sku_…`: a template type, so ids of two kinds never stand in for one another. */
export type Id<Kind extends IdKind> = `${(typeof idPrefixes)[Kind]}_${string}`;

/** The part of an id after its prefix. */
export const idLength = 24;

export const isId = <Kind extends IdKind>(kind: Kind, text: unknown): text is Id<Kind> =>
  typeof text === 'string' &&
  text.startsWith(`${idPrefixes[kind]}_`) &&
  /^[A-Za-z0-9]{24}$/.test(text.slice(idPrefixes[kind].length + 1));

/** A schema for one kind of id; JSON Schema sees the pattern. */
export const idSchema = <Kind extends IdKind>(kind: Kind): z.ZodMiniType<Id<Kind>, Id<Kind>> =>
  z
    .string()
    .check(
      z.regex(new RegExp(`^${idPrefixes[kind]}_[A-Za-z0-9]{24}$`)),
    ) as unknown as z.ZodMiniType<Id<Kind>, Id<Kind>>;
