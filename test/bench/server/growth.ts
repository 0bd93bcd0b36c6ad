/** What the same thing costs among a thousand sessions, and among a million. */
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { byTurns, type Finding } from '../figures.js';
import { newFolder, type RunningBackend, startBackend } from './backend.js';
import { callerOf, rateOf } from './load.js';
import { createLink, open } from './opening.js';

const sizes = { few: 1_000, many: 1_000_000 };
const callers = 16;
const seconds = 2;

/**
 * So many sessions of one link, expired, with their redemptions and events; one in ten is paid. Triggers are off:
 * what they would count is counted at the end.
 */
const fill = (linkId: string, count: number) => `
  set session_replication_role = replica;
  create temporary table made as
    select 'cs_' || lpad(to_hex(n), 24, '0') as id, n, account_id, id as link_id,
      now() - (n || ' seconds')::interval as at, n % 10 = 0 as is_paid
    from payment_link, generate_series(1, ${count}) n where id = '${linkId}';
  insert into checkout_session (id, account_id, payment_link_id, status, payment_status, currency, total, totals,
    customer, custom_fields, metadata, utm, embeddable, provider, provider_ref, test_mode, lifetime_seconds,
    expires_at, created_at, updated_at, completed_at)
  select id, account_id, link_id, case when is_paid then 'complete' else 'expired' end,
    case when is_paid then 'paid' else 'unpaid' end, 'EUR', 5000,
    '{"currency": "EUR", "lines": [], "subtotal": 5000, "discounts": [], "discount": 0, "total": 5000, "recurring": null}',
    jsonb_build_object('email', 'buyer' || n || '@example.com'), '{}', '{}', '{}', false, 'sandbox', id, true, 900,
    at + interval '15 minutes', at, at, case when is_paid then at end
  from made;
  insert into redemption (checkout_session_id, account_id, payment_link_id, status, created_at)
    select id, account_id, link_id, case when is_paid then 'confirmed' else 'released' end, at from made;
  insert into payment (id, account_id, checkout_session_id, payment_link_id, amount, currency, status, provider,
    provider_ref, test_mode, succeeded_at, created_at, updated_at)
  select 'pay_' || lpad(to_hex(n), 24, '0'), account_id, id, link_id, 5000, 'EUR', 'succeeded', 'sandbox',
    id || '/1', true, at, at, at
  from made where is_paid;
  insert into event (id, account_id, type, payment_link_id, object_id, body, position, created_at)
  select 'evt_' || lpad(to_hex(n), 24, '0'), account_id, 'checkout_session.opened', link_id, id,
    '{"data": {"id": "' || id || '"}}', n + 1000, at from made;
  drop table made;
  delete from link_total where payment_link_id = '${linkId}';
  insert into link_total select * from link_total_counted where payment_link_id = '${linkId}';
  delete from link_day where payment_link_id = '${linkId}';
  insert into link_day select * from link_day_counted where payment_link_id = '${linkId}';
  set session_replication_role = default;
  analyze;`;

/** A backend on a store of its own, filled with so many sessions. */
type Fill = (count: number) => Promise<Filled>;

async function growth(store: string, filled: Fill): Promise<Finding[]> {
  const few = await filled(sizes.few);
  const many = await filled(sizes.many);
  const findings: Finding[] = [];
  try {
    for (const [what, measure] of Object.entries(measured)) {
      const rates = await byTurns(5, { few: () => measure(few), many: () => measure(many) });
      findings.push({
        what: `${store}, ${what} among ${sizes.many} sessions, cost beside ${sizes.few}`,
        figure: rates.few / rates.many,
        ...{ unit: '×', most: 1.3 },
        by: `${Math.round(rates.many)}/s against ${Math.round(rates.few)}/s`,
      });
    }
  } finally {
    for (const { backend, caller } of [few, many]) {
      await caller.close();
      await backend.stop();
    }
  }
  return findings;
}

interface Filled {
  readonly backend: RunningBackend;
  readonly caller: ReturnType<typeof callerOf>;
  readonly linkId: string;
}

/** @param newDatabase makes an empty one, and says where it is */
export const growthOnPostgreSQL = (newDatabase: (name: string) => Promise<string>) =>
  growth('PostgreSQL', async (count) => {
    const url = await newDatabase(`of_${count}`);
    const backend = await startBackend(url);
    const caller = callerOf(backend.origin, callers);
    const linkId = await createLink(backend, caller);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(fill(linkId, count));
      await client.query('vacuum');
    } finally {
      await client.end();
    }
    return { backend, caller, linkId };
  });

/** Its folder belongs to one process at a time: it is filled between two. */
export const growthOnPGlite = () =>
  growth('PGlite', async (count) => {
    const folder = newFolder();
    const first = await startBackend(undefined, folder);
    const maker = callerOf(first.origin, 1);
    const linkId = await createLink(first, maker);
    await maker.close();
    await first.stop({ isKept: true });
    const database = await PGlite.create(join(folder, 'database'));
    await database.exec(fill(linkId, count));
    await database.exec('vacuum');
    await database.close();
    const backend = await startBackend(undefined, folder);
    return { backend, caller: callerOf(backend.origin, callers), linkId };
  });

const asked =
  (path: (linkId: string) => string) =>
  ({ backend, caller, linkId }: Filled) => {
    const headers = { authorization: `Bearer ${backend.key}` };
    return rateOf(
      callers,
      seconds,
      async () => void (await caller.call(path(linkId), { headers })),
    );
  };

const measured: Record<string, (on: Filled) => Promise<number>> = {
  'opening a session': ({ caller, linkId }) =>
    rateOf(callers, seconds, async () => void (await open(caller, linkId))),
  'the list of sessions': asked(() => '/v1/checkout-sessions'),
  'the sessions of a link': asked((id) => `/v1/checkout-sessions?paymentLinkId=${id}`),
  'the list of complete ones': asked(() => '/v1/checkout-sessions?status=complete'),
  'the list of open ones': asked(() => '/v1/checkout-sessions?status=open'),
  'the list of payments': asked(() => '/v1/payments'),
  'the list of events': asked(() => '/v1/events'),
  'the list of links': asked(() => '/v1/payment-links'),
  'the statistics of a link': asked((id) => `/v1/payment-links/${id}/stats`),
};
