/** What stands in the books once sessions are open. */
import { sql } from 'kysely';
import type { Need, UsesToMove } from './capacity.js';
import type { Queries } from './database.js';
import type { EventRow } from './events.js';
import type { Row } from './schema.js';

/** As it stands in the books, whole: nobody has to read it back. */
export type NewSession = Omit<Row<'checkoutSession'>, 'seq'>;

export interface Opened {
  readonly session: NewSession;
  readonly needs: readonly Need[];
  readonly event: EventRow;
}

/**
 * Writes sessions with what they hold and what is told of them, and moves the counters of their links: one call,
 * however many they are. The rows of the links are locked, and were found to have as many uses.
 * @returns how many deliveries are due
 */
export async function writeOpened(
  tx: Queries,
  opened: readonly Opened[],
  uses: readonly UsesToMove[],
): Promise<number> {
  const stock = opened.flatMap(({ session: { id, accountId }, needs }) =>
    needs.map((need) => ({ checkoutSessionId: id, accountId, ...need })),
  );
  const { rows } = await sql<{ due: number; moved: number }>`select * from open_sessions(
    ${asRows(opened.map(({ session }) => session))}, ${asRows(stock)},
    ${asRows(opened.map(({ event }) => event))}, ${asRows(uses)})`.execute(tx);
  const [{ due, moved } = { due: 0, moved: 0 }] = rows;
  // The lock has decided; the guard of the statement shows a fault of ours.
  if (moved !== uses.length) throw new Error('The uses of a link moved under their lock.');
  return due;
}

/** Rows as JSON, under the names of their columns. */
const asRows = (rows: readonly object[]) =>
  sql`${JSON.stringify(
    rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [inSnakeCase(name), value])),
    ),
  )}::jsonb`;

const inSnakeCase = (name: string) =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
