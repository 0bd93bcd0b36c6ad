/** Sessions as they open: reserved and written by one call to the database, however many they are. */
import { sql } from 'kysely';
import type { Id, LinkStatus } from '../../contract/index.js';
import type { Need } from './capacity.js';
import type { Queries } from './database.js';
import type { EventRow } from './events.js';
import type { Row } from './schema.js';

/** As it stands in the books, whole: nobody has to read it back. */
export type NewSession = Omit<Row<'checkoutSession'>, 'seq'>;

export interface Opening {
  readonly session: NewSession;
  /** Beside a use of the link. */
  readonly needs: readonly Need[];
  readonly event: EventRow;
}

/** What an order did not get: a use of the link, or enough of this SKU. */
export type Missing = { readonly status: LinkStatus } | { readonly skuId: Id<'sku'> };

export interface Opened {
  readonly refused: Readonly<Record<Id<'checkoutSession'>, Missing>>;
  /** Whose link or stock somebody else holds just now: nothing was decided. */
  readonly postponed: readonly Id<'checkoutSession'>[];
  /** Webhook deliveries. */
  readonly due: number;
}

/**
 * Opens each that gets all it needs, first come first served; those that are named neither as refused nor as
 * postponed are open. With `isPatient` what is held by somebody else is waited for.
 */
export async function openSessions(
  db: Queries,
  openings: readonly Opening[],
  { isPatient }: { isPatient: boolean },
): Promise<Opened> {
  const orders = openings.map(({ session, needs, event }) => ({
    link_id: session.paymentLinkId,
    session: inColumns(session),
    needs: needs.map(inColumns),
    event: inColumns(event),
  }));
  const { rows } = await sql<{ opened: Opened }>`
    select open_sessions(${JSON.stringify(orders)}::jsonb, ${isPatient}) as opened`.execute(db);
  return (rows[0] as { opened: Opened }).opened;
}

/** Under the names of the columns. */
const inColumns = (row: object) =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [inSnakeCase(name), value]));

const inSnakeCase = (name: string) =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
