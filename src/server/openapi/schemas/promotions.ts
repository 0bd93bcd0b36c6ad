import {
  type Coupon,
  couponSchema,
  couponUpdateSchema,
  newCouponSchema,
  newPromotionCodeSchema,
  type PromotionCode,
  promotionCodeSchema,
  promotionCodeUpdateSchema,
} from '../../../contract/index.js';
import { described } from '../described.js';
import { minute, nextMonth, storyId } from '../story.js';

const coupon: Coupon = {
  id: storyId('coupon'),
  object: 'coupon',
  name: 'Summer sale',
  percentOff: 20,
  amountOff: null,
  currency: null,
  currencyOptions: null,
  duration: 'once',
  durationInMonths: null,
  metadata: {},
  createdAt: minute,
};

const code: PromotionCode = {
  id: storyId('promotionCode'),
  object: 'promotion_code',
  couponId: storyId('coupon'),
  code: 'SUMMER20',
  isActive: true,
  minimumAmount: 3_000,
  minimumAmountCurrency: 'EUR',
  firstTimeTransaction: false,
  expiresAt: nextMonth,
  maxRedemptions: 100,
  redemptionCount: 3,
  reservedCount: 1,
  metadata: {},
  createdAt: minute,
};

export const promotions = [
  described('NewCoupon', newCouponSchema(), {
    description: 'What codes take off: either `percentOff`, or `amountOff` with its `currency`.',
    fields: {
      currencyOptions: 'The same coupon in other currencies, by their code.',
    },
    examples: {
      'A fifth off': { name: 'Summer sale', percentOff: 20 },
      'Five euros off for three months': {
        amountOff: 500,
        currency: 'EUR',
        currencyOptions: { XAF: { amountOff: 3_000 } },
        duration: 'repeating',
        durationInMonths: 3,
      },
    },
  }),
  described('CouponUpdate', couponUpdateSchema(), {
    description: 'What a code takes off never changes: codes may be in use.',
    examples: { 'Another name': { name: 'Late summer sale' } },
  }),
  described('Coupon', couponSchema(), {
    description: 'What codes take off an order.',
    fields: { currencyOptions: 'The same coupon in other currencies, by their code.' },
    examples: { 'A fifth off': coupon },
  }),
  described('NewPromotionCode', newPromotionCodeSchema(), {
    description: 'A word buyers type to be granted a coupon.',
    fields: { code: 'Compared in any case; made up where none is given.' },
    examples: {
      'One that is made up': { couponId: storyId('coupon') },
      'A hundred times': {
        couponId: storyId('coupon'),
        code: 'SUMMER20',
        minimumAmount: 3_000,
        minimumAmountCurrency: 'EUR',
        expiresAt: nextMonth,
        maxRedemptions: 100,
      },
    },
  }),
  described('PromotionCodeUpdate', promotionCodeUpdateSchema(), {
    description: 'What is absent is kept; `null` clears.',
    examples: { 'Stop it': { isActive: false } },
  }),
  described('PromotionCode', promotionCodeSchema(), {
    description: 'A code, its conditions and how often it was used.',
    examples: { 'A hundred times': code },
  }),
];
