/** What must be in the books after crashes, by SQL: what was told to buyers, what the far side took, what is due. */
import { sql } from 'kysely';
import { findAllBroken } from '../../src/server/store/promises.js';
import type { House } from '../server/house.js';
import type { Json } from '../server/offers.js';
import type { Told } from './buyers.js';

const listed = async (house: House, query: ReturnType<typeof sql>): Promise<Json[]> =>
  (await query.execute(house.backend.db)).rows as Json[];

/** Money the far side took and our books do not know as sold, given back or to be looked at. */
const orphans = sql`
  select e.checkout_session_id, e.attempt from sandbox_event e
  where e.type = 'succeeded' and e.copies_left = 0 and e.amount > 0 and not exists (
    select 1 from payment p where p.provider_ref = e.checkout_session_id || '/' || e.attempt
      and p.amount = e.amount
      and p.status in ('succeeded', 'refunded', 'partially_refunded', 'needs_review'))`;

/** Money that only one of the two sides has given back. */
const oneSided = sql`
  select coalesce(f.key, r.id) as refund from refund r
  full join sandbox_refund f on f.key = r.id
  where (f.key is null and r.status = 'succeeded') or r.id is null
    or f.amount <> r.amount or (r.status = 'succeeded') <> (f.failure_code is null)`;

/** Renewals that only one of the two sides knows as paid. */
const oneSidedCharges = sql`
  select coalesce(c.ref, p.provider_ref) as charge
  from (select * from payment where unattended) p full join sandbox_charge c on c.ref = p.provider_ref
  where c.ref is null or p.id is null or c.amount <> p.amount
    or (c.failure_code is null) <> (p.status in ('succeeded', 'refunded', 'partially_refunded'))`;

/** Sessions of one wish: a buyer who asks again must not have bought twice. */
const twins = sql`
  select reference, count(*) as sessions from checkout_session
  where reference is not null group by reference having count(*) > 1`;

/** Must hold at every moment, however the process ended. */
export async function findNow(house: House, told: Told): Promise<unknown[]> {
  const { db } = house.backend;
  const sessions = await db
    .selectFrom('checkoutSession')
    .select(['id', 'reference', 'status'])
    .execute();
  const byId = new Map(sessions.map((session) => [session.id as string, session]));
  const refunds = await db.selectFrom('refund').select(['id', 'paymentId']).execute();
  const kept = new Map(refunds.map(({ id, paymentId }) => [id as string, paymentId as string]));
  const lost = (what: string, ids: Iterable<string>, isKept: (id: string) => boolean) =>
    [...ids].filter((id) => !isKept(id)).map((id) => ({ lost: what, id }));
  return [
    ...(await findAllBroken(db)),
    ...lost('session', told.opened.keys(), (key) => {
      const id = told.opened.get(key) as string;
      return byId.get(id)?.reference === key;
    }),
    ...lost('payment', told.complete, (id) => byId.get(id)?.status === 'complete'),
    // Unless its money came late.
    ...lost('cancellation', told.canceled, (id) =>
      ['canceled', 'complete'].includes(byId.get(id)?.status ?? ''),
    ),
    ...lost('refund', told.refunded.keys(), (id) => kept.get(id) === told.refunded.get(id)),
    ...(await listed(house, twins)).map((row) => ({ twins: row })),
    ...told.faults.map((fault) => ({ fault })),
    ...house.logged.map((error) => ({ logged: error })),
  ];
}

/** Must hold once what was interrupted has been taken up again. */
export async function findReconciled(house: House): Promise<unknown[]> {
  return [
    ...(await listed(house, orphans)).map((row) => ({ orphan: row })),
    ...(await listed(house, oneSided)).map((row) => ({ oneSided: row })),
    ...(await listed(house, oneSidedCharges)).map((row) => ({ oneSidedCharge: row })),
  ];
}

/** How much is still to be taken up: events of the provider, refunds, webhooks. */
export async function countDue(house: House): Promise<number> {
  const [row] = await listed(
    house,
    sql`select
      (select count(*) from sandbox_event where copies_left > 0 and deliver_at <= paylink_now())
      + (select count(*) from refund where status = 'pending')
      + (select count(*) from payment where status = 'processing')
      + (select count(*) from webhook_delivery where status = 'pending') as due`,
  );
  return row.due;
}

/** Places that are held still, of links, stock and codes. */
export async function countHeld(house: House): Promise<number> {
  const [row] = await listed(
    house,
    sql`select
      (select count(*) from redemption where status = 'reserved')
      + (select count(*) from stock_reservation where status = 'reserved')
      + (select count(*) from promotion_redemption where status = 'reserved')
      + (select coalesce(sum(reserved), 0) from payment_link)
      + (select coalesce(sum(reserved), 0) from sku)
      + (select coalesce(sum(reserved), 0) from promotion_code) as held`,
  );
  return Number(row.held);
}
