/** What a coupon takes off, as the merchant reads it. */
import type { Coupon, NewCoupon } from '../../contract/index.js';
import type { Desk } from '../desk.js';
import { money } from './shown.js';

type Off = Pick<Coupon, 'percentOff' | 'amountOff' | 'currency' | 'currencyOptions'>;
type Lasting = Pick<Coupon, 'duration' | 'durationInMonths'>;

/** `20 % off`, `€5.00 or FCFA 3,000 off` */
export function offText(desk: Desk, coupon: Off): string {
  const { codes: says } = desk.words;
  const { percentOff, amountOff, currency, currencyOptions } = coupon;
  if (percentOff !== null) {
    const format = new Intl.NumberFormat(desk.locale, {
      ...{ style: 'percent', maximumFractionDigits: 2 },
    } as const);
    return says.off(format.format(percentOff / 100));
  }
  const others = Object.entries(currencyOptions ?? {});
  const amounts = [[currency, { amountOff: amountOff ?? 0 }] as const, ...others].map(
    ([code, option]) => money(desk, option.amountOff, code ?? ''),
  );
  return says.off(says.or(amounts));
}

export function durationText({ words }: Desk, { duration, durationInMonths }: Lasting): string {
  const { durations } = words.codes;
  return duration === 'repeating'
    ? durations.repeating(durationInMonths ?? 1)
    : durations[duration];
}

/** As it would be kept. */
export const asKept = (coupon: NewCoupon): Off & Lasting => ({
  percentOff: coupon.percentOff ?? null,
  amountOff: coupon.amountOff ?? null,
  currency: coupon.currency ?? null,
  currencyOptions: (coupon.currencyOptions as Off['currencyOptions'] | undefined) ?? null,
  duration: coupon.duration ?? 'once',
  durationInMonths: coupon.durationInMonths ?? null,
});
