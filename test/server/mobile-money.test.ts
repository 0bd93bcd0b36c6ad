import { afterAll, describe, expect, it } from 'vitest';
import { useHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import { invoice, type Json, listOf, open, pay, readSession } from './offers.js';

const house = useHouse();
afterAll(() => expectSoundBooks(house()));

const confirm = ({ id }: Json, phone: string) =>
  house().call('POST', `/v1/public/checkout-sessions/${id}/confirm`, { phone }, { key: null });
const later = async (seconds: number, session: Json) => {
  await house().moveClock(seconds);
  await house().worker.sweep();
  return readSession(house(), session);
};

describe('mobile money', () => {
  it.each([
    ['+242 06 000 00 01', 5, { status: 'complete', failure: null }],
    ['+242 06 000 00 02', 5, { status: 'open', failure: { code: 'rejected_by_payer' } }],
    ['+242 06 000 00 03', 5, { status: 'open', failure: { code: 'insufficient_funds' } }],
    ['+242 06 000 00 04', 90, { status: 'open', failure: { code: 'timed_out' } }],
    ['+242 06 000 00 05', 5, { status: 'open', failure: { code: 'payer_not_found' } }],
    ['+242 06 000 00 06', 20, { status: 'complete', failure: null }],
    ['+242 06 123 45 67', 3, { status: 'complete', failure: null }],
    ['+237 6 70 00 00 00', 3, { status: 'complete', failure: null }],
    ['00242060000002', 5, { status: 'open', failure: { code: 'rejected_by_payer' } }],
    ['242060000003', 5, { status: 'open', failure: { code: 'insufficient_funds' } }],
    ['06 000 00 05', 5, { status: 'open', failure: { code: 'payer_not_found' } }],
  ])('from %s is decided within %i s', async (phone, seconds, outcome) => {
    const session = await open(house(), await invoice(house()));
    const asked = await confirm(session, phone);
    expect([asked.status, asked.body.status]).toEqual([200, 'processing']);
    expect(asked.text).not.toContain(phone);
    expect(await later(seconds, session)).toMatchObject(outcome);
  });

  it('that approves after 20 s does not before', async () => {
    const session = await open(house(), await invoice(house()));
    await confirm(session, '+242 06 000 00 06');
    expect((await later(15, session)).status).toBe('processing');
    expect((await later(5, session)).status).toBe('complete');
  });

  it('can be asked of another phone once the first has refused', async () => {
    const link = await invoice(house(), { maxRedemptions: 1 });
    const session = await open(house(), link);
    await confirm(session, '+242 06 000 00 02');
    const meanwhile = await confirm(session, '+242 06 000 00 01');
    expect([meanwhile.status, meanwhile.body.code]).toEqual([409, 'conflict']);
    await later(5, session);
    await confirm(session, '+242 06 000 00 01');
    expect(await later(5, session)).toMatchObject({ status: 'complete', failure: null });
    const payments = await listOf(house(), '/v1/payments', link);
    expect(payments.map(({ status }) => status)).toEqual(['failed', 'succeeded']);
  });

  it.each(['12', 'call me', '+', '1'.repeat(16)])('refuses the number %j', async (phone) => {
    const session = await open(house(), await invoice(house()));
    const { status, body } = await confirm(session, phone);
    expect([status, body.code, body.errors[0].path]).toEqual([422, 'validation_failed', 'phone']);
    expect((await readSession(house(), session)).status).toBe('open');
  });

  it('asks nobody for a session that is over', async () => {
    const session = await open(house(), await invoice(house()));
    await pay(house(), session);
    expect((await confirm(session, '+242 06 000 00 01')).status).toBe(409);
  });
});
