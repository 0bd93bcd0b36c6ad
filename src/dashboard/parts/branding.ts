/** Colours and shape of a merchant's forms, as they are being chosen: of one link, or of all of them. */
import { html, type TemplateResult } from 'lit';
import { type Branding, fontNames } from '../../contract/index.js';
import type { Desk } from '../desk.js';
import { contrastWarnings } from '../link-form/contrast.js';
import { idOf, select, textField } from './field.js';
import { type Language, type Mistakes, Reader, type Said } from './typed.js';

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

const bounds = { radius: { least: 0, most: 32 }, gap: { least: 4, most: 32 } };

/** Null where all is as usual. */
export function brandingOf(
  draft: BrandingDraft,
  language: Language,
): Said<Readonly<Record<string, string | number | null>> | null> {
  const reader = new Reader(language);
  const { mistakes } = reader;
  const chosen = Object.entries(draft).filter(([, value]) => value !== '');
  if (!chosen.length) return { body: null, mistakes };
  const read = (name: string, value: string) =>
    name === 'radius' || name === 'gap'
      ? reader.integer(`branding.${name}`, value, bounds[name])
      : value;
  const body = Object.fromEntries(chosen.map(([name, value]) => [name, read(name, value)]));
  return { body, mistakes };
}

interface Choosing {
  readonly desk: Desk;
  readonly branding: BrandingDraft;
  readonly mistakes: Mistakes;
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
