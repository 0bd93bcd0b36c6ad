/** What a buyer's own open session holds is theirs: it must not make the link look sold out to them. */
import type { CheckoutSession, OpenLink } from '../../contract/index.js';

/** The link as it will be once the session is replaced. */
export function withOwn<Link extends OpenLink>(link: Link, { totals }: CheckoutSession): Link {
  const held = (skuId: string) =>
    totals.lines.reduce((sum, line) => sum + (line.skuId === skuId ? line.quantity : 0), 0);
  const { remaining } = link;
  return {
    ...link,
    remaining: remaining === null ? null : remaining + 1,
    ...(link.type !== 'amount' && {
      items: link.items.map((item) => ({
        ...item,
        variants: item.variants.map((variant) => ({
          ...variant,
          stock: variant.stock === null ? null : variant.stock + held(variant.id),
        })),
      })),
    }),
  };
}
