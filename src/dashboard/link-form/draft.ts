/** A link as it is being written: what stands in the fields, all of it text, until it can be said to the server. */
import {
  type CustomFieldType,
  type Interval,
  type LinkType,
  type MerchantLink,
  type Requirement,
  type SubmitType,
  toDecimal,
} from '../../contract/index.js';
import { type BrandingDraft, brandingDraftOf, noBranding } from '../parts/branding.js';

export interface DraftItem {
  /** Of this draft alone. */
  readonly key: number;
  /** Of one that the link has already. */
  readonly id: string | null;
  /** Empty: it is written out here. */
  readonly productId: string;
  /** Empty: every price that fits. */
  readonly priceId: string;
  readonly name: string;
  readonly unitAmount: string;
  readonly stockQuantity: string;
  /** Of one that is written here, on a subscription: empty where it is paid once, at the beginning. */
  readonly interval: Interval | '';
  readonly intervalCount: string;
  readonly trialPeriodDays: string;
  readonly quantity: string;
  readonly adjustableQuantity: boolean;
  readonly minQuantity: string;
  readonly maxQuantity: string;
  readonly isOptional: boolean;
}

export interface DraftQuestion {
  /** Kept when the question's words change: answers are filed under it. */
  readonly key: string;
  readonly label: string;
  readonly type: CustomFieldType;
  readonly required: boolean;
  readonly options: string;
  readonly pattern: string;
  readonly maxLength: string;
}

export interface Draft {
  readonly type: LinkType;
  readonly name: string;
  readonly description: string;
  readonly imageUrl: string;
  readonly slug: string;
  readonly currency: string;
  readonly whoDecides: 'merchant' | 'buyer';
  readonly amount: string;
  readonly minAmount: string;
  readonly maxAmount: string;
  readonly suggestedAmounts: string;
  readonly items: readonly DraftItem[];
  /** As a field for local time writes it: `2026-12-24T18:00`. */
  readonly expiresAt: string;
  readonly maxRedemptions: string;
  readonly collectEmail: Requirement;
  readonly collectName: Requirement;
  readonly collectPhone: Requirement;
  readonly collectBillingAddress: boolean;
  readonly collectShippingAddress: boolean;
  readonly countries: string;
  readonly customFields: readonly DraftQuestion[];
  readonly termsUrl: string;
  readonly allowPromotionCodes: boolean;
  readonly submitType: SubmitType;
  readonly submitMessage: string;
  readonly inactiveMessage: string;
  readonly fallbackUrl: string;
  readonly successUrl: string;
  readonly cancelUrl: string;
  readonly allowedOrigins: string;
  readonly branding: BrandingDraft;
  readonly metadata: string;
}

let count = 0;

export const emptyItem = (productId = ''): DraftItem => ({
  ...{ key: ++count, id: null, productId, priceId: '', name: '', unitAmount: '' },
  ...{ interval: '', intervalCount: '1', trialPeriodDays: '' },
  ...{ stockQuantity: '', quantity: '1', adjustableQuantity: false, minQuantity: '1' },
  ...{ maxQuantity: '', isOptional: false },
});

/** What a link of this kind begins with. */
export function firstItems(type: LinkType): DraftItem[] {
  if (type === 'amount') return [];
  return [{ ...emptyItem(), interval: type === 'subscription' ? 'month' : '' }];
}

export const emptyQuestion = (taken: readonly DraftQuestion[]): DraftQuestion => {
  let n = taken.length + 1;
  while (taken.some(({ key }) => key === `question${n}`)) n++;
  return {
    ...{ key: `question${n}`, label: '', type: 'text', required: false, options: '' },
    ...{ pattern: '', maxLength: '' },
  };
};

export const emptyDraft = (type: LinkType, currency: string): Draft => ({
  ...{ type, name: '', description: '', imageUrl: '', slug: '', currency },
  ...{ whoDecides: 'merchant', amount: '', minAmount: '', maxAmount: '', suggestedAmounts: '' },
  items: firstItems(type),
  ...{ expiresAt: '', maxRedemptions: '' },
  ...{ collectEmail: 'required', collectName: 'none', collectPhone: 'none' },
  ...{ collectBillingAddress: false, collectShippingAddress: false, countries: '' },
  ...{ customFields: [], termsUrl: '', allowPromotionCodes: false },
  ...{ submitType: 'auto', submitMessage: '', inactiveMessage: '', fallbackUrl: '' },
  ...{ successUrl: '', cancelUrl: '', allowedOrigins: '', branding: noBranding, metadata: '' },
});

/** The fields as a saved link fills them. */
export function draftOf(link: MerchantLink, locale: string): Draft {
  const { currency } = link;
  const amount = (minor: number | null) =>
    minor === null ? '' : amountText(minor, currency, locale);
  const shipping = link.collectShippingAddress;
  return {
    ...emptyDraft(link.type, currency),
    name: link.name,
    description: link.description ?? '',
    imageUrl: link.imageUrl ?? '',
    slug: link.slug ?? '',
    whoDecides: link.type === 'amount' && link.amount === null ? 'buyer' : 'merchant',
    amount: amount(link.amount),
    minAmount: amount(link.minAmount),
    maxAmount: amount(link.maxAmount),
    suggestedAmounts: (link.suggestedAmounts ?? []).map(amount).join('; '),
    items: link.items.map(itemOf),
    expiresAt: link.expiresAt ? localTime(link.expiresAt) : '',
    maxRedemptions: link.maxRedemptions?.toString() ?? '',
    collectEmail: link.collectEmail,
    collectName: link.collectName,
    collectPhone: link.collectPhone,
    collectBillingAddress: link.collectBillingAddress,
    collectShippingAddress: shipping !== false,
    countries: typeof shipping === 'object' ? shipping.countries.join(' ') : '',
    customFields: link.customFields.map((field) => ({
      ...{ key: field.key, label: field.label, type: field.type, required: field.required },
      options: field.options.join('\n'),
      pattern: field.pattern ?? '',
      maxLength: field.maxLength?.toString() ?? '',
    })),
    termsUrl: link.termsUrl ?? '',
    allowPromotionCodes: link.allowPromotionCodes,
    submitType: link.submitType,
    submitMessage: link.submitMessage ?? '',
    inactiveMessage: link.inactiveMessage ?? '',
    fallbackUrl: link.fallbackUrl ?? '',
    successUrl: link.successUrl ?? '',
    cancelUrl: link.cancelUrl ?? '',
    allowedOrigins: (link.allowedOrigins ?? []).join('\n'),
    branding: brandingDraftOf(link.branding),
    metadata: Object.entries(link.metadata)
      .map(([name, value]) => `${name} = ${value}`)
      .join('\n'),
  };
}

const itemOf = (item: MerchantLink['items'][number]): DraftItem => ({
  ...emptyItem(item.productId),
  id: item.id,
  priceId: item.priceId ?? '',
  name: item.name,
  quantity: `${item.quantity}`,
  adjustableQuantity: item.adjustableQuantity,
  minQuantity: `${item.minQuantity}`,
  maxQuantity: item.maxQuantity?.toString() ?? '',
  isOptional: item.isOptional,
});

/** As it is typed in this language: without a currency, with its own decimal sign. */
export function amountText(amount: number, currency: string, locale: string): string {
  const [, decimal = '.'] = /1(.)5/.exec(new Intl.NumberFormat(locale).format(1.5)) ?? [];
  return toDecimal({ amount, currency }).replace('.', decimal);
}

/** The same instant as a field for local time writes it. */
export function localTime(iso: string): string {
  const at = new Date(iso);
  const two = (n: number) => `${n}`.padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
