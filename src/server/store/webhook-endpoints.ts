/** The endpoints that hear of events, and how they have been answering. */
import { sql } from 'kysely';
import type { DisabledReason, Id } from '../../contract/index.js';
import { now, type Queries } from './database.js';
import { listed, type Page } from './paging.js';
import type { NewRow } from './schema.js';

/** The first attempt of its own that failed after the last that did not, since it is judged. */
const failingSince = sql<string | null>`(
  select min(started_at) from webhook_attempt
  where endpoint_id = webhook_endpoint.id and error is not null and not is_test
    and started_at >= greatest(webhook_endpoint.judged_since, (
      select max(started_at) from webhook_attempt
      where endpoint_id = webhook_endpoint.id and error is null and not is_test)))`;

const endpoints = (db: Queries, accountId: string) =>
  db
    .selectFrom('webhookEndpoint')
    .selectAll()
    .select(failingSince.as('failingSince'))
    .where('accountId', '=', accountId)
    .where('deletedAt', 'is', null);

export const insertEndpoint = (db: Queries, endpoint: NewRow<'webhookEndpoint'>) =>
  db.insertInto('webhookEndpoint').values(endpoint).execute();

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
const unjudged = { judgedSince: now } as const;

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
    .returning('id')
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
    .returning('id')
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

/** Whether nothing was answered well for so long, and so many times. */
export async function isGivenUp(
  db: Queries,
  id: Id<'webhookEndpoint'>,
  { days, attempts }: Patience,
): Promise<boolean> {
  const { rows } = await sql<{ failures: number }>`
    select count(*) as failures from (
      select 1 from (
        select ${failingSince} as since from webhook_endpoint where id = ${id}
      ) failing
      join webhook_attempt on endpoint_id = ${id} and error is not null and not is_test
        and started_at >= since
      where since <= paylink_now() - make_interval(days => ${days})
      limit ${attempts}
    ) failure`.execute(db);
  return (rows[0]?.failures ?? 0) >= attempts;
}

/** A secret of an endpoint that is not deleted, as it is sealed; undefined where there is none. */
export const anySealed = async (db: Queries): Promise<string | undefined> =>
  (
    await db
      .selectFrom('webhookEndpoint')
      .select('secret')
      .where('deletedAt', 'is', null)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst()
  )?.secret;

/** Those that are not deleted, of whichever account. */
export const lockEndpoints = (db: Queries) =>
  db
    .selectFrom('webhookEndpoint')
    .select('id')
    .where('deletedAt', 'is', null)
    .orderBy('seq')
    .forUpdate()
    .execute();

/** What it was signed by before cannot be read any more. */
export const disableWithSecret = (db: Queries, id: Id<'webhookEndpoint'>, sealed: string) =>
  db
    .updateTable('webhookEndpoint')
    .set({
      ...disabled('merchant'),
      secret: sealed,
      previousSecret: null,
      previousSecretUntil: null,
    })
    .where('id', '=', id)
    .execute();
