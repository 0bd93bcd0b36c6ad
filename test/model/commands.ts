/** What merchants, buyers, the provider and time do, to the model and to the server alike. */
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect } from 'vitest';
import { applyProviderEvent } from '../../src/server/domain/settlement.js';
import type { House } from '../server/house.js';
import { type Json, make, seenBy } from '../server/offers.js';
import type { Link, Session, Shop, Told } from './shop.js';

/** The server's side of a run: its ids in the order of the model's. */
export interface Real {
  house: House;
  readonly restart: () => Promise<House>;
  readonly links: { id: string; itemId?: string; skuId?: string }[];
  readonly sessions: Json[];
  /** How often each kind of command was run. */
  readonly tally: Record<string, number>;
}

type Run = (shop: Shop, real: Real) => Promise<void>;

class Command implements fc.AsyncCommand<Shop, Real> {
  constructor(
    private readonly name: string,
    private readonly canRun: (shop: Shop) => boolean,
    private readonly act: Run,
  ) {}
  check = (shop: Readonly<Shop>) => this.canRun(shop as Shop);
  async run(shop: Shop, real: Real) {
    await this.act(shop, real);
    const kind = this.name.replace(/\W.*/, '');
    real.tally[kind] = (real.tally[kind] ?? 0) + 1;
    await expectSame(shop, real);
  }
  toString = () => this.name;
}

/** All that the model knows, as the books have it. */
async function expectSame(shop: Shop, { house, links, sessions }: Real): Promise<void> {
  const { db } = house.backend;
  const rows = async (query: ReturnType<typeof sql>) => (await query.execute(db)).rows as Json[];
  const among = (ids: readonly string[]) => sql.join(ids.length ? ids : ['']);
  const [books] = await rows(sql`select
    (select coalesce(jsonb_object_agg(s.id, array[s.status, r.status]), '{}') from checkout_session s
      join redemption r on r.checkout_session_id = s.id
      where s.id in (${among(sessions.map(({ id }) => id))})) as sessions,
    (select coalesce(jsonb_object_agg(p.provider_ref, array[p.status, p.refunded_amount::text]), '{}')
      from payment p where p.checkout_session_id in (${among(sessions.map(({ id }) => id))})) as payments,
    (select coalesce(jsonb_object_agg(l.id, array[l.used, l.reserved]), '{}') from payment_link l
      where l.max_redemptions is not null and l.id in (${among(links.map(({ id }) => id))})) as uses,
    (select coalesce(jsonb_object_agg(k.id, array[k.stock_quantity, k.reserved]), '{}') from sku k
      where k.stock_quantity is not null
        and k.id in (${among(links.flatMap(({ skuId }) => skuId ?? []))})) as stock`);
  const idOf = (session: Session) => sessions[shop.sessions.indexOf(session)].id;
  const counted = (
    isCounted: (link: Link) => boolean,
    entry: (link: Link, index: number) => [string, number[]],
  ) =>
    Object.fromEntries(
      shop.links.flatMap((link, index) => (isCounted(link) ? [entry(link, index)] : [])),
    );
  expect(books).toEqual({
    sessions: Object.fromEntries(
      shop.sessions.map((session) => [idOf(session), [session.status, session.hold]]),
    ),
    payments: Object.fromEntries(
      shop.sessions.flatMap((session) =>
        [...session.payments].map(([attempt, { status, refunded }]) => [
          `${idOf(session)}/${attempt}`,
          [status, String(refunded)],
        ]),
      ),
    ),
    uses: counted(
      ({ limit }) => limit !== null,
      (link, index) => [
        links[index]?.id as string,
        [shop.held(link, 'confirmed'), shop.held(link, 'reserved')],
      ],
    ),
    stock: counted(
      ({ stock }) => stock !== null,
      (link, index) => {
        const { stock, reserved } = shop.pieces(link);
        return [links[index]?.skuId as string, [stock, reserved]];
      },
    ),
  });
}

const at = <T>(all: readonly T[], index: number): T => all[index % all.length] as T;
const anyLink = (shop: Shop) => shop.links.length > 0;
const anySession = (shop: Shop) => shop.sessions.length > 0;

const index = fc.nat(11);
const limits = fc.constantFrom(null, 1, 2, 3);

const create = fc
  .record({
    limit: limits,
    stock: fc.constantFrom(null, 1, 4),
    amount: fc.integer({ min: 100, max: 900 }),
  })
  .map(
    ({ limit, stock, amount }) =>
      new Command(
        `create(${limit} uses, ${stock} pieces, ${amount})`,
        (shop) => shop.links.length < 3,
        async (shop, { house, links }) => {
          const common = {
            name: 'Model',
            currency: 'EUR',
            ...(limit && { maxRedemptions: limit }),
          };
          if (stock === null) {
            const { id } = await make(house, '/v1/payment-links', {
              type: 'amount',
              amount,
              ...common,
            });
            links.push({ id });
          } else {
            const price = { unitAmount: amount, currency: 'EUR', type: 'one_time' };
            const product = await make(house, '/v1/products', {
              ...{
                name: 'Mug',
                options: [{ name: 'size', values: ['One'] }],
                prices: [price],
                skus: [{ attributes: { size: 'One' }, stockQuantity: stock }],
              },
            });
            const items = [{ productId: product.id, minQuantity: 1, maxQuantity: 9 }];
            const link = await make(house, '/v1/payment-links', {
              type: 'product',
              items,
              ...common,
            });
            const seen = await seenBy(house, link);
            links.push({ id: link.id, itemId: seen.items[0].id, skuId: product.skus[0].id });
          }
          shop.links.push({ stock, limit, amount, isActive: true, shelf: stock ?? 0 });
        },
      ),
  );

const edit = fc
  .record({
    index,
    change: fc.oneof(
      fc.record({ isActive: fc.boolean() }),
      fc.record({ maxRedemptions: limits }),
      fc.record({ amount: fc.integer({ min: 100, max: 900 }) }),
    ),
  })
  .map(
    ({ index, change }) =>
      new Command(`edit(${index}, ${JSON.stringify(change)})`, anyLink, async (shop, real) => {
        const link = at(shop.links, index);
        // The price of a product is not the link's.
        if ('amount' in change && link.stock !== null) return;
        const path = `/v1/payment-links/${at(real.links, index).id}`;
        const { status, text } = await real.house.call('PATCH', path, change);
        const isAllowed =
          !('maxRedemptions' in change) || shop.setLimit(link, change.maxRedemptions);
        expect(status, text).toBe(isAllowed ? 200 : 422);
        if ('isActive' in change) link.isActive = change.isActive;
        if ('amount' in change) link.amount = change.amount;
      }),
  );

const buy = fc.record({ index, quantity: fc.integer({ min: 1, max: 3 }) }).map(
  ({ index, quantity }) =>
    new Command(`buy(${index}, ${quantity})`, anyLink, async (shop, real) => {
      const { id, itemId, skuId } = at(real.links, index);
      const answer = await real.house.call('POST', `/v1/public/payment-links/${id}/sessions`, {
        customer: { email: 'model@example.com' },
        ...(itemId && { items: [{ itemId, skuId, quantity }] }),
      });
      const refusals = shop.buy(at(shop.links, index), itemId ? quantity : 1);
      if (refusals.length)
        expect([answer.status, refusals]).toEqual([
          409,
          expect.arrayContaining([answer.body.code]),
        ]);
      else {
        expect(answer.status, answer.text).toBe(201);
        expect(answer.body.totals.total).toBe(shop.sessions.at(-1)?.total);
        real.sessions.push(answer.body);
      }
    }),
);

const buyersOwn = fc.record({ index, what: fc.constantFrom('cancel', 'extend') }).map(
  ({ index, what }) =>
    new Command(`${what}(${index})`, anySession, async (shop, { house, sessions }) => {
      const session = at(shop.sessions, index);
      const path = `/v1/public/checkout-sessions/${at(sessions, index).id}/${what}`;
      const { status, text } = await house.call('POST', path, undefined, { key: null });
      const isDone = what === 'extend' ? shop.extend(session) : shop.cancel(session);
      expect(status, text).toBe(isDone ? 200 : 409);
    }),
);

/** Pays, fails, comes too late, comes twice or out of order: it depends on what was told before. */
const tell = fc
  .record({
    index,
    attempt: fc.integer({ min: 1, max: 6 }),
    told: fc.constantFrom<Told>(
      'processing',
      'succeeded',
      'succeeded',
      'failed',
      'failed',
      'canceled',
    ),
    copies: fc.integer({ min: 1, max: 3 }),
  })
  .map(
    ({ index, attempt, told, copies }) =>
      new Command(
        `tell(${index}, ${attempt} ${told} ×${copies})`,
        anySession,
        async (shop, real) => {
          const { id } = at(real.sessions, index);
          const session = at(shop.sessions, index);
          const event = {
            ...{ provider: 'sandbox', id: `${id}/${attempt}/${told}`, sessionId: id, type: told },
            ...{ attempt: `${id}/${attempt}`, amount: session.total, currency: 'EUR' },
            failureCode: told === 'failed' ? ('declined' as const) : null,
          };
          await Promise.all(
            Array.from({ length: copies }, () => applyProviderEvent(real.house.backend, event)),
          );
          shop.tell(session, attempt, told);
        },
      ),
  );

const refund = fc
  .record({
    index,
    attempt: index,
    amount: fc.constantFrom(undefined, 1, 99),
    release: fc.boolean(),
  })
  .map(
    ({ index, attempt, amount, release }) =>
      new Command(
        `refund(${index}, ${attempt}, ${amount}, ${release})`,
        (shop) => anySession(shop) && at(shop.sessions, index).payments.size > 0,
        async (shop, { house, sessions }) => {
          const session = at(shop.sessions, index);
          const [number, payment] = at([...session.payments], attempt);
          const { id } = await house.backend.db
            .selectFrom('payment')
            .select('id')
            .where('providerRef', '=', `${at(sessions, index).id}/${number}`)
            .executeTakeFirstOrThrow();
          const wish = { ...(amount && { amount }), releaseRedemption: release };
          const { status, text } = await house.call('POST', `/v1/payments/${id}/refunds`, wish);
          const isMade = shop.refund(session, payment, amount, release);
          expect([201, 409, 422].includes(status), text).toBe(true);
          expect(status === 201, text).toBe(isMade);
        },
      ),
  );

/** Abandoned sessions end when their time is over, and not before. */
const pass = fc.constantFrom(450, 901).map(
  (seconds) =>
    new Command(`pass(${seconds} s)`, anySession, async (shop, { house }) => {
      await house.moveClock(seconds);
      await house.worker.sweep();
      shop.pass(seconds);
    }),
);

/** Rare: it takes as long as a whole run. */
const restart = fc.nat(15).map(
  (chance) =>
    new Command(
      'restart',
      (shop) => anySession(shop) && chance === 0,
      async (_shop, real) => {
        real.house = await real.restart();
      },
    ),
);

export const commands = (maxCommands: number) =>
  fc.commands([create, edit, buy, buy, buyersOwn, tell, tell, tell, refund, pass, restart], {
    maxCommands,
    size: 'max',
  });
