/** Products, and the links that sell them. */
import type { ColumnType, Generated } from 'kysely';
import type {
  Branding,
  Collect,
  Id,
  Interval,
  LinkType,
  SubmitType,
} from '../../../contract/index.js';
import type { Defaulted, Json, Texts } from './column.js';

export interface ProductOption {
  name: string;
  values: string[];
  swatches?: Record<string, string>;
}

export interface ProductTable {
  id: Id<'product'>;
  seq: Generated<number>;
  accountId: string;
  name: string;
  description: string | null;
  imageUrl: string | null;
  type: 'physical' | 'digital' | 'service';
  options: Json<ProductOption[]>;
  /** False for what an inline item of a link stands on: it is not in the catalogue. */
  isListed: boolean;
  archivedAt: string | null;
  createdAt: Generated<string>;
  updatedAt: Generated<string>;
}

export interface SkuTable {
  id: Id<'sku'>;
  accountId: string;
  productId: Id<'product'>;
  position: number;
  name: string | null;
  skuCode: string | null;
  attributes: Json<Texts>;
  unitAmount: number | null;
  currency: string;
  stockQuantity: number | null;
  reserved: Generated<number>;
  imageUrl: string | null;
}

export interface PriceTable {
  id: Id<'price'>;
  accountId: string;
  productId: Id<'product'>;
  position: number;
  unitAmount: number;
  currency: string;
  interval: Interval | null;
  intervalCount: number | null;
  trialPeriodDays: number | null;
  /** The same price by its name at the provider, where that renews by it. */
  providerPriceId: Defaulted<string | null>;
  archivedAt: string | null;
}

export interface PaymentLinkTable {
  id: Id<'paymentLink'>;
  seq: Generated<number>;
  accountId: string;
  type: LinkType;
  isActive: Defaulted<boolean>;
  name: string;
  description: string | null;
  imageUrl: string | null;
  currency: string;
  amount: number | null;
  minAmount: number | null;
  maxAmount: number | null;
  suggestedAmounts: ColumnType<number[] | null, string | null, string | null>;
  expiresAt: string | null;
  expiryToldAt: string | null;
  maxRedemptions: number | null;
  used: Generated<number>;
  reserved: Generated<number>;
  /** Of links from before a question was known, that question is missing. */
  collect: Json<Pick<Collect, 'email' | 'name' | 'phone'> & Partial<Collect>>;
  allowPromotionCodes: Defaulted<boolean>;
  submitType: SubmitType;
  submitMessage: string | null;
  inactiveMessage: string | null;
  fallbackUrl: string | null;
  successUrl: string | null;
  cancelUrl: string | null;
  allowedOrigins: ColumnType<string[] | null, string | null, string | null>;
  branding: ColumnType<Branding | null, string | null, string | null>;
  metadata: Json<Texts>;
  createdAt: Generated<string>;
  updatedAt: Generated<string>;
}

export interface PaymentLinkSlugTable {
  slug: string;
  accountId: string;
  paymentLinkId: Id<'paymentLink'>;
  isCurrent: boolean;
}

export interface PaymentLinkItemTable {
  id: Id<'paymentLinkItem'>;
  accountId: string;
  paymentLinkId: Id<'paymentLink'>;
  productId: Id<'product'>;
  priceId: Id<'price'> | null;
  quantity: number;
  adjustableQuantity: boolean;
  minQuantity: number;
  maxQuantity: number | null;
  isOptional: boolean;
  sortOrder: number;
}
