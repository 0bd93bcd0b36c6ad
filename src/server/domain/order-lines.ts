/** The lines of an order as a provider needs them: which of them recur, and what its own catalogue calls them. */
import type { Id } from '../../contract/index.js';
import type { OrderLine } from '../provider/provider.js';
import type { Queries } from '../store/database.js';
import { findPrices } from '../store/products.js';
import type { Row } from '../store/schema.js';

type Session = Pick<Row<'checkoutSession'>, 'accountId' | 'totals'>;

export async function orderLines(
  db: Queries,
  { accountId, totals: { lines, recurring } }: Session,
): Promise<OrderLine[]> {
  // What a price asks for never changes: whoever opens it again finds the same.
  const prices = recurring ? await findPrices(db, accountId, lines.flatMap(priceIdOf)) : [];
  return lines.map((line) => {
    const price = prices.find(({ id }) => id === line.priceId);
    // A SKU with an amount of its own is not what the provider's price asks for.
    const isSame = price?.unitAmount === line.unitAmount;
    return {
      ...line,
      recurs: Boolean(price?.interval),
      providerPriceId: isSame ? price.providerPriceId : null,
    };
  });
}

const priceIdOf = ({ priceId }: { priceId: Id<'price'> | null }) => (priceId ? [priceId] : []);
