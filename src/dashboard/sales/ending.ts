/** How a subscription can be ended, and what is in the way. */
import type { Subscription } from '../../contract/index.js';
import type { DeskProblem } from '../api.js';
import { troubleIn } from '../trouble.js';
import type { Words } from '../words/words.js';

/** Not where that is planned already; of one that is past due no paid period is left: it ends at once. */
export const canCancelLater = ({ status, nextChargeAt, cancelAt }: Subscription): boolean =>
  nextChargeAt !== null && cancelAt === null && (status === 'active' || status === 'trialing');

export function endingTrouble(words: Words, problem: DeskProblem): string {
  const { subscription: says } = words.sales;
  if (problem.code === 'provider_unavailable') return says.away;
  return problem.code === 'conflict' ? says.elsewhere : troubleIn(words, problem);
}
