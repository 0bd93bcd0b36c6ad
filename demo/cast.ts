/** The demo merchant's links by name: one for each thing a payment link can be, and each way it can be closed. */
import type { NewLink, NewProduct } from '../src/contract/index.js';
import { teeSkus } from './tee.js';

export const merchantName = 'Atelier Mbote';

export const castNames = [
  'tee',
  'concert',
  'donation',
  'invoice',
  'membership',
  'rehearsalRoom',
  'earlyBird',
  'summerSale',
] as const;
export type CastName = (typeof castNames)[number];

export interface CastMember {
  /** Created first, and the link's only item. */
  product?: NewProduct;
  link: NewLink;
  /** How the link closes once it is there. */
  fate?: 'exhausted' | 'expired' | 'inactive';
}

/** Addresses of pictures and pages begin with `/`: the seed puts the shop's origin before them. */
export const cast: Record<CastName, CastMember> = {
  tee: {
    product: {
      name: 'Mbote T-shirt',
      description: 'Heavy organic cotton, printed by hand in Brazzaville.',
      imageUrl: '/shop/tee-navy.svg',
      type: 'physical',
      options: [
        { name: 'Size', values: ['S', 'M', 'L', 'XL'] },
        {
          name: 'Colour',
          values: ['Navy', 'White', 'Sand'],
          swatches: { Navy: '#1f2a44', White: '#ffffff', Sand: '#d9c7a3' },
        },
      ],
      skus: teeSkus,
      prices: [{ unitAmount: 2900, currency: 'EUR', type: 'one_time' }],
    },
    link: {
      type: 'product',
      name: 'Mbote T-shirt',
      description:
        'Heavy organic cotton with the sun over two rivers, printed by hand in Brazzaville.',
      imageUrl: '/shop/tee-navy.svg',
      slug: 'mbote-t-shirt',
      currency: 'EUR',
      items: [],
      collectName: 'optional',
    },
  },
  concert: {
    link: {
      type: 'product',
      name: 'Rumba on the Spree',
      description:
        'Les Frères Nganga and the Kiez Brass. Saturday, 30 January 2027, doors 19:00, Kiezsaal Berlin.',
      imageUrl: '/shop/concert.svg',
      slug: 'rumba-on-the-spree',
      currency: 'EUR',
      submitType: 'book',
      submitMessage: 'Your tickets come by e-mail and open at the door.',
      collectName: 'required',
      items: [
        ticket('Standing', 2500, 120),
        ticket('Seated', 3800, 60),
        ticket('VIP', 9500, 8),
        {
          name: 'Poster',
          description: 'Two colours on heavy paper, 50 × 70 cm. Take it home from the door.',
          imageUrl: '/shop/poster.svg',
          unitAmount: 1200,
          stockQuantity: 40,
          isOptional: true,
          sortOrder: 3,
        },
      ],
    },
  },
  donation: {
    link: {
      type: 'amount',
      name: 'Keep the stage lit',
      description: 'Free Thursday concerts for young bands. You choose what they are worth.',
      imageUrl: '/shop/stage.svg',
      slug: 'keep-the-stage-lit',
      currency: 'EUR',
      minAmount: 200,
      maxAmount: 50000,
      suggestedAmounts: [500, 1000, 2500, 5000],
      submitType: 'donate',
    },
  },
  invoice: {
    link: {
      type: 'amount',
      name: 'Facture 2026-041',
      description: 'Création et impression de 40 affiches, saison 2026–2027.',
      imageUrl: '/shop/invoice.svg',
      slug: 'facture-2026-041',
      currency: 'XAF',
      amount: 25000,
      submitType: 'pay',
    },
  },
  membership: {
    product: {
      name: 'Record club',
      description: 'A record in the post every month, and the archive to listen to.',
      imageUrl: '/shop/record.svg',
      type: 'service',
      prices: [membershipPrice(900, 'month'), membershipPrice(9000, 'year')],
    },
    link: {
      type: 'subscription',
      name: 'Record club',
      description: 'A record in the post every month, and the archive to listen to.',
      imageUrl: '/shop/record.svg',
      slug: 'record-club',
      currency: 'EUR',
      submitType: 'subscribe',
      items: [],
    },
  },
  rehearsalRoom: {
    link: {
      type: 'amount',
      name: 'Rehearsal room, Saturday night',
      imageUrl: '/shop/room.svg',
      slug: 'rehearsal-room-saturday',
      currency: 'EUR',
      amount: 4000,
      maxRedemptions: 1,
      submitType: 'book',
    },
    fate: 'exhausted',
  },
  earlyBird: {
    link: {
      type: 'amount',
      name: 'Early-bird ticket',
      imageUrl: '/shop/ticket.svg',
      slug: 'early-bird',
      currency: 'EUR',
      amount: 1800,
      submitType: 'book',
    },
    fate: 'expired',
  },
  summerSale: {
    link: {
      type: 'amount',
      name: 'Summer bundle',
      imageUrl: '/shop/summer.svg',
      slug: 'summer-bundle',
      currency: 'EUR',
      amount: 4900,
      inactiveMessage: 'Summer is over. The bundle comes back in May with new prints.',
      fallbackUrl: '/#shop',
    },
    fate: 'inactive',
  },
};

function ticket(name: string, unitAmount: number, stockQuantity: number) {
  const counts = { quantity: 0, adjustableQuantity: true, minQuantity: 0, maxQuantity: 4 };
  return { name, unitAmount, stockQuantity, ...counts };
}

function membershipPrice(unitAmount: number, interval: 'month' | 'year') {
  return {
    unitAmount,
    currency: 'EUR',
    type: 'recurring',
    interval,
    intervalCount: 1,
    trialPeriodDays: 14,
  } as const;
}
