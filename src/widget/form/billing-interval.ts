/** How often a subscription is charged: one choice for the whole order, with what a longer one saves. */
import { nothing } from 'lit';
import { type CatalogueLink, totals } from '../../contract/index.js';
import { type Billing, billingKey, billings } from '../checkout/draft.js';
import { readDraft } from '../checkout/reading.js';
import { radios } from './radios.js';
import type { FormView } from './view.js';

export function billingInterval(view: FormView, link: CatalogueLink) {
  const { draft, speech } = view;
  const choices = billings(link).map((billing) => ({
    ...billing,
    key: billingKey(billing),
    amount: amountUnder(view, link, billing),
  }));
  if (choices.length < 2) return nothing;
  return radios(view, {
    field: 'billing',
    name: 'billing',
    isStacked: true,
    legend: speech.say('billing'),
    choices: choices.map((billing) => ({
      value: billing.key,
      caption: speech.caption(billing),
      more: billing.amount
        ? `${speech.money(billing.amount, link.currency)} ${savingOf(view, billing, choices)}`
        : undefined,
    })),
    chosen: draft.billing ?? undefined,
    onChoose: (key) => view.edit('billing', (now) => ({ ...now, billing: key })),
  });
}

/** What would recur under an interval, for this very choice of items, in minor units. */
function amountUnder({ draft, speech }: FormView, link: CatalogueLink, billing: Billing) {
  const other = { ...draft, billing: billingKey(billing) };
  const { selection } = readDraft(link, other, speech.locale, {});
  return totals(link, selection, link.now)?.recurring?.amount ?? 0;
}

const days = { day: 1, week: 7, month: 30.4375, year: 365.25 };

const lengthOf = ({ interval, intervalCount }: Billing) => days[interval] * intervalCount;

type Priced = Billing & { readonly amount: number };

/** Against the first interval that goes into this one several times: “2 months free”, else “Save 15 %”. */
function savingOf({ speech }: FormView, billing: Priced, others: readonly Priced[]): string {
  const times = (one: Priced) => lengthOf(billing) / lengthOf(one);
  const short = others.find((one) => times(one) > 1 && Number.isInteger(times(one)));
  if (!short?.amount) return '';
  const full = times(short) * short.amount;
  const saved = full - billing.amount;
  if (saved <= 0) return '';
  if (saved % short.amount === 0 && lengthOf(short) === days.month)
    return `· ${speech.count('monthsFree', saved / short.amount)}`;
  const percent = Math.floor((100 * saved) / full);
  return percent > 0 ? `· ${speech.say('save', { off: speech.percent(percent) })}` : '';
}
