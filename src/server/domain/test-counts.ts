/** Going live: what was used in trying things out is there for buyers, and nothing that was tried is under way. */
import { type Id, Problem } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { moveSession } from '../store/checkout-sessions.js';
import { transaction } from '../store/database.js';
import { findChargeUnderWay, lockSubscription } from '../store/subscriptions.js';
import {
  countTestUses,
  findOpenTests,
  findTestSubscriptions,
  findTestUses,
  markReset,
} from '../store/test-counts.js';
import { afterEnd } from './after-end.js';
import { failPayment } from './payment.js';
import { release } from './refund.js';
import { endSubscription } from './subscription.js';

export interface TestCounts {
  /** Complete test sessions whose use, stock and code count. */
  readonly complete: number;
  /** Open test sessions, or under way. */
  readonly open: number;
  /** Test subscriptions that go on. */
  readonly subscriptions: number;
}

const batch = 100;

/**
 * What complete test sessions used is given back, and what has not ended is canceled. Each of them is a
 * transaction of its own, so it may be broken off and begun again. Their payments and statistics stay as they were.
 * @throws Problem `conflict` where the provider is on its test side: what is tried there is to count
 */
export async function resetTestCounts(backend: Backend): Promise<TestCounts> {
  if (backend.provider.testMode)
    throw new Problem(
      'conflict',
      `Payments are by ${backend.provider.name} on its test side: what is tried there is to count.`,
    );
  const open = await each(
    (after) => findOpenTests(backend.db, after, batch),
    (id) => cancelTest(backend, id),
  );
  const complete = await each(
    (after) => findTestUses(backend.db, after, batch),
    (id) => giveTestBack(backend, id),
  );
  const subscriptions = await each(
    (after) => findTestSubscriptions(backend.db, after, batch),
    (id) => endTest(backend, id),
  );
  return { complete, open, subscriptions };
}

interface Found<Of extends string> {
  readonly id: Of;
  readonly seq: number;
}

/** @returns for how many it was done: two commands at once share the work */
async function each<Of extends string>(
  find: (after: number) => Promise<Found<Of>[]>,
  work: (id: Of) => Promise<boolean>,
): Promise<number> {
  let count = 0;
  let after = 0;
  for (;;) {
    const found = await find(after);
    for (const { id } of found) if (await work(id)) count += 1;
    const last = found.at(-1);
    if (!last) return count;
    after = last.seq;
  }
}

/** Nothing of it can be heard any more; should money come nevertheless, it is late money. */
const cancelTest = (backend: Backend, id: Id<'checkoutSession'>): Promise<boolean> =>
  transaction(backend.db, async (tx) => {
    const isMoved = await moveSession(tx, id, { from: ['open', 'processing'], to: 'canceled' });
    if (isMoved) await afterEnd(backend, tx, [id], 'canceled');
    return isMoved;
  });

const giveTestBack = (backend: Backend, id: Id<'checkoutSession'>): Promise<boolean> =>
  transaction(backend.db, async (tx) => {
    const isMarked = await markReset(tx, id);
    if (isMarked) await release(backend, tx, id);
    return isMarked;
  });

/** No key of ours would renew it. */
const endTest = (backend: Backend, id: Id<'subscription'>): Promise<boolean> =>
  transaction(backend.db, async (tx) => {
    const subscription = await lockSubscription(tx, id);
    if (!subscription || subscription.status === 'canceled') return false;
    // What was being charged is no money, and nobody will say what became of it.
    const begun = await findChargeUnderWay(tx, subscription);
    if (begun) await failPayment(backend, tx, begun.id, 'provider_error');
    await endSubscription(backend, tx, subscription, 'requested');
    return true;
  });

const counted = (count: number, one: string, many = `${one}s`) =>
  `${count} ${count === 1 ? one : many}`;

export function resetInWords({ complete, open, subscriptions }: TestCounts): string {
  if (!complete && !open && !subscriptions)
    return 'no test session counts, there was nothing to reset.';
  const back = `what ${counted(complete, 'complete test session')} used was given back`;
  const ended = [
    counted(open, 'test session that had not ended', 'test sessions that had not ended'),
    ...(subscriptions ? [counted(subscriptions, 'test subscription')] : []),
  ];
  return `${back}; canceled: ${ended.join(' and ')}.`;
}

/** For the log of a start with real money; undefined where nothing of a test counts. */
export async function offerReset({ db, provider }: Backend): Promise<string | undefined> {
  if (provider.testMode) return undefined;
  const { complete, open, subscriptions } = await countTestUses(db);
  if (!complete && !open && !subscriptions) return undefined;
  const uses = `Uses, stock and promotion codes still count ${counted(complete + open, 'test session')} from before real money moved`;
  const renewed = subscriptions
    ? `, and nobody renews ${counted(subscriptions, 'test subscription')}`
    : '';
  return `${uses}${renewed}: npm run reset-test-counts puts that right.`;
}
