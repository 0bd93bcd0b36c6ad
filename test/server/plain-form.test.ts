import { expect, it } from 'vitest';
import { useHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import { donation, invoice, listOf } from './offers.js';

const house = useHouse();

const send = (path: string, fields: Record<string, string>) =>
  house().call('POST', path, undefined, {
    key: null,
    raw: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });

it('opens a session from a form without JavaScript, whatever characters its fields hold', async () => {
  const link = await invoice(house(), { collectName: 'optional' });
  const email = 'anna@example.com';
  expect((await send(`/p/${link.id}`, { email, name: 'Zoë\u0000' })).status).toBe(303);
  const [session] = await listOf(house(), '/v1/checkout-sessions', link);
  expect(session.customer.name).toBe('Zoë');
  // Cut in the middle of a character, and still too long for the schema.
  expect((await send(`/p/${link.id}`, { email, name: `${'a'.repeat(499)}😀` })).status).toBe(422);
  await expectSoundBooks(house());
});

it('takes no amount, price or total from the form', async () => {
  const link = await invoice(house());
  const more = { amount: '1', total: '1', currency: 'EUR', unitAmount: '1' };
  await send(`/p/${link.id}`, { email: 'anna@example.com', ...more });
  const [session] = await listOf(house(), '/v1/checkout-sessions', link);
  expect([session.total, session.currency]).toEqual([25_000, 'XAF']);
});

it('sends whoever must choose first back to the form', async () => {
  const link = await donation(house());
  expect((await send(`/p/${link.id}`, { email: 'anna@example.com' })).status).toBe(422);
  expect(await listOf(house(), '/v1/checkout-sessions', link)).toEqual([]);
  expect((await send('/p/nobody', {})).status).toBe(404);
});
