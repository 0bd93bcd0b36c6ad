/** Amounts the payment provider cannot take exactly: a franc more or less is not ours to give. */
import { type FieldProblem, Problem, type Totals } from '../../contract/index.js';
import type { Backend } from '../backend.js';

type ForAmounts = Pick<Backend, 'provider'>;

const stepOf = ({ provider }: ForAmounts, currency: string) => provider.amountStep?.(currency) ?? 1;

/** @param amounts by the path at which a request names them */
export function checkAmounts(
  backend: ForAmounts,
  currency: string,
  amounts: Iterable<readonly [path: string, amount: number | null | undefined]>,
): FieldProblem[] {
  const step = stepOf(backend, currency);
  const problems: FieldProblem[] = [];
  for (const [path, amount] of amounts)
    if (amount && amount % step !== 0)
      problems.push({
        path,
        code: 'not_payable',
        message: `${backend.provider.name} takes ${currency} in multiples of ${step} minor units only`,
        limit: step,
      });
  return problems;
}

/**
 * What was offered before this provider was chosen may be offered still.
 * @throws Problem for an order that it cannot take
 */
export function checkPayable(backend: ForAmounts, priced: Totals, isChosen: boolean): void {
  const { currency, lines, discount } = priced;
  const path = isChosen ? 'amount' : 'items';
  const amounts = lines.map(({ unitAmount }) => [path, unitAmount] as const);
  // Known in every language of the form.
  const errors = checkAmounts(backend, currency, amounts).map((problem) => ({
    ...problem,
    code: 'invalid_format',
  }));
  if (errors.length)
    throw new Problem('invalid_selection', 'The payment provider cannot take this amount.', {
      errors: errors.slice(0, 1),
    });
  if (checkAmounts(backend, currency, [['promotionCode', discount]]).length)
    throw new Problem(
      'promotion_code_not_eligible',
      'What the code takes off leaves an amount that the payment provider cannot take.',
    );
}
