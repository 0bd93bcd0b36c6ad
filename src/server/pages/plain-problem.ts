/** A refused plain form, in a buyer's words: the codes are the API's, its sentences are for developers. */
import type { Problem } from '../../contract/index.js';
import type { HostedPageView } from './hosted-view.js';
import { type PageLocale, type Words, wordsIn } from './words.js';

/** Fields are named as the form names them: `customer.email` is `email`, `items.0.quantity` is `quantity`. */
export function plainProblem(
  { code, errors = [] }: Pick<Problem, 'code' | 'errors'>,
  locale: PageLocale,
): NonNullable<HostedPageView['problem']> {
  const words = wordsIn(locale);
  const fields = Object.fromEntries(
    errors.map(({ path, code }) => [path.split('.').at(-1) ?? path, fieldSentence(code, words)]),
  );
  const sentences: Partial<Record<string, string>> = words.problems;
  return { message: sentences[code] ?? words.problems.internal, fields };
}

const fieldSentence = (code: string, { fieldProblems }: Words): string =>
  code in fieldProblems
    ? fieldProblems[code as keyof Words['fieldProblems']]
    : fieldProblems.invalid;
