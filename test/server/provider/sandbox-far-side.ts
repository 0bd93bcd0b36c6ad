/** The sandbox's far side, in our own process: what it tells is held back until a test delivers it. */
import { Problem, problemStatus } from '../../../src/contract/index.js';
import { applyProviderEvent } from '../../../src/server/domain/settlement.js';
import { newToken } from '../../../src/server/new-id.js';
import type { Provider, ProviderEvent } from '../../../src/server/provider/provider.js';
import { createSandbox, type Play } from '../../../src/server/provider/sandbox.js';
import { createSandboxBook } from '../../../src/server/store/sandbox.js';
import type { House } from '../house.js';
import type { FarSide, Fault, Message, Payment } from './far-side.js';

type SessionId = ProviderEvent['sessionId'];

export async function startSandbox(): Promise<FarSide> {
  let house: House;
  const openings: Fault[] = [];
  const readings = new Map<string, Fault[]>();

  const checkoutOf = (ref: string) =>
    house.backend.db
      .selectFrom('sandboxCheckout')
      .selectAll()
      .where('checkoutSessionId', '=', ref as SessionId)
      .executeTakeFirstOrThrow();

  const messageOf = (events: readonly ProviderEvent[]): Message => ({
    body: JSON.stringify(events),
    headers: {},
  });

  /** By the sandbox itself; past its book where the book knows that the checkout is over. */
  async function played(ref: string, play: Play): Promise<ProviderEvent[]> {
    const told: ProviderEvent[] = [];
    const sandbox = createSandbox({
      book: { ...createSandboxBook(house.backend.db), open: async () => {} },
      newId: newToken,
      tell: async (event) => void told.push(event),
      wakeIn: () => {},
    });
    if (await sandbox.play(ref as SessionId, play)) return told;
    const { amount, currency, attempts } = await checkoutOf(ref);
    return [
      {
        ...{ provider: 'sandbox', id: newToken(), sessionId: ref as SessionId },
        ...{ attempt: `${ref}/${Math.max(attempts, 1)}`, type: 'succeeded', failureCode: null },
        ...{ amount, currency },
      },
    ];
  }

  /** No line is there to break: it is as if. */
  async function meeting<Answer>(fault: Fault | undefined, work: () => Promise<Answer>) {
    if (fault === undefined) return work();
    if (fault === 'after') await work();
    throw new Error(`The sandbox was not heard: ${fault}`);
  }

  function breakable(provider: Provider): void {
    const { open, expire } = provider;
    provider.open = (checkout) => meeting(openings.shift(), () => open(checkout));
    provider.expire = (ref, times) => meeting(readings.get(ref)?.shift(), () => expire(ref, times));
  }

  return {
    enter(entered) {
      house = entered;
      breakable(house.backend.provider);
    },
    async deliver({ body }) {
      try {
        for (const event of JSON.parse(body)) await applyProviderEvent(house.backend, event);
        return 204;
      } catch (error) {
        if (error instanceof Problem) return problemStatus[(error as Problem).code];
        throw error;
      }
    },
    async count() {
      const rows = house.backend.db.selectFrom('sandboxCheckout').select('checkoutSessionId');
      return (await rows.execute()).length;
    },
    amountOf: async (ref) => (await checkoutOf(ref)).amount,
    async statusOf(ref) {
      const { status } = await checkoutOf(ref);
      if (status === 'paid') return 'complete';
      return status === 'open' || status === 'pending' ? 'open' : 'expired';
    },
    async expire(ref) {
      await createSandboxBook(house.backend.db).expire(ref);
    },
    async pay(ref, { amount, currency }: Payment = {}) {
      const events = await played(ref, { outcome: 'succeeded' });
      const wrong = { ...(amount !== undefined && { amount }), ...(currency && { currency }) };
      return messageOf(events.map((event) => ({ ...event, ...wrong })));
    },
    decline: async (ref) =>
      messageOf(await played(ref, { outcome: 'declined', reason: 'insufficient_funds' })),
    async elsewhere(ref) {
      const { amount, currency } = await checkoutOf(ref);
      return messageOf([
        {
          ...{ provider: 'sandbox', id: newToken(), sessionId: ref as SessionId },
          ...{ checkout: 'somebody else’s', attempt: newToken(), type: 'succeeded' },
          ...{ amount, currency, failureCode: null },
        },
      ]);
    },
    unknown: () =>
      messageOf([
        {
          ...{ provider: 'sandbox', id: newToken(), sessionId: `cs_${'0'.repeat(24)}` },
          ...{ attempt: newToken(), type: 'succeeded', amount: 1, currency: 'EUR' },
          failureCode: null,
        },
      ]),
    meet(...faults) {
      openings.splice(0, openings.length, ...faults);
    },
    meetReading: (ref, ...faults) => void readings.set(ref, faults),
    close: async () => {},
  };
}
