/** Letters to buyers and merchants: which are due, and what came of each. */
import { sql } from 'kysely';
import type { Id } from '../../contract/index.js';
import { now, type Queries } from './database.js';
import type { MailKind, MailStatus, Row } from './schema.js';

export interface Occasion {
  readonly kind: MailKind;
  /** The session, the payment or the refund. */
  readonly objectId: string;
  readonly sessionId: Id<'checkoutSession'>;
}

/**
 * One letter to the buyer, and of a sale one to the merchant, where they have left an address. What was decided on
 * before is not again.
 */
export const insertMail = (db: Queries, { kind, objectId, sessionId }: Occasion) =>
  sql`
    insert into mail (account_id, kind, object_id, recipient, checkout_session_id)
    select account.id, ${kind}, ${objectId}, whom.recipient, session.id
    from checkout_session session
    join account on account.id = session.account_id
    cross join lateral (values
      ('buyer', session.customer ->> 'email'),
      ('merchant', case when ${kind} <> 'refund' then account.email end)
    ) as whom (recipient, address)
    where session.id = ${sessionId} and whom.address <> ''
    on conflict (object_id, recipient) do nothing`.execute(db);

/** Longer than an attempt takes. */
const lease = sql<string>`paylink_now() + interval '5 minutes'`;

/** Takes what is due for the lease: if this process dies, it is due again after it. */
export const claimMail = (db: Queries, limit: number): Promise<Row<'mail'>[]> =>
  db
    .updateTable('mail')
    .set({ attempts: sql`attempts + 1`, nextAttemptAt: lease, updatedAt: now })
    .where('id', 'in', (from) =>
      from
        .selectFrom('mail')
        .select('id')
        .where('status', '=', 'pending')
        .where('nextAttemptAt', '<=', now)
        .orderBy('nextAttemptAt')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .execute();

interface Noted {
  readonly status: MailStatus;
  /** Null where it was accepted. */
  readonly error: string | null;
  /** Until the next try, while it is pending. */
  readonly retryInSeconds?: number;
}

/** What was accepted stays so; what else came of a try counts as long as there was no later one. */
export async function noteMail(
  db: Queries,
  { id, attempts }: Pick<Row<'mail'>, 'id' | 'attempts'>,
  { status, error, retryInSeconds = 0 }: Noted,
): Promise<void> {
  let noting = db
    .updateTable('mail')
    .set({
      status,
      error,
      nextAttemptAt: sql<string>`paylink_now() + make_interval(secs => ${retryInSeconds})`,
      updatedAt: now,
    })
    .where('id', '=', id)
    .where('status', '=', 'pending');
  if (status !== 'sent') noting = noting.where('attempts', '=', attempts);
  await noting.execute();
}

/** There is nobody any more whom it could go to. */
export const dropMail = (db: Queries, id: number) =>
  db.deleteFrom('mail').where('id', '=', id).execute();

/** Whether the buyer of this session is sent, or was sent, what they bought. */
export async function findReceipt(
  db: Queries,
  sessionId: Id<'checkoutSession'>,
): Promise<'pending' | 'sent' | undefined> {
  const mail = await db
    .selectFrom('mail')
    .select('status')
    .where('checkoutSessionId', '=', sessionId)
    .where('recipient', '=', 'buyer')
    .where('kind', '<>', 'refund')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return mail?.status === 'pending' || mail?.status === 'sent' ? mail.status : undefined;
}

/** Who sells, as letters name them. */
export const findSender = (db: Queries, accountId: string) =>
  db
    .selectFrom('account')
    .select(['name', 'email', 'locale'])
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();

const atOnce = 1_000;

/** A letter that could not be sent for a month helps nobody any more. */
export const forgetOldMail = (db: Queries) =>
  sql`delete from mail where id in (
    select id from mail where created_at < paylink_now() - interval '30 days'
    limit ${atOnce} for update skip locked)`.execute(db);
