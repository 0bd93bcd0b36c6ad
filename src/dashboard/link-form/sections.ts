/** The parts of the form of a link, from what every link needs to what few do. */
import { html, nothing, type TemplateResult } from 'lit';
import { requirements, submitTypes } from '../../contract/index.js';
import type { Desk } from '../desk.js';
import { brandingFields } from '../parts/branding.js';
import { currencyChoices } from '../parts/currencies.js';
import { type Choice, radios, select, textArea, textField, tick } from '../parts/field.js';
import { opened } from '../parts/opened.js';
import { type Writing as FormWriting, fieldOf } from '../parts/writing.js';
import type { Draft } from './draft.js';

export interface Writing extends FormWriting<Draft> {
  readonly isNew: boolean;
}

/** A part that is folded away until it is wanted, or something in it is wrong. */
export function section(
  { mistakes }: Writing,
  { title, hint, fields }: { title: string; hint: string; fields: readonly string[] },
  content: TemplateResult,
): TemplateResult {
  const isFaulty = Object.keys(mistakes).some((path) => fields.includes(path.split('.')[0] ?? ''));
  return html`<details class="section" ${opened(isFaulty)}>
    <summary><span class="section-title">${title}</span> <span class="hint">${hint}</span></summary>
    <div class="fields">${content}</div>
  </details>`;
}

const choicesOf = <Value extends string>(
  values: readonly Value[],
  labels: Readonly<Record<Value, string>>,
): Choice[] => values.map((value) => ({ value, label: labels[value] }));

export function basics(writing: Writing): TemplateResult {
  const { desk, draft, change, isNew } = writing;
  const { words } = desk;
  const says = words.linkForm;
  const types = ['amount', 'product', 'subscription'] as const;
  return html`
    ${
      isNew
        ? radios({
            ...{ name: 'type', label: says.type, value: draft.type },
            choices: choicesOf(types, words.type),
            onInput: (type) => change({ type: type as Draft['type'] }),
          })
        : nothing
    }
    ${textField({ ...fieldOf(writing, 'name', says.name, says.nameHint), maxLength: 200, isFirst: isNew })}
  `;
}

export function amounts(writing: Writing): TemplateResult {
  const { desk, draft, change } = writing;
  const says = desk.words.linkForm;
  const amount = (name: 'amount' | 'minAmount' | 'maxAmount', label: string) =>
    textField({
      ...fieldOf(writing, name, label),
      ...{ inputMode: 'decimal', isShort: true, suffix: draft.currency },
      isOptional: name !== 'amount',
    });
  return html`
    ${radios({
      ...{ name: 'whoDecides', label: says.whoDecides, value: draft.whoDecides },
      choices: [
        { value: 'merchant', label: says.fixed },
        { value: 'buyer', label: says.chosen },
      ],
      onInput: (whoDecides) => change({ whoDecides: whoDecides as Draft['whoDecides'] }),
    })}
    ${
      draft.whoDecides === 'merchant'
        ? amount('amount', says.amount)
        : html`<div class="row">${amount('minAmount', says.minAmount)} ${amount('maxAmount', says.maxAmount)}</div>
          ${textField({
            ...fieldOf(writing, 'suggestedAmounts', says.suggestedAmounts, says.suggestedHint),
            isOptional: true,
          })}`
    }
  `;
}

export function currencyField(writing: Writing): TemplateResult {
  const { desk, draft, change, isNew } = writing;
  if (!isNew) return html``;
  return select({
    ...{ name: 'currency', label: desk.words.linkForm.currency, value: draft.currency },
    choices: currencyChoices(desk.locale),
    onInput: (currency) => change({ currency }),
  });
}

export function describing(writing: Writing): TemplateResult {
  const says = writing.desk.words.linkForm;
  return html`
    ${textArea({ ...fieldOf(writing, 'description', says.description), isOptional: true, maxLength: 2000 })}
    ${textField({ ...fieldOf(writing, 'imageUrl', says.imageUrl, says.imageHint), type: 'url', isOptional: true })}
  `;
}

export function limits(writing: Writing): TemplateResult {
  const says = writing.desk.words.linkForm;
  const fields = ['expiresAt', 'maxRedemptions', 'allowPromotionCodes'];
  return section(
    writing,
    { title: says.limits, hint: says.limitsHint, fields },
    html`
      ${textField({ ...fieldOf(writing, 'expiresAt', says.expiresAt, says.expiresHint), type: 'datetime-local' })}
      ${textField({
        ...fieldOf(writing, 'maxRedemptions', says.maxRedemptions, says.maxHint),
        ...{ inputMode: 'numeric', isShort: true },
      })}
      ${tick({
        ...{ name: 'allowPromotionCodes', label: says.promotionCodes },
        isTicked: writing.draft.allowPromotionCodes,
        onChange: (allowPromotionCodes) => writing.change({ allowPromotionCodes }),
      })}
    `,
  );
}

export function look(writing: Writing): TemplateResult {
  const { desk, draft, change, mistakes } = writing;
  const says = desk.words.linkForm;
  return section(
    writing,
    { title: says.look, hint: says.lookHint, fields: ['branding'] },
    brandingFields({
      ...{ desk, mistakes, branding: draft.branding },
      change: (branding) => change({ branding }),
      leave: (path) => writing.leave(path),
    }),
  );
}

export function after(writing: Writing): TemplateResult {
  const { desk, draft, change } = writing;
  const says = desk.words.linkForm;
  const fields = ['submitType', 'submitMessage', 'inactiveMessage'];
  const urls = ['fallbackUrl', 'successUrl', 'cancelUrl'] as const;
  return section(
    writing,
    { title: says.after, hint: says.afterHint, fields: [...fields, ...urls] },
    html`
      ${select({
        ...{ name: 'submitType', label: says.submitType, value: draft.submitType },
        choices: choicesOf(submitTypes, says.submitTypes),
        onInput: (submitType) => change({ submitType: submitType as Draft['submitType'] }),
      })}
      ${textField({ ...fieldOf(writing, 'submitMessage', says.submitMessage), maxLength: 500 })}
      ${textField({ ...fieldOf(writing, 'inactiveMessage', says.inactiveMessage), maxLength: 500 })}
      ${urls.map((name) => textField({ ...fieldOf(writing, name, says[name]), type: 'url' }))}
      <p class="hint">${says.placeholders}</p>
    `,
  );
}

export function technical(writing: Writing): TemplateResult {
  const says = writing.desk.words.linkForm;
  return section(
    writing,
    {
      title: says.technical,
      hint: says.technicalHint,
      fields: ['slug', 'allowedOrigins', 'metadata'],
    },
    html`
      ${textField({ ...fieldOf(writing, 'slug', says.slug, says.slugHint(location.origin)), maxLength: 80 })}
      ${textArea(fieldOf(writing, 'allowedOrigins', says.allowedOrigins, says.originsHint))}
      ${textArea(fieldOf(writing, 'metadata', says.metadata, says.metadataHint))}
    `,
  );
}

export const requirementChoices = ({ words }: Desk): Choice[] =>
  choicesOf(requirements, words.linkForm.requirement);
