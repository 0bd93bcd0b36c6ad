/** The T-shirt's twelve SKUs: one sold out, one with three left, one with a price of its own. */
import type { NewProduct } from '../src/contract/index.js';

const colours = ['Navy', 'White', 'Sand'] as const;
const stock: Record<string, number> = { 'S Sand': 0, 'M Navy': 3 };

export const teeSkus: NonNullable<NewProduct['skus']> = ['S', 'M', 'L', 'XL'].flatMap((size) =>
  colours.map((colour) => ({
    attributes: { Size: size, Colour: colour },
    skuCode: `TEE-${size}-${colour.toUpperCase()}`,
    stockQuantity: stock[`${size} ${colour}`] ?? 25,
    imageUrl: `/shop/tee-${colour.toLowerCase()}.svg`,
    ...(size === 'XL' && colour === 'White' ? { unitAmount: 3200 } : {}),
  })),
);
