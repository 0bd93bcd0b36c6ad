/** What merchants read of deliveries: each with its event, its endpoint and its attempts. */
import { sql } from 'kysely';
import type { DeliveryStatus, EventType, Id } from '../../contract/index.js';
import type { Queries } from './database.js';
import { listed, type Page } from './paging.js';
import type { Attempted } from './webhook-deliveries.js';

/** The log is of the last thirty days. */
export const forgetOldAttempts = (db: Queries) =>
  db
    .deleteFrom('webhookAttempt')
    .where('startedAt', '<', sql<string>`paylink_now() - interval '30 days'`)
    .execute();

const deliveries = (db: Queries, accountId: string) =>
  db
    .selectFrom('webhookDelivery as delivery')
    .innerJoin('event', 'event.id', 'delivery.eventId')
    .innerJoin('webhookEndpoint as endpoint', 'endpoint.id', 'delivery.endpointId')
    .select([
      'delivery.id as seq',
      'delivery.eventId',
      'delivery.endpointId',
      'delivery.status',
      'delivery.nextAttemptAt',
      'delivery.createdAt',
      'event.type',
      'event.isTest',
      'endpoint.isEnabled',
    ])
    .where('delivery.accountId', '=', accountId);

export interface DeliveryRecord {
  readonly seq: number;
  readonly eventId: Id<'event'>;
  readonly endpointId: Id<'webhookEndpoint'>;
  readonly status: DeliveryStatus;
  readonly nextAttemptAt: string;
  readonly createdAt: string;
  readonly type: EventType;
  readonly isTest: boolean;
  readonly isEnabled: boolean;
  readonly attempts: readonly (Attempted & { readonly startedAt: string })[];
}

async function withAttempts(
  db: Queries,
  rows: readonly Omit<DeliveryRecord, 'attempts'>[],
): Promise<DeliveryRecord[]> {
  if (rows.length === 0) return [];
  const attempts = await db
    .selectFrom('webhookAttempt')
    .select(['deliveryId', 'startedAt', 'durationMs', 'responseStatus', 'error'])
    .where(
      'deliveryId',
      'in',
      rows.map(({ seq }) => seq),
    )
    .orderBy('id')
    .execute();
  const of = new Map<number, typeof attempts>(rows.map(({ seq }) => [seq, []]));
  for (const attempt of attempts) of.get(attempt.deliveryId)?.push(attempt);
  return rows.map((row) => ({ ...row, attempts: of.get(row.seq) ?? [] }));
}

export async function listDeliveries(
  db: Queries,
  accountId: string,
  filter: { endpointId: Id<'webhookEndpoint'>; status?: DeliveryStatus | undefined },
  page: Page,
) {
  let query = deliveries(db, accountId).where('delivery.endpointId', '=', filter.endpointId);
  if (filter.status) query = query.where('delivery.status', '=', filter.status);
  if (page.before !== undefined) query = query.where('delivery.id', '<', page.before);
  const rows = await query
    .orderBy('delivery.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  const { data, nextCursor } = listed(rows, page);
  return { data: await withAttempts(db, data), nextCursor };
}

export async function findDeliveries(db: Queries, accountId: string, ids: readonly number[]) {
  if (ids.length === 0) return [];
  const rows = await deliveries(db, accountId)
    .where('delivery.id', 'in', ids)
    .orderBy('delivery.id')
    .execute();
  return withAttempts(db, rows);
}
