/** A payment link as buyers and as its merchant see it. */
import type {
  ClosedLink,
  LinkItem,
  MerchantLink,
  OpenLink,
  PublicLink,
} from '../../contract/index.js';
import type { Backend } from '../backend.js';
import type { LinkFigures } from '../store/link-stats.js';
import type { ItemRecord, LinkRecord } from '../store/payment-links.js';
import { merchantCollect, publicCollect } from './collect.js';
import { brandingOf } from './link-defaults.js';

type ForView = Pick<Backend, 'provider' | 'publicUrl'>;

const urlOf = ({ publicUrl }: ForView, link: LinkRecord) =>
  `${publicUrl}/p/${link.slug ?? link.id}`;

const fallbackOf = ({ fallbackUrl, id }: LinkRecord) =>
  fallbackUrl?.replaceAll('{PAYMENT_LINK_ID}', id) ?? null;

/** Recurring prices where the link is a subscription and the product has any, else one-time ones. */
function pricesOf(link: LinkRecord, item: ItemRecord) {
  const recurring = item.prices.filter(({ interval }) => interval !== null);
  if (link.type === 'subscription' && recurring.length) return recurring;
  return item.prices.filter(({ interval }) => interval === null);
}

function itemView(link: LinkRecord, item: ItemRecord): LinkItem {
  const prices = pricesOf(link, item);
  const onlyPrice = prices.length === 1 ? prices[0] : undefined;
  const variants = item.skus.map(({ id, attributes, unitAmount, stock, imageUrl }) => ({
    id,
    attributes,
    unitAmount: unitAmount ?? onlyPrice?.unitAmount ?? null,
    stock: stock === null ? null : Math.max(0, stock),
    imageUrl,
  }));
  const amounts = variants.flatMap(({ unitAmount }) =>
    unitAmount === null ? prices.map((price) => price.unitAmount) : [unitAmount],
  );
  return {
    id: item.id,
    name: item.name,
    description: item.description,
    imageUrl: item.imageUrl,
    unitAmount: amounts.length ? Math.min(...amounts) : 0,
    options: item.options,
    variants,
    prices,
    quantity: item.quantity,
    minQuantity: item.minQuantity,
    maxQuantity: item.maxQuantity,
    adjustableQuantity: item.adjustableQuantity,
    isOptional: item.isOptional,
  };
}

const closedView = (backend: ForView, link: LinkRecord) => ({
  id: link.id,
  object: 'payment_link' as const,
  type: link.type,
  name: link.name,
  inactiveMessage: link.inactiveMessage,
  fallbackUrl: fallbackOf(link),
  branding: brandingOf(link),
  url: urlOf(backend, link),
  testMode: backend.provider.testMode,
  now: link.now,
});

/** An allow-list; a closed link shows only what a closed door needs. */
export function publicLink(backend: ForView, link: LinkRecord): PublicLink {
  const closed = closedView(backend, link);
  if (link.status !== 'active') return { ...closed, status: link.status } satisfies ClosedLink;
  const open = {
    ...closed,
    status: 'active' as const,
    description: link.description,
    imageUrl: link.imageUrl,
    currency: link.currency,
    submitType: link.submitType,
    submitMessage: link.submitMessage,
    expiresAt: link.expiresAt,
    remaining:
      link.maxRedemptions === null
        ? null
        : Math.max(0, link.maxRedemptions - link.used - link.reserved),
    allowPromotionCodes: link.allowPromotionCodes,
    collect: publicCollect(link),
    methods: [...backend.provider.methods],
  };
  if (link.type !== 'amount')
    return {
      ...open,
      type: link.type,
      items: link.items.map((item) => itemView(link, item)),
    } satisfies OpenLink;
  return {
    ...open,
    type: 'amount',
    amount: link.amount,
    minAmount: link.minAmount,
    maxAmount: link.maxAmount,
    suggestedAmounts: link.suggestedAmounts,
  } satisfies OpenLink;
}

export const merchantLink = (
  backend: ForView,
  link: LinkRecord,
  { used, reserved, collected, lastPaymentAt }: LinkFigures,
): MerchantLink => ({
  id: link.id,
  object: 'payment_link',
  type: link.type,
  status: link.status,
  isActive: link.isActive,
  name: link.name,
  description: link.description,
  imageUrl: link.imageUrl,
  slug: link.slug,
  url: urlOf(backend, link),
  currency: link.currency,
  amount: link.amount,
  minAmount: link.minAmount,
  maxAmount: link.maxAmount,
  suggestedAmounts: link.suggestedAmounts,
  items: link.items.map(({ options, skus, prices, ...item }) => item),
  expiresAt: link.expiresAt,
  maxRedemptions: link.maxRedemptions,
  redemptionCount: used,
  reservedCount: reserved,
  collectedAmount: collected,
  lastPaymentAt,
  ...merchantCollect(link),
  allowPromotionCodes: link.allowPromotionCodes,
  submitType: link.submitType,
  submitMessage: link.submitMessage,
  inactiveMessage: link.inactiveMessage,
  fallbackUrl: link.fallbackUrl,
  successUrl: link.successUrl,
  cancelUrl: link.cancelUrl,
  allowedOrigins: link.allowedOrigins,
  branding: link.branding,
  metadata: link.metadata,
  testMode: backend.provider.testMode,
  createdAt: link.createdAt,
  updatedAt: link.updatedAt,
});
