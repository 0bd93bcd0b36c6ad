/**
 * Buyers who buy whatever happens to the server: over HTTP, each wish with an idempotency key of its own, asked again
 * with the same key until it is answered. They keep their own record of every answer they got.
 */
import type { Json } from '../server/offers.js';

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Answer {
  readonly status: number;
  readonly text: string;
}
/** One HTTP request to the server that runs now. @throws where it got no whole answer */
export type Send = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>;

/** What the buyers and the merchant were told, and so must find in the books. */
export interface Told {
  /** By idempotency key, which is also the session's reference. */
  readonly opened: Map<string, string>;
  readonly complete: Set<string>;
  readonly canceled: Set<string>;
  /** By the id of the refund: its payment. */
  readonly refunded: Map<string, string>;
  /** Answers that nobody should ever get. */
  readonly faults: string[];
  refusals: number;
}

export interface Offer {
  readonly linkId: string;
  readonly request: (random: () => number) => Json;
}

interface World {
  /** To the server that runs now; waits while none does. */
  readonly send: Send;
  readonly apiKey: string;
  readonly offers: readonly Offer[];
  /** Sessions that have ended for us and not for the provider: their money will come late. */
  readonly late: string[];
  readonly random: () => number;
  isOver(): boolean;
}

/** What a buyer may be refused for, where all is well. */
const refusals = /temporarily_sold_out|link_exhausted|out_of_stock|promotion_code_used_up|conflict/;

export function createBuyers({ send, apiKey, offers, late, random, isOver }: World) {
  const told: Told = {
    ...{ opened: new Map(), complete: new Set(), canceled: new Set(), refunded: new Map() },
    ...{ faults: [], refusals: 0 },
  };
  let keys = 0;

  /** @returns undefined where it was refused, or where all is over before an answer came */
  async function ask(path: string, body: unknown, key: string, isMerchant = false): Promise<Json> {
    const headers = {
      'idempotency-key': key,
      ...(isMerchant && { authorization: `Bearer ${apiKey}` }),
    };
    while (!isOver()) {
      const answer = await send('POST', path, body, headers).catch(() => undefined);
      if (!answer || answer.text.includes('idempotency_in_flight')) {
        await wait(20);
        continue;
      }
      if (answer.status < 300) return JSON.parse(answer.text);
      if (answer.status < 500 && refusals.test(answer.text)) told.refusals += 1;
      else told.faults.push(`${path} ${JSON.stringify(body)}: ${answer.status} ${answer.text}`);
      return undefined;
    }
  }

  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const newKey = () => {
    keys += 1;
    return `wish-${keys}`;
  };

  async function play(id: string, wish: object): Promise<Json> {
    const session = await ask(`/v1/sandbox/checkout-sessions/${id}`, wish, newKey());
    if (session?.status === 'complete') told.complete.add(id);
    return session;
  }

  async function refund(id: string): Promise<void> {
    const headers = { authorization: `Bearer ${apiKey}` };
    const read = await send('GET', `/v1/checkout-sessions/${id}`, undefined, headers).catch(
      () => undefined,
    );
    if (read?.status !== 200) return;
    const { paymentId } = JSON.parse(read.text);
    const wish = { releaseRedemption: random() < 0.7, ...(random() < 0.3 && { amount: 100 }) };
    const made =
      paymentId && (await ask(`/v1/payments/${paymentId}/refunds`, wish, newKey(), true));
    if (made) told.refunded.set(made.id, paymentId);
  }

  async function cancel(id: string): Promise<void> {
    const ended = await ask(`/v1/public/checkout-sessions/${id}/cancel`, undefined, newKey());
    if (ended?.status === 'canceled') told.canceled.add(id);
  }

  async function buy(): Promise<void> {
    const lateOne = late.pop();
    if (lateOne) return void (await play(lateOne, { outcome: 'succeeded' }));
    const offer = pick(offers);
    const key = newKey();
    const request = { ...offer.request(random), reference: key };
    const path = `/v1/public/payment-links/${offer.linkId}/sessions`;
    const session = await ask(path, request, key);
    if (!session) return;
    told.opened.set(key, session.id);
    const mood = random();
    if (mood < 0.15) return;
    if (mood < 0.3) return cancel(session.id);
    if (mood < 0.4) await play(session.id, { outcome: 'declined' });
    const delayMs = random() < 0.3 ? 200 : 0;
    const duplicates = random() < 0.3 ? 2 : 0;
    await play(session.id, { outcome: 'succeeded', delayMs, duplicates });
    if (mood > 0.75) await refund(session.id);
  }

  return {
    told,
    /** So many at a time, one order after the other, until all is over. */
    async come(count: number): Promise<void> {
      const one = async () => {
        while (!isOver()) await buy();
      };
      await Promise.all(Array.from({ length: count }, one));
    },
  };
}
