/** What a page wrote on the element and in its address, as the checkout understands it. */
import type { Selection } from '../../contract/index.js';
import type { Prefill } from '../checkout/draft.js';
import { known } from '../i18n/locale.js';

interface Prefilled {
  readonly prefillEmail: string;
  readonly prefillName: string;
  readonly prefillPhone: string;
  readonly prefillPromotionCode: string;
  readonly prefillAmount: string | number;
  readonly prefillQuantity: string | number;
}

const whole = (value: string | number): number | undefined => {
  const text = String(value ?? '').trim();
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
};

/** Where the buyer seems to be: by the page's language where it names a country, else by the browser's. */
function regionOf(locale: string): string {
  const likely = new Intl.Locale(locale).maximize().toString();
  // Some regions are larger than a country (es-419), some tags of browsers are no tags at all.
  const regions = [locale, ...navigator.languages, likely].map(
    (tag) => new Intl.Locale(known(tag) ?? 'en').region ?? '',
  );
  return regions.find((region) => /^[A-Z]{2}$/.test(region)) ?? '';
}

export function prefillOf(element: Prefilled, locale: string): Prefill {
  const amount = whole(element.prefillAmount);
  const quantity = whole(element.prefillQuantity);
  const { prefillEmail: email, prefillName: name, prefillPhone: phone } = element;
  const { prefillPromotionCode: promotionCode } = element;
  return {
    ...(email && { email }),
    ...(name && { name }),
    ...(phone && { phone }),
    ...(promotionCode && { promotionCode }),
    region: regionOf(locale),
    ...(amount !== undefined && { amount }),
    ...(quantity !== undefined && { quantity }),
  };
}

/** Campaign parameters of the page's address, so that a sale can be traced to them. */
export function utmOf(search: string): Pick<Selection, 'utm'> {
  const utm: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(search))
    if (/^utm_[a-z_]{1,36}$/.test(name) && value.length <= 500) utm[name] = value;
  return Object.keys(utm).length ? { utm } : {};
}
