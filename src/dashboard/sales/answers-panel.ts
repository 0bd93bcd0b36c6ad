/** What the buyer answered to the questions of the link. */
import { html, nothing, type TemplateResult } from 'lit';
import type { MerchantLink, MerchantSession } from '../../contract/index.js';
import type { Desk } from '../desk.js';
import { facts } from '../parts/facts.js';

export function answersPanel(
  desk: Desk,
  { customFields: given }: Pick<MerchantSession, 'customFields'>,
  { customFields: questions }: Pick<MerchantLink, 'customFields'>,
): TemplateResult | typeof nothing {
  const { common, sales } = desk.words;
  const written = (answer: string | number | boolean) => {
    if (typeof answer === 'boolean') return answer ? common.yes : common.no;
    return typeof answer === 'number' ? answer.toLocaleString(desk.locale) : answer;
  };
  const labels = new Map(questions.map(({ key, label }) => [key, label]));
  // As they were asked, and then those that are asked no longer.
  const keys = new Set([...labels.keys(), ...Object.keys(given)]);
  const answers = [...keys].flatMap((key) => {
    const answer = given[key];
    return answer === undefined ? [] : [[labels.get(key) ?? key, written(answer)] as const];
  });
  if (!answers.length) return nothing;
  return html`<section class="panel" aria-labelledby="answers-title">
    <h2 id="answers-title">${sales.payment.answers}</h2>
    ${facts(answers, 'pairs')}
  </section>`;
}
