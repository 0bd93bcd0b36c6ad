/** How often a subscription is charged: one choice for the whole order. */
import { nothing } from 'lit';
import { type CatalogueLink, totals } from '../../contract/index.js';
import { billingKey, billings } from '../checkout/draft.js';
import { readDraft } from '../checkout/reading.js';
import { radios } from './radios.js';
import type { FormView } from './view.js';

export function billingInterval(view: FormView, link: CatalogueLink) {
  const { draft, speech } = view;
  const choices = billings(link);
  if (choices.length < 2) return nothing;
  return radios(view, {
    field: 'billing',
    name: 'billing',
    legend: speech.say('billing'),
    choices: choices.map((billing) => {
      const value = billingKey(billing);
      return { value, caption: speech.caption(billing), more: amountUnder(view, link, value) };
    }),
    chosen: draft.billing ?? undefined,
    onChoose: (billing) => view.edit('billing', (now) => ({ ...now, billing })),
  });
}

/** What would recur under another interval, for this very choice of items. */
function amountUnder({ draft, speech }: FormView, link: CatalogueLink, billing: string) {
  const { selection } = readDraft(link, { ...draft, billing }, speech.locale, {});
  const recurring = totals(link, selection, link.now)?.recurring;
  return recurring ? speech.money(recurring.amount, link.currency) : undefined;
}
