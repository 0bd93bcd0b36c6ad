/** How things stand, for metrics: what is counted here is counted up to a bound, so that asking costs little. */
import { sql } from 'kysely';
import type { Queries } from './database.js';

/** More than this many is shown as this many: there is something to look at long before. */
const most = 10_000;

export interface Figures {
  readonly sessionsOpen: number;
  readonly deliveriesPending: number;
  /** Of those, whose time has come. */
  readonly deliveriesDue: number;
  readonly refundsPending: number;
  readonly jobsWaiting: number;
  readonly auditBroken: number | null;
  readonly auditAgeSeconds: number | null;
  readonly auditSeconds: number | null;
}

const bounded = (from: string) =>
  sql`(select count(*) from (select 1 from ${sql.raw(from)} limit ${most}) as counted)`;

export async function readFigures(db: Queries): Promise<Figures> {
  const { rows } = await sql<Figures>`select
    ${bounded("checkout_session where status = 'open'")} as sessions_open,
    ${bounded("webhook_delivery where status = 'pending'")} as deliveries_pending,
    ${bounded("webhook_delivery where status = 'pending' and next_attempt_at <= paylink_now()")}
      as deliveries_due,
    ${bounded("refund where status = 'pending'")} as refunds_pending,
    ${bounded("pgboss.job where state < 'active' and start_after <= now()")} as jobs_waiting,
    audit.broken as audit_broken,
    extract(epoch from paylink_now() - audit.finished_at)::float8 as audit_age_seconds,
    audit.milliseconds / 1000.0::float8 as audit_seconds
    from audit`.execute(db);
  return rows[0] as Figures;
}
