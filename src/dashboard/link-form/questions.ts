/** What buyers are asked, and the merchant's own questions. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { select, textArea, textField, tick } from '../parts/field.js';
import { stayNear } from '../parts/stay-near.js';
import { fieldOf } from '../parts/writing.js';
import { type Draft, type DraftQuestion, emptyQuestion } from './draft.js';
import { requirementChoices, section, type Writing } from './sections.js';

export function asked(writing: Writing): TemplateResult {
  const { desk, draft, change } = writing;
  const says = desk.words.linkForm;
  const requirement = (name: 'collectEmail' | 'collectName' | 'collectPhone') =>
    select({
      ...{ name, label: says[name], value: draft[name], choices: requirementChoices(desk) },
      onInput: (value) => change({ [name]: value }),
    });
  const ask = (name: 'collectBillingAddress' | 'collectShippingAddress', label: string) =>
    tick({
      ...{ name, label, isTicked: draft[name] },
      onChange: (isTicked) => change({ [name]: isTicked } as Partial<Draft>),
    });
  const fields = [
    ...['collectEmail', 'collectName', 'collectPhone', 'countries'],
    ...['customFields', 'termsUrl'],
  ];
  return section(
    writing,
    { title: says.asked, hint: says.askedHint, fields },
    html`
      <div class="row">${requirement('collectEmail')} ${requirement('collectName')} ${requirement('collectPhone')}</div>
      ${ask('collectBillingAddress', says.billingAddress)} ${ask('collectShippingAddress', says.shippingAddress)}
      ${draft.collectShippingAddress ? textField(fieldOf(writing, 'countries', says.countries, says.countriesHint)) : nothing}
      ${questions(writing)}
      ${textField({ ...fieldOf(writing, 'termsUrl', says.termsUrl), type: 'url' })}
    `,
  );
}

function questions(writing: Writing): TemplateResult {
  const { desk, draft, change } = writing;
  const says = desk.words.linkForm;
  return html`<fieldset class="items">
    <legend>${says.questions}</legend>
    ${repeat(
      draft.customFields,
      ({ key }) => key,
      (question, index) => questionOf(writing, question, index),
    )}
    ${
      draft.customFields.length < 20
        ? html`<button class="secondary" type="button"
          @click=${() => change({ customFields: [...draft.customFields, emptyQuestion(draft.customFields)] })}>${says.addQuestion}</button>`
        : nothing
    }
  </fieldset>`;
}

function questionOf(writing: Writing, question: DraftQuestion, index: number): TemplateResult {
  const { desk, draft, mistakes, change, leave } = writing;
  const says = desk.words.linkForm;
  const set = (changes: Partial<DraftQuestion>) =>
    change({
      customFields: draft.customFields.map((one, at) =>
        at === index ? { ...one, ...changes } : one,
      ),
    });
  const field = (name: 'label' | 'options' | 'pattern' | 'maxLength', label: string) => ({
    ...{ name: `customFields.${index}.${name}`, label, value: question[name] },
    error: mistakes[`customFields.${index}.${name}`],
    onInput: (value: string) => set({ [name]: value }),
    onLeave: () => leave(`customFields.${index}.${name}`),
  });
  const remove = () => change({ customFields: draft.customFields.filter((_, at) => at !== index) });
  return html`<section class="item" aria-label=${question.label || says.questionLabel}>
    ${textField({ ...field('label', says.questionLabel), maxLength: 100 })}
    ${select({
      ...{ name: `customFields.${index}.type`, label: says.questionType, value: question.type },
      choices: Object.entries(says.questionTypes).map(([value, label]) => ({ value, label })),
      onInput: (type) => set({ type: type as DraftQuestion['type'] }),
    })}
    ${question.type === 'dropdown' ? textArea(field('options', says.questionOptions)) : nothing}
    ${
      question.type === 'text'
        ? html`<div class="row">
          ${textField({ ...field('pattern', says.questionPattern), hint: says.questionPatternHint })}
          ${textField({ ...field('maxLength', says.questionMaxLength), inputMode: 'numeric', isShort: true })}
        </div>`
        : nothing
    }
    ${tick({
      ...{
        name: `customFields.${index}.required`,
        label: says.questionRequired,
        isTicked: question.required,
      },
      onChange: (required) => set({ required }),
    })}
    <p class="item-actions"><button class="quiet" type="button" aria-label=${says.removeQuestion(question.label)}
      @click=${(event: Event) => stayNear(event, remove)}>${desk.words.common.remove}</button></p>
  </section>`;
}
