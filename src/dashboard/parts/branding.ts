/** Colours and shape of a merchant's forms, as they are being chosen: of one link, or of all of them. */
import { html, type TemplateResult } from 'lit';
import { type Branding, fontNames } from '../../contract/index.js';
import type { Desk } from '../desk.js';
import { contrastWarnings } from '../link-form/contrast.js';
import { idOf, select, textField } from './field.js';

export const colors = [
  ...(['accent', 'onAccent', 'surface', 'text', 'muted', 'border', 'danger'] as const),
];

/** What stands in the fields; empty is as usual. */
export type BrandingDraft = Readonly<Record<keyof Branding, string>>;

export const noBranding: BrandingDraft = {
  ...{ accent: '', onAccent: '', surface: '', text: '', muted: '', border: '', danger: '' },
  ...{ radius: '', gap: '', font: '' },
};

export const brandingDraftOf = (branding: Branding | null): BrandingDraft => ({
  ...noBranding,
  ...Object.fromEntries(
    Object.entries(branding ?? {}).map(([name, value]) => [name, `${value ?? ''}`]),
  ),
});

/** @param integer reads a length, and says what is wrong with it. @returns null where all is as usual */
export function brandingOf(
  draft: BrandingDraft,
  integer: (path: string, text: string) => number | null,
): Record<string, string | number | null> | null {
  const chosen = Object.entries(draft).filter(([, value]) => value !== '');
  if (!chosen.length) return null;
  return Object.fromEntries(
    chosen.map(([name, value]) => {
      const isNumber = name === 'radius' || name === 'gap';
      return [name, isNumber ? integer(`branding.${name}`, value) : value];
    }),
  );
}

interface Choosing {
  readonly desk: Desk;
  readonly branding: BrandingDraft;
  readonly mistakes: Readonly<Record<string, string>>;
  change(branding: BrandingDraft): void;
  leave(path: string): void;
}

export function brandingFields(choosing: Choosing): TemplateResult {
  const { desk, branding, mistakes } = choosing;
  const says = desk.words.linkForm;
  const set = (name: keyof BrandingDraft, value: string) =>
    choosing.change({ ...branding, [name]: value });
  const color = (name: (typeof colors)[number]) => html`<div class="field color">
    <label for=${idOf(`branding.${name}`)}>${says[name]}</label>
    <div class="color-line">
      <input id=${idOf(`branding.${name}`)} type="color" .value=${branding[name] || '#888888'} class=${branding[name] ? '' : 'unset'}
        @input=${(event: Event) => set(name, (event.target as HTMLInputElement).value)} />
      ${
        branding[name]
          ? html`<button class="quiet" type="button" aria-label="${says[name]}: ${says.useDefault}" @click=${() => set(name, '')}>${says.useDefault}</button>`
          : html`<span class="hint">${says.useDefault}</span>`
      }
    </div>
  </div>`;
  const number = (name: 'radius' | 'gap') =>
    textField({
      ...{ name: `branding.${name}`, label: says[name], value: branding[name] },
      ...{ error: mistakes[`branding.${name}`], inputMode: 'numeric', isShort: true, suffix: 'px' },
      onInput: (value) => set(name, value),
      onLeave: () => choosing.leave(`branding.${name}`),
    });
  return html`
    <div class="colors">${colors.map(color)}</div>
    <div role="status">${contrastWarnings(branding, desk.words).map((sentence) => html`<p class="warning">${sentence}</p>`)}</div>
    <div class="row">${number('radius')} ${number('gap')}</div>
    ${select({
      ...{ name: 'branding.font', label: says.font, value: branding.font },
      choices: [
        { value: '', label: says.useDefault },
        ...fontNames.map((value) => ({ value, label: says.fonts[value] })),
      ],
      onInput: (value) => set('font', value),
    })}
  `;
}
