/** The endpoints that hear of events, and how they have been answering. */
import { sql } from 'kysely';
import type { DisabledReason, Id } from '../../contract/index.js';
import { now, type Queries } from './database.js';
import { listed, type Page } from './paging.js';
import type { NewRow } from './schema.js';

const endpoints = (db: Queries, accountId: string) =>
  db
    .selectFrom('webhookEndpoint')
    .selectAll()
    .where('accountId', '=', accountId)
    .where('deletedAt', 'is', null);

export const insertEndpoint = (db: Queries, endpoint: NewRow<'webhookEndpoint'>) =>
  db.insertInto('webhookEndpoint').values(endpoint).returningAll().executeTakeFirstOrThrow();

export const findEndpoint = (db: Queries, accountId: string, id: string) =>
  endpoints(db, accountId)
    .where('id', '=', id as Id<'webhookEndpoint'>)
    .executeTakeFirst();

export async function listEndpoints(db: Queries, accountId: string, page: Page) {
  let query = endpoints(db, accountId);
  if (page.before !== undefined) query = query.where('seq', '<', page.before);
  const rows = await query
    .orderBy('seq', 'desc')
    .limit(page.limit + 1)
    .execute();
  return listed(rows, page);
}

const anEndpoint = (db: Queries, accountId: string, id: string) =>
  db
    .updateTable('webhookEndpoint')
    .where('accountId', '=', accountId)
    .where('id', '=', id as Id<'webhookEndpoint'>)
    .where('deletedAt', 'is', null);

interface Changes {
  readonly url?: string | undefined;
  /** As JSON. */
  readonly eventTypes?: string | undefined;
  readonly isEnabled?: boolean | undefined;
}

const enabled = { isEnabled: true, disabledReason: null, disabledAt: null } as const;
/** It is to be judged by what it answers from now on. */
const unjudged = { failingSince: null, failures: 0 } as const;

/** Switched off already, it keeps its reason. */
const disabled = (reason: DisabledReason) => ({
  isEnabled: false,
  disabledReason: sql<DisabledReason>`coalesce(disabled_reason, ${reason})`,
  disabledAt: sql<string>`coalesce(disabled_at, paylink_now())`,
});

export const updateEndpoint = (
  db: Queries,
  accountId: string,
  id: string,
  { url, eventTypes, isEnabled }: Changes,
) =>
  anEndpoint(db, accountId, id)
    // A statement must set something: an empty change rewrites the account.
    .set({
      accountId,
      ...(url !== undefined && { url }),
      ...(eventTypes !== undefined && { eventTypes }),
      ...((url !== undefined || isEnabled) && unjudged),
    })
    .$if(isEnabled === true, (update) => update.set(enabled))
    .$if(isEnabled === false, (update) => update.set(disabled('merchant')))
    .returningAll()
    .executeTakeFirst();

/** How long the secret from before a rotation signs beside the new one. */
const overlap = sql<string>`paylink_now() + interval '24 hours'`;

/** In one statement, so that of two rotations at once each takes the place of the one before it. */
export const rotateSecret = (db: Queries, accountId: string, id: string, sealed: string) =>
  anEndpoint(db, accountId, id)
    .set({
      previousSecret: sql<string>`secret`,
      previousSecretUntil: overlap,
      secret: sealed,
    })
    .returningAll()
    .executeTakeFirst();

/** A secret that signs no longer is not kept. */
export const forgetOldSecrets = (db: Queries) =>
  db
    .updateTable('webhookEndpoint')
    .set({ previousSecret: null, previousSecretUntil: null })
    .where('previousSecretUntil', '<=', now)
    .execute();

export const deleteEndpoint = (db: Queries, accountId: string, id: string) =>
  anEndpoint(db, accountId, id)
    .set({ deletedAt: now, isEnabled: false, previousSecret: null, previousSecretUntil: null })
    .returning('id')
    .executeTakeFirst();

export const disableEndpoint = (db: Queries, id: Id<'webhookEndpoint'>, reason: DisabledReason) =>
  db
    .updateTable('webhookEndpoint')
    .set(disabled(reason))
    .where('id', '=', id)
    .where('isEnabled', '=', true)
    .execute();

interface Patience {
  readonly days: number;
  readonly attempts: number;
}

/** @returns whether nothing was answered well for so long, and so many times. */
export async function noteFailure(
  db: Queries,
  id: Id<'webhookEndpoint'>,
  { days, attempts }: Patience,
): Promise<boolean> {
  const noted = await db
    .updateTable('webhookEndpoint')
    .set({
      failingSince: sql<string>`coalesce(failing_since, paylink_now())`,
      failures: sql<number>`failures + 1`,
    })
    .where('id', '=', id)
    .returning(
      sql<boolean>`failures >= ${attempts}
        and failing_since <= paylink_now() - make_interval(days => ${days})`.as('isDead'),
    )
    .executeTakeFirst();
  return noted?.isDead ?? false;
}
