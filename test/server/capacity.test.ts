import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { type House, storeNames, useHouse } from './house.js';

const buyer = { customer: { email: 'buyer@example.com' } };

async function countersOf({ backend }: House, linkId: string) {
  const { rows } = await sql<{
    used: number;
    reserved: number;
    held: number;
  }>`select used, reserved,
      (select count(*) from redemption where payment_link_id = ${linkId} and status = 'reserved') as held
    from payment_link where id = ${linkId}`.execute(backend.db);
  return rows[0];
}

describe.each(storeNames)('capacity on %s', (store) => {
  const house = useHouse(store);

  it('gives 20 uses to exactly 20 of 200 buyers who come at once, and tells the others why', async () => {
    const { call } = house();
    const link = await call('POST', '/v1/payment-links', {
      type: 'amount',
      name: 'Workshop',
      currency: 'EUR',
      amount: 5000,
      maxRedemptions: 20,
    });
    const path = `/v1/public/payment-links/${link.body.id}/sessions`;
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => call('POST', path, buyer, { key: null })),
    );
    const opened = answers.filter(({ status }) => status === 201);
    const refused = answers.filter(
      ({ status, body }) => status === 409 && body.code === 'temporarily_sold_out',
    );
    expect(opened).toHaveLength(20);
    expect(refused).toHaveLength(180);
    expect(new Set(opened.map(({ body }) => body.id)).size).toBe(20);
    expect(await countersOf(house(), link.body.id)).toEqual({ used: 0, reserved: 20, held: 20 });
    expect(house().logged).toEqual([]);
  });
});
