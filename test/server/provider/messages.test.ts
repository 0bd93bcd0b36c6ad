import { readFileSync } from 'node:fs';
import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem } from '../../../src/contract/index.js';
import { tellRefused } from '../../../src/server/provider-messages.js';
import { type House, openHouse } from '../house.js';
import { invoice, open, readSession } from '../offers.js';
import type { Message } from './far-side.js';
import { refOf } from './shop.js';
import { type StripeFarSide, startStripe } from './stripe-stand-in.js';

describe('a message of the provider’s that is refused', () => {
  const metricsToken = 'a-token-of-the-operator';
  let far: StripeFarSide;
  let house: House;
  beforeAll(async () => {
    far = await startStripe();
    house = await openHouse('PostgreSQL', undefined, { provider: far.provider, metricsToken });
  });
  afterAll(async () => {
    await house.close();
    await far.close();
  });

  const path = '/v1/providers/stripe/webhook';
  const send = ({ body: raw, headers }: Message) =>
    house.call('POST', path, undefined, { raw, headers, key: null });
  const opened = async () => open(house, await invoice(house));

  it('is told to the operator: once a minute where the secret is wrong, by the name to look for', async () => {
    const message = far.pay(refOf(await opened()));
    for (let times = 0; times < 3; times++)
      expect((await send({ ...message, body: `${message.body} ` })).status).toBe(401);
    expect(house.logged.splice(0)).toEqual([
      'A message to /v1/providers/stripe/webhook was not signed with STRIPE_WEBHOOK_SECRET: is it the secret of the endpoint of the test side?',
    ]);
    expect((await send(message)).status).toBe(204);
    expect(house.logged).toEqual([]);
  });

  it('is one whose version of the API is not understood, and both versions are told', async () => {
    const session = await opened();
    const ref = refOf(session);
    far.pay(ref);
    const old = { api_version: '2022-11-15' };
    const shown = far.sessions.get(ref);
    const told = far.tellOf('checkout.session.completed', shown, old);
    const { status, body } = await send(told);
    expect([status, body.code]).toEqual([422, 'validation_failed']);
    expect((await readSession(house, session)).status).toBe('open');
    expect(house.logged.splice(0)).toEqual([
      expect.stringMatching(
        /^A message of stripe has API version 2022-11-15: set the endpoint to 20\d\d-\d\d-\d\d\./,
      ),
    ]);
    for (const type of ['invoice.paid', 'invoice.payment_failed', 'charge.dispute.created'])
      expect((await send(far.tellOf(type, { id: 'x' }, old))).status).toBe(422);
    // Of what is not asked for nothing is lost.
    expect((await send(far.tellOf('customer.created', { id: 'cus_1' }, old))).status).toBe(204);
    const basil = { api_version: '2025-03-31.basil' };
    expect((await send(far.tellOf('checkout.session.completed', shown, basil))).status).toBe(204);
    expect((await readSession(house, session)).status).toBe('complete');
    house.logged.splice(0);
  });

  it('is told where it is of the other side', async () => {
    const message = far.told(refOf(await opened()), { livemode: true });
    expect((await send(message)).status).toBe(422);
    expect(house.logged.splice(0)).toEqual([
      'A message of stripe is of its live side, STRIPE_SECRET_KEY is not.',
    ]);
  });

  it('is counted', async () => {
    const read = async () => {
      const headers = { authorization: `Bearer ${metricsToken}` };
      const { text } = await house.call('GET', '/metrics', undefined, { key: null, headers });
      return ['heard', 'unsigned', 'refused'].map((outcome) =>
        Number(
          new RegExp(`^paylink_provider_messages_total{outcome="${outcome}"} (\\d+)$`, 'm').exec(
            text,
          )?.[1],
        ),
      );
    };
    const before = await read();
    const message = far.pay(refOf(await opened()));
    await send(message);
    await send({ ...message, headers: {} });
    await send(far.unknown());
    await send(far.told('x', { livemode: true }));
    const after = await read();
    expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual([1, 1, 2]);
    house.logged.splice(0);
  });

  it('is not sent by anything but POST', async () => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const { status, headers } = await house.call(method, path, undefined, { key: null });
      expect([method, status, headers.get('allow')]).toEqual([method, 405, 'POST']);
    }
    expect(house.logged).toEqual([]);
  });
});

it('is read by the version that the documents name for the endpoint', () => {
  const goingLive = readFileSync(new URL('../../../docs/going-live.md', import.meta.url), 'utf8');
  expect(goingLive).toContain(`Choose \`${Stripe.API_VERSION}\``);
});

it('is told again when a minute is over', () => {
  let now = 1_000;
  const told: string[] = [];
  const tell = tellRefused(
    { name: 'yabetoo', testMode: false },
    (one) => told.push(one),
    () => now,
  );
  tell(new Problem('unauthorized', 'No.'));
  tell(new Problem('unauthorized', 'No.'));
  // What may have come too early is no fault of the settings.
  tell(new Problem('session_not_found', 'Not yet.'));
  expect(told).toEqual([
    expect.stringMatching(/yabetoo.*YABETOO_WEBHOOK_SECRET: .* of the live side\?$/),
  ]);
  now = 62_000;
  tell(new Problem('unauthorized', 'No.'));
  expect(told).toHaveLength(2);
});
