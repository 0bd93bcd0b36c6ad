import { afterAll, describe, expect, it } from 'vitest';
import { applyProviderEvent } from '../../../src/server/domain/settlement.js';
import { useHouse } from '../house.js';
import { expectSoundBooks, rowCounts } from '../invariants.js';
import { begun, eventTypesOf, type Json, listOf, pay } from '../offers.js';

const house = useHouse();
afterAll(() => expectSoundBooks(house()));

const begin = (plan?: Parameters<typeof begun>[1]) => begun(house(), plan);

const pathOf = ({ manageUrl }: Json) => new URL(manageUrl).pathname;
const get = (path: string, headers: Record<string, string> = {}) =>
  house().call('GET', path, undefined, { key: null, headers });
const post = (path: string) =>
  house().call('POST', path, undefined, {
    key: null,
    raw: '',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
const read = async ({ id }: Json) => (await house().call('GET', `/v1/subscriptions/${id}`)).body;
const play = (subscription: Json, wish: object) =>
  house().call('POST', `/v1/sandbox/subscriptions/${subscription.id}`, wish, { key: null });

describe('the buyer’s page of a subscription', () => {
  it('shows what runs, the next charge and the history, and who it is of to nobody', async () => {
    const { subscription } = await begin();
    const { status, text, headers } = await get(pathOf(subscription));
    expect(status).toBe(200);
    for (const words of ['Membership', 'Active', '€10.00', 'every month', 'Next payment', 'paid'])
      expect(text).toContain(words);
    expect(text).not.toContain('anna@example.com');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(text).toContain('noindex');
  });

  it('speaks French', async () => {
    const { subscription } = await begin({ trialPeriodDays: 7 });
    const { text } = await get(pathOf(subscription), { 'accept-language': 'fr-CG' });
    for (const words of [
      'lang="fr"',
      'Votre abonnement : ',
      'Essai gratuit',
      'Premier paiement',
      'Résilier',
    ])
      expect(text).toContain(words);
  });

  it('keeps to the language that was asked for, whatever is pressed', async () => {
    const { subscription } = await begin();
    const path = pathOf(subscription);
    const shown = await get(`${path}?locale=fr-CG`, { 'accept-language': 'en' });
    expect(shown.text).toContain('lang="fr"');
    expect(shown.text).toContain(`${path}?cancel=1&amp;locale=fr"`);
    const sure = await get(`${path}?cancel=1&locale=fr`, { 'accept-language': 'en' });
    expect(sure.text).toContain(`action="${subscription.manageUrl}/cancel?locale=fr"`);
    const canceled = await post(`${path}/cancel?locale=fr`);
    expect(canceled.headers.get('location')).toBe(`${path}?locale=fr`);
    const after = await get(`${path}?locale=fr`, { 'accept-language': 'en' });
    expect(after.text).toContain(`action="${subscription.manageUrl}/resume?locale=fr"`);
  });

  it('opens to nobody who does not have its address', async () => {
    const { subscription } = await begin();
    const other = (await begin()).subscription;
    const path = pathOf(subscription);
    const before = await rowCounts(house());
    const forged = [
      `/s/${subscription.id}`,
      `/s/${subscription.id.slice(4)}`,
      `${path}A`,
      path.slice(0, -1),
      path.slice(0, -1) + (path.endsWith('A') ? 'B' : 'A'),
      `/s/${other.id.slice(4)}${path.slice(-22)}`,
      `/s/${'é'.repeat(46)}`,
    ];
    for (const one of forged) {
      expect((await get(one)).status, one).toBe(404);
      for (const action of ['cancel', 'resume', 'pay'])
        expect((await post(`${one}/${action}`)).status, `${one}/${action}`).toBe(404);
    }
    expect(await rowCounts(house())).toEqual(before);
    expect((await read(subscription)).cancelAt).toBeNull();
  });

  it('asks whether they are sure, cancels at the end of the period, and takes it back', async () => {
    const { link, subscription } = await begin();
    const path = pathOf(subscription);
    const sure = await get(`${path}?cancel=1`);
    expect(sure.text).toContain('Cancel your subscription?');
    expect((await read(subscription)).cancelAt).toBeNull();
    const answer = await post(`${path}/cancel`);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, path]);
    expect(await read(subscription)).toMatchObject({
      status: 'active',
      cancelAt: subscription.nextChargeAt,
    });
    expect((await get(path)).text).toContain('Ends on');
    await post(`${path}/resume`);
    expect((await read(subscription)).cancelAt).toBeNull();
    await post(`${path}/cancel`);
    await house().moveClock(32 * 86_400);
    await house().worker.sweep();
    expect(await read(subscription)).toMatchObject({
      status: 'canceled',
      cancelReason: 'by_buyer',
    });
    const ended = await get(path);
    expect(ended.text).toContain('Ended on');
    expect(ended.text).not.toContain('?cancel=1');
    // What is over stays as it is, whatever an old page still sends.
    for (const action of ['cancel', 'resume']) await post(`${path}/${action}`);
    expect((await post(`${path}/pay`)).headers.get('location')).toBe(path);
    expect((await eventTypesOf(house(), link)).at(-1)).toBe('subscription.canceled');
  });

  it('lets them pay what is due, by a session that uses nothing of the link', async () => {
    const { link, subscription } = await begin({ link: { maxRedemptions: 1 } });
    const path = pathOf(subscription);
    expect((await post(`${path}/pay`)).headers.get('location')).toBe(path);
    await play(subscription, { outcome: 'declined', reason: 'insufficient_funds', renewNow: true });
    const due = await get(path);
    for (const words of ['Payment due', 'did not go through', 'Pay €10.00 now', 'We try again on'])
      expect(due.text).toContain(words);
    const answer = await post(`${path}/pay`);
    expect(answer.status).toBe(303);
    const at = new URL(answer.headers.get('location') ?? '').pathname;
    // Asked for twice, it is the same one.
    expect((await post(`${path}/pay`)).headers.get('location')).toContain(at);
    const session = { id: at.split('/').pop() };
    // While the buyer pays, nobody else charges.
    await play(subscription, { outcome: 'succeeded', renewNow: true });
    await pay(house(), session);
    const paid = await read(subscription);
    expect(paid.status).toBe('active');
    const payments = await listOf(house(), '/v1/payments', link);
    expect(payments.map(({ status }) => status)).toEqual(['succeeded', 'failed', 'succeeded']);
    expect(new Set(payments.map(({ subscriptionId }) => subscriptionId))).toEqual(
      new Set([subscription.id]),
    );
    const { body } = await house().call('GET', `/v1/checkout-sessions/${session.id}`);
    expect(body).toMatchObject({ status: 'complete', subscriptionId: subscription.id });
    expect((await house().call('GET', `/v1/payment-links/${link.id}`)).body.redemptionCount).toBe(
      1,
    );
    await house().worker.sweep();
    expect(await listOf(house(), '/v1/payments', link)).toHaveLength(3);
  });

  it('gives back what is paid for a period that was paid already', async () => {
    const { link, subscription } = await begin();
    const path = pathOf(subscription);
    await play(subscription, { outcome: 'declined', renewNow: true });
    const answer = await post(`${path}/pay`);
    const session = { id: (answer.headers.get('location') ?? '').split('/').pop() };
    // Its time is over, a retry succeeds, and then the slow phone approves after all.
    await house().moveClock(16 * 60);
    await house().worker.sweep();
    await play(subscription, { outcome: 'succeeded', renewNow: true });
    expect((await read(subscription)).status).toBe('active');
    await lateSuccess(session);
    await house().moveClock(120);
    await house().worker.sweep();
    const payments = await listOf(house(), '/v1/payments', link);
    expect(payments.map(({ status }) => status)).toEqual([
      'succeeded',
      'failed',
      'succeeded',
      'refunded',
    ]);
  });

  it('is known from the confirmation for a day, and not by the id of a session for ever', async () => {
    const { subscription } = await begin();
    const path = `/c/${subscription.checkoutSessionId}`;
    expect((await get(path)).text).toContain(`href="${subscription.manageUrl}"`);
    await house().moveClock(86_400 + 60);
    expect((await get(path)).text).not.toContain(pathOf(subscription));
  });

  it('is what the confirmation tells of by now: the next charge, and the end', async () => {
    const { subscription } = await begin();
    const shown = async () =>
      /<dl class="facts">[\s\S]*?<\/dl>/.exec(
        (await get(`/c/${subscription.checkoutSessionId}`)).text,
      )?.[0];
    const on = (iso: string) => `datetime="${iso}"`;
    expect(await shown()).toContain(on(subscription.nextChargeAt));
    await play(subscription, { outcome: 'succeeded', renewNow: true });
    const { nextChargeAt } = await read(subscription);
    expect(nextChargeAt).not.toBe(subscription.nextChargeAt);
    expect(await shown()).toContain(on(nextChargeAt));
    await house().call('POST', `/v1/subscriptions/${subscription.id}/cancel`, { at: 'now' });
    expect(await shown()).toContain('Ended on');
    expect(await shown()).not.toContain('Next charge');
  });

  it('stands beside a confirmation that says what was given back', async () => {
    const { subscription } = await begin();
    const path = `/c/${subscription.checkoutSessionId}`;
    const { body } = await house().call(
      'GET',
      `/v1/checkout-sessions/${subscription.checkoutSessionId}`,
    );
    const refund = (amount: number) =>
      house().call('POST', `/v1/payments/${body.paymentId}/refunds`, { amount });
    await refund(400);
    expect((await get(path)).text).toContain('has given €4.00 of it back');
    await refund(600);
    expect((await get(path)).text).toContain('The payment was given back');
  });

  it('is where the way leads back from a payment of a period', async () => {
    const { subscription, link } = await begin();
    await play(subscription, { outcome: 'declined', renewNow: true });
    const answer = await post(`${pathOf(subscription)}/pay`);
    const path = new URL(answer.headers.get('location') ?? '').pathname;
    await post(`${path}/cancel`);
    const { text } = await get(path);
    expect(text).toContain(`href="${subscription.manageUrl}"`);
    expect(text).not.toContain(`href="${link.url}"`);
  });

  it('shows hostile names as text', async () => {
    const { subscription } = await begin({ link: { name: '<img src=x onerror=alert(1)>' } });
    const { text } = await get(pathOf(subscription));
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(text).not.toContain('<img src=x');
  });
});

/** The provider says so after the session has ended. */
async function lateSuccess({ id }: Json): Promise<void> {
  await applyProviderEvent(house().backend, {
    provider: 'sandbox',
    id: `late/${id}`,
    sessionId: id,
    attempt: `${id}/1`,
    type: 'succeeded',
    amount: 1_000,
    currency: 'EUR',
    failureCode: null,
  });
}
