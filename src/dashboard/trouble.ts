/** What went wrong, in the merchant's words. */
import type { DeskProblem } from './api.js';
import type { Words } from './words/words.js';

export function troubleIn(words: Words, problem: DeskProblem): string {
  if (problem.code === 'network') return words.common.network;
  return words.common.unknown(problem.message);
}
