import { sql } from 'kysely';
import type { Queries } from './database.js';

export type Locked = 'product' | 'sku' | 'coupon' | 'promotion_code' | 'webhook_endpoint';

/** Whoever changes this row waits until the transaction ends. */
export const lockRow = (tx: Queries, table: Locked, id: string) =>
  sql`select from ${sql.table(table)} where id = ${id} for update`.execute(tx);
