/** Sessions without real money that still count among those of buyers. */
import { sql } from 'kysely';
import type { Id } from '../../contract/index.js';
import { now, type Queries } from './database.js';

interface Found {
  readonly id: Id<'checkoutSession'>;
  readonly seq: number;
}

const tests = (db: Queries) => db.selectFrom('checkoutSession').where('testMode', '=', true);

const openTests = (db: Queries) => tests(db).where('status', 'in', ['open', 'processing']);

/** Every complete session has used its link; what a refund has given back does not count any more. */
const testUses = (db: Queries) =>
  tests(db)
    .where('status', '=', 'complete')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('redemption')
          .select('redemption.checkoutSessionId')
          .whereRef('redemption.checkoutSessionId', '=', 'checkoutSession.id')
          .where('redemption.status', '=', 'confirmed'),
      ),
    );

const page = (query: ReturnType<typeof tests>, after: number, limit: number): Promise<Found[]> =>
  query.select(['id', 'seq']).where('seq', '>', after).orderBy('seq').limit(limit).execute();

export const findOpenTests = (db: Queries, after: number, limit: number) =>
  page(openTests(db), after, limit);

export const findTestUses = (db: Queries, after: number, limit: number) =>
  page(testUses(db), after, limit);

const testSubscriptions = (db: Queries) =>
  db.selectFrom('subscription').where('testMode', '=', true).where('status', '<>', 'canceled');

export const findTestSubscriptions = (db: Queries, after: number, limit: number) =>
  testSubscriptions(db)
    .select(['id', 'seq'])
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute();

/** @returns false where it was given back before */
export async function markReset(db: Queries, id: Id<'checkoutSession'>): Promise<boolean> {
  const rows = await db
    .updateTable('checkoutSession')
    .set({ usesResetAt: now })
    .where('id', '=', id)
    .where('testMode', '=', true)
    .where('status', '=', 'complete')
    .where('usesResetAt', 'is', null)
    .returning('id')
    .execute();
  return rows.length === 1;
}

export async function countTestUses(db: Queries) {
  const many = sql<number>`count(*)`.as('many');
  const complete = await testUses(db).select(many).executeTakeFirstOrThrow();
  const open = await openTests(db).select(many).executeTakeFirstOrThrow();
  const subscriptions = await testSubscriptions(db).select(many).executeTakeFirstOrThrow();
  return { complete: complete.many, open: open.many, subscriptions: subscriptions.many };
}
