/** How an item is charged that is written out on a link: once, or each period of a subscription. */
import type { FieldProblem, LinkType, NewItem } from '../../contract/index.js';

type WrittenItem = Extract<NewItem, { unitAmount: number }>;

export const billingOf = ({ interval, intervalCount, trialPeriodDays }: WrittenItem) =>
  interval === undefined
    ? { type: 'one_time' as const }
    : {
        ...{ type: 'recurring' as const, interval },
        ...(intervalCount !== undefined && { intervalCount }),
        ...(trialPeriodDays !== undefined && { trialPeriodDays }),
      };

export function checkBilling(
  { interval, intervalCount, trialPeriodDays }: WrittenItem,
  { type, path }: { readonly type: LinkType; readonly path: string },
): FieldProblem[] {
  const problem = (name: string, message: string) => ({
    ...{ path: `${path}.${name}`, code: 'not_expected', message },
  });
  if (interval !== undefined)
    return type === 'subscription'
      ? []
      : [problem('interval', 'only a subscription link charges each period')];
  const asked = { intervalCount, trialPeriodDays };
  return Object.entries(asked).flatMap(([name, value]) =>
    value === undefined ? [] : [problem(name, 'only beside an interval')],
  );
}
