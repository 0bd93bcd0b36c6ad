/** The fields of one price: how much, how often, and what few need. */
import { html, nothing, type TemplateResult } from 'lit';
import { intervals } from '../../contract/totals.js';
import type { Desk } from '../desk.js';
import { currencyChoices } from '../parts/currencies.js';
import { select, textField } from '../parts/field.js';
import { opened } from '../parts/opened.js';
import type { Mistakes } from '../parts/typed.js';
import type { DraftPrice } from './draft.js';

export interface PriceWriting {
  readonly desk: Desk;
  readonly price: DraftPrice;
  /** Under which its fields are named: `prices.0`. */
  readonly path: string;
  readonly mistakes: Mistakes;
  change(changes: Partial<DraftPrice>): void;
  leave(path: string): void;
}

type TextName = 'unitAmount' | 'intervalCount' | 'trialPeriodDays' | 'providerPriceId';

export function priceFields(writing: PriceWriting): TemplateResult {
  const { desk, price, path, mistakes, change, leave } = writing;
  const { products: says } = desk.words;
  const { rhythm } = price;
  const field = (name: TextName, label: string, hint?: string) => ({
    ...{ name: `${path}.${name}`, label, hint, value: price[name] },
    error: mistakes[`${path}.${name}`],
    onInput: (value: string) => change({ [name]: value }),
    onLeave: () => leave(`${path}.${name}`),
  });
  const number = { inputMode: 'numeric', isShort: true } as const;
  return html`
    <div class="row">
      ${textField({ ...field('unitAmount', says.amount), inputMode: 'decimal', suffix: price.currency })}
      ${select({
        ...{ name: `${path}.currency`, label: says.currency, value: price.currency },
        choices: currencyChoices(desk.locale),
        onInput: (currency) => change({ currency }),
      })}
      ${select({
        ...{ name: `${path}.rhythm`, label: says.howOften, value: rhythm },
        choices: [
          { value: 'once', label: says.once },
          ...intervals.map((value) => ({ value, label: says.rhythms[value] })),
        ],
        onInput: (value) => change({ rhythm: value as DraftPrice['rhythm'] }),
      })}
    </div>
    ${
      rhythm === 'once'
        ? nothing
        : html`<div class="row">
            ${textField({ ...field('intervalCount', says.everyHowMany[rhythm]), ...number })}
            ${textField({ ...field('trialPeriodDays', says.trialDays, says.trialHint), ...number })}
          </div>`
    }
    <details class="more-of" ${opened(Boolean(mistakes[`${path}.providerPriceId`]))}>
      <summary>${says.moreOfPrice}</summary>
      ${textField({ ...field('providerPriceId', says.providerPriceId, says.providerHint), maxLength: 100 })}
    </details>`;
}
