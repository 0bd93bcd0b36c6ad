import { CompiledQuery } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { readLinks } from '../../src/server/domain/payment-link.js';
import type { LinkFilter } from '../../src/server/store/payment-links.js';
import { useHouse } from '../server/house.js';
import { invoice, open, pay } from '../server/offers.js';

const few = 1_000;
const many = 100_000;

/** As if so many links had been made, and each had been paid ten times. */
async function makeLinks(run: (text: string) => Promise<unknown>, from: number, to: number) {
  // Nothing is counted payment by payment here: what it comes to is written down with the links.
  const isLike = 'where l.name = $$Invoice 17$$';
  await run(`set session_replication_role = replica;
    insert into payment_link (id, account_id, type, name, currency, amount, collect, submit_type, metadata)
      select 'plink_' || lpad(n::text, 24, '0'), account_id, type, 'Link ' || n, currency, amount, collect, submit_type,
        metadata
      from payment_link l, generate_series(${from}, ${to}) n ${isLike};
    insert into payment_link_slug (slug, account_id, payment_link_id, is_current)
      select 'slug-' || n, l.account_id, 'plink_' || lpad(n::text, 24, '0'), true
      from payment_link l, generate_series(${from}, ${to}) n ${isLike} and n % 2 = 0;
    insert into link_total select (jsonb_populate_record(t, jsonb_build_object(
        'payment_link_id', 'plink_' || lpad(n::text, 24, '0'), 'gross', 250000))).*
      from payment_link l join link_total t on t.payment_link_id = l.id, generate_series(${from}, ${to}) n ${isLike};
    insert into payment (id, account_id, checkout_session_id, payment_link_id, amount, currency, status, provider,
        provider_ref, test_mode, succeeded_at)
      select 'pay_' || n || '_' || time, p.account_id, 'cs_' || n || '_' || time, 'plink_' || lpad(n::text, 24, '0'),
        p.amount, p.currency, p.status, p.provider, n || '/' || time, p.test_mode, p.succeeded_at
      from payment_link l join payment p on p.payment_link_id = l.id, generate_series(${from}, ${to}) n,
        generate_series(1, 10) time ${isLike};
    set session_replication_role = default;
    vacuum analyze;`);
}

describe('a page of a hundred links', () => {
  const house = useHouse('PostgreSQL');
  const run = async (text: string) => {
    const { db } = house().backend;
    await db.connection().execute(async (one) => {
      for (const statement of text.split(/;\s*\n/))
        if (statement.trim()) await one.executeQuery(CompiledQuery.raw(statement));
    });
  };

  /** The best of ten, in milliseconds. */
  async function timeOf(filter: LinkFilter = {}, before?: number): Promise<number> {
    const times: number[] = [];
    for (let round = 0; round < 10; round++) {
      const start = performance.now();
      const { data } = await readLinks(house().backend, filter, { limit: 100, before });
      times.push(performance.now() - start);
      expect(data.length).toBeGreaterThan(0);
    }
    return Math.min(...times);
  }

  /** What the database does for it. */
  async function plansOf(filter: LinkFilter = {}): Promise<string> {
    const { db } = house().backend;
    const asked: CompiledQuery[] = [];
    const watched = db.withPlugin({
      transformQuery: ({ node, queryId }) => {
        asked.push(db.getExecutor().compileQuery(node, queryId));
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    await readLinks({ ...house().backend, db: watched }, filter, { limit: 100, before: undefined });
    const plans = await Promise.all(
      asked.map(({ sql, parameters }) =>
        db.executeQuery(CompiledQuery.raw(`explain (analyze, buffers) ${sql}`, [...parameters])),
      ),
    );
    return plans
      .flatMap(({ rows }) => rows.map((row) => Object.values(row as object)[0]))
      .join('\n');
  }

  const ofFew: Record<string, number> = {};
  beforeAll(async () => {
    await pay(house(), await open(house(), await invoice(house())));
    await house().worker.sweep();
    await makeLinks(run, 1, few);
    ofFew.newest = await timeOf();
    ofFew.searched = await timeOf({ search: 'link' });
    await makeLinks(run, few + 1, many);
  }, 600_000);

  it('takes as long among a hundred thousand links and a million payments as among a thousand links', async () => {
    const [newest, searched, deep] = [
      await timeOf(),
      await timeOf({ search: 'LINK' }),
      await timeOf({}, 50_000),
    ];
    expect(newest / (ofFew.newest as number)).toBeLessThanOrEqual(3);
    expect(deep / (ofFew.newest as number)).toBeLessThanOrEqual(3);
    expect(searched / (ofFew.searched as number)).toBeLessThanOrEqual(3);
    expect(await plansOf()).not.toMatch(/on payment\b|Seq Scan on payment_link\b/);
  });
});
