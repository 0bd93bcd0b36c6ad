/** A shop that has sold with real money, and where none moves any more. */
import type { Backend } from '../backend.js';
import { hasRealPayments } from '../store/payments.js';

/** For the log of a start; undefined where nothing is amiss. */
export async function warnOfPlay({ db, provider }: Backend): Promise<string | undefined> {
  if (!provider.testMode || !(await hasRealPayments(db))) return undefined;
  const { name } = provider;
  const side = name === 'sandbox' ? 'the sandbox' : `${name} on its test side`;
  return `This database has sold with real money, and payments are by ${side} now: buyers get what they order and pay nothing.`;
}
