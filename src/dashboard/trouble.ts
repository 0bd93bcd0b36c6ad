/** What went wrong, in the merchant's words; what only the server can say stays in its own, and is marked as such. */
import { html, type TemplateResult } from 'lit';
import type { FieldProblem } from '../contract/index.js';
import type { DeskProblem } from './api.js';
import type { Words } from './words/words.js';

export function troubleIn({ common, trouble }: Words, problem: DeskProblem): string {
  if (problem.code === 'network') return common.network;
  const known = (trouble.codes as Readonly<Record<string, string>>)[problem.code];
  return known ?? common.unknown(inEnglish(problem.message));
}

/** A rule of a field that no sentence of its form is about. */
export function ruleIn(
  { problems, trouble }: Words,
  { code, message }: Pick<FieldProblem, 'code' | 'message'>,
): string {
  if (code === 'required' || (code === 'invalid_type' && message === 'required'))
    return problems.required;
  if (code === 'too_big') return problems.tooLong;
  const known = (trouble.rules as Readonly<Record<string, string>>)[code];
  return known ?? trouble.rule(inEnglish(message));
}

/** The server speaks English to everybody. The marks are those that Unicode has around words from elsewhere. */
const inEnglish = (words: string) => `\u2068${words}\u2069`;

/** A sentence as it is drawn: a voice that reads it aloud says the server's words in their language. */
export function spoken(sentence: string): TemplateResult | string {
  const [before, rest] = sentence.split('\u2068');
  if (rest === undefined) return sentence;
  const [words, after] = rest.split('\u2069');
  return html`${before}<span lang="en">${words}</span>${after}`;
}
