/** A group of native radios with captions of their own: options, suggestions, intervals. */
import { html, nothing, type TemplateResult } from 'lit';
import { errorOf, type FormView, faultOf, isChecked } from './view.js';

export interface Choice {
  readonly value: string;
  readonly caption: string;
  /** Beside the caption: a price, “Sold out”. */
  readonly more?: string | undefined;
  /** Can be chosen and read, but not bought. */
  readonly isGone?: boolean;
  /** Before the caption: a swatch. */
  readonly look?: unknown;
}

export interface Choices {
  readonly field: string;
  readonly name: string;
  readonly legend: string;
  readonly choices: readonly Choice[];
  readonly chosen: string | undefined;
  readonly onChoose: (value: string) => void;
  /** Stands inside the group: the text box of “Other…”. */
  readonly after?: TemplateResult | typeof nothing;
  /** One below the other: each says much beside its caption. */
  readonly isStacked?: boolean;
  /** The error is shown by another part of the same field. */
  readonly isPart?: boolean;
}

export function radios(view: FormView, group: Choices) {
  const {
    field,
    name,
    legend,
    choices,
    chosen,
    onChoose,
    after = nothing,
    isPart,
    isStacked,
  } = group;
  const { invalid, describedBy } = faultOf(view, field);
  return html`
    <fieldset
      class="field"
      part="field"
      role="radiogroup"
      aria-labelledby="${name}-legend"
      aria-invalid=${isPart ? nothing : invalid}
      aria-describedby=${isPart ? nothing : describedBy}
    >
      <legend part="label" id="${name}-legend">${legend}</legend>
      <div class="options ${isStacked ? 'rows' : ''}">
        ${choices.map(({ value, caption, more, isGone = false, look }) => {
          const isChosen = value === chosen;
          return html`<label
            class="option ${isChosen ? 'chosen' : ''} ${isGone ? 'gone' : ''}"
            part="option"
          >
            <input
              type="radio"
              name=${name}
              .value=${value}
              .checked=${isChosen}
              @change=${(event: Event) => isChecked(event) && onChoose(value)}
            />
            ${look}<span class="caption">${caption}</span>
            ${more ? html`<span class="more">${more}</span>` : nothing}
          </label>`;
        })}
      </div>
      ${after} ${isPart ? nothing : errorOf(view, field)}
    </fieldset>
  `;
}
