/** The parts of the form of a new code. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { type Coupon, durations } from '../../contract/index.js';
import { durationText, offText } from '../parts/coupon-shown.js';
import { currencyChoices } from '../parts/currencies.js';
import { radios, select, textField, tick } from '../parts/field.js';
import { stayNear } from '../parts/stay-near.js';
import { type Writing as FormWriting, fieldOf } from '../parts/writing.js';
import { type CodeDraft, codeFrom, type DraftAmount, emptyAmount } from './draft.js';

export type Writing = FormWriting<CodeDraft>;

export function codeText(writing: Writing): TemplateResult {
  const { codes: says } = writing.desk.words;
  const makeUp = () =>
    writing.change({ code: codeFrom(crypto.getRandomValues(new Uint8Array(8))) });
  return html`<div class="with-button">
    ${textField({
      ...fieldOf(writing, 'code', says.codeField, says.codeHint),
      ...{ maxLength: 40, isFirst: true, isOptional: true },
    })}
    <button class="secondary" type="button" @click=${makeUp}>${says.makeUp}</button>
  </div>`;
}

export function takingOff(writing: Writing, coupons: readonly Coupon[]): TemplateResult {
  const { desk, draft, change } = writing;
  const { codes: says } = desk.words;
  const choice = (coupon: Coupon) => ({
    value: coupon.id,
    label: [coupon.name, offText(desk, coupon), durationText(desk, coupon)]
      .filter(Boolean)
      .join(' · '),
  });
  return html`
    ${
      coupons.length
        ? select({
            ...{ name: 'couponId', label: says.which, hint: says.whichHint, value: draft.couponId },
            choices: [{ value: '', label: says.whichNew }, ...coupons.map(choice)],
            onInput: (couponId) => change({ couponId }),
          })
        : nothing
    }
    ${draft.couponId ? nothing : newCoupon(writing)}`;
}

function newCoupon(writing: Writing): TemplateResult {
  const { desk, draft, change } = writing;
  const { codes: says } = desk.words;
  const kinds = ['percent', 'amount'] as const;
  return html`
    ${radios({
      ...{ name: 'kind', label: says.kind, value: draft.kind },
      choices: kinds.map((value) => ({ value, label: says.kinds[value] })),
      onInput: (kind) => change({ kind: kind as CodeDraft['kind'] }),
    })}
    ${
      draft.kind === 'percent'
        ? textField({
            ...fieldOf(writing, 'percent', says.percent),
            ...{ inputMode: 'decimal', isShort: true, suffix: '%' },
          })
        : amounts(writing)
    }
    ${radios({
      ...{ name: 'duration', label: says.duration, value: draft.duration, hint: says.durationHint },
      choices: durations.map((value) => ({ value, label: says.durationChoices[value] })),
      onInput: (duration) => change({ duration: duration as CodeDraft['duration'] }),
    })}
    ${
      draft.duration === 'repeating'
        ? textField({
            ...fieldOf(writing, 'months', says.months),
            ...{ inputMode: 'numeric', isShort: true },
          })
        : nothing
    }
    ${textField({ ...fieldOf(writing, 'name', says.name, says.nameHint), maxLength: 200, isOptional: true })}`;
}

function amounts(writing: Writing): TemplateResult {
  const { desk, draft, mistakes, change, leave } = writing;
  const { codes: says, common } = desk.words;
  const set = (key: number, changes: Partial<DraftAmount>) =>
    change({
      amounts: draft.amounts.map((one) => (one.key === key ? { ...one, ...changes } : one)),
    });
  const free = (first: string) =>
    [first, 'EUR', 'XAF', 'USD', 'GBP'].find(
      (code) => !draft.amounts.some(({ currency }) => currency === code),
    ) ?? first;
  const remove = (key: number) =>
    change({ amounts: draft.amounts.filter((one) => one.key !== key) });
  const head = ({ key, currency }: DraftAmount, index: number) => html`<div class="item-head">
    <p class="item-name">${says.amountIn(index + 1)}</p>
    <button class="quiet" type="button" aria-label=${says.removeAmount(currency)}
      @click=${(event: Event) => stayNear(event, () => remove(key))}>${common.remove}</button>
  </div>`;
  return html`<fieldset class="items">
    <legend>${says.kinds.amount}</legend>
    <p class="hint">${says.amountsHint}</p>
    ${repeat(
      draft.amounts,
      ({ key }) => key,
      (one, index) => {
        const path = `amounts.${index}`;
        return html`<section class="item" aria-label=${says.amountIn(index + 1)}>
          ${draft.amounts.length > 1 ? head(one, index) : nothing}
          <div class="row">
            ${textField({
              ...{ name: `${path}.amount`, label: says.amount, value: one.amount },
              ...{ error: mistakes[`${path}.amount`], inputMode: 'decimal', suffix: one.currency },
              onInput: (amount) => set(one.key, { amount }),
              onLeave: () => leave(`${path}.amount`),
            })}
            ${select({
              ...{ name: `${path}.currency`, label: says.currency, value: one.currency },
              ...{ error: mistakes[`${path}.currency`], choices: currencyChoices(desk.locale) },
              onInput: (currency) => set(one.key, { currency }),
            })}
          </div>
        </section>`;
      },
    )}
    <p><button class="secondary" type="button"
      @click=${() => change({ amounts: [...draft.amounts, emptyAmount(free('EUR'))] })}>${says.addAmount}</button></p>
  </fieldset>`;
}

export function limits(writing: Writing): TemplateResult {
  const { desk, draft, change } = writing;
  const { codes: says } = desk.words;
  return html`<fieldset class="items">
    <legend>${says.limits}</legend>
    <div class="row">
      ${textField({
        ...fieldOf(writing, 'maxRedemptions', says.maxRedemptions, says.maxHint),
        inputMode: 'numeric',
      })}
      ${textField({
        ...fieldOf(writing, 'expiresAt', says.expiresAt, says.expiresHint),
        type: 'datetime-local',
      })}
    </div>
    <div class="row">
      ${textField({
        ...fieldOf(writing, 'minimumAmount', says.minimumAmount, says.minimumHint),
        ...{ inputMode: 'decimal', suffix: draft.minimumCurrency, isOptional: true },
      })}
      ${select({
        ...{ name: 'minimumCurrency', label: says.currency, value: draft.minimumCurrency },
        choices: currencyChoices(desk.locale),
        onInput: (minimumCurrency) => change({ minimumCurrency }),
      })}
    </div>
    <div>
      ${tick({
        ...{ name: 'firstTime', label: says.firstTime, isTicked: draft.firstTime },
        onChange: (firstTime) => change({ firstTime }),
      })}
      <p class="hint">${says.firstTimeHint}</p>
    </div>
  </fieldset>`;
}
