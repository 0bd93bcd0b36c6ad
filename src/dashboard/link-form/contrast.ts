/** Colours that cannot be read on one another, told before a buyer meets them. */

import { contrastOf, leastContrast } from '../../contract/contrast.js';
import type { BrandingDraft } from '../parts/branding.js';
import type { Words } from '../words/words.js';

/** Text on ground, both chosen: where one is left as usual, the widget finds what can be read. */
const pairs = [
  ['text', 'surface'],
  ['muted', 'surface'],
  ['danger', 'surface'],
  ['accent', 'surface'],
  ['onAccent', 'accent'],
] as const;

export function contrastWarnings(branding: BrandingDraft, { linkForm }: Words): string[] {
  return pairs.flatMap(([front, back]) => {
    const contrast = contrastOf(branding[front], branding[back]);
    if (!(contrast < leastContrast)) return [];
    const what = `${linkForm[front]} / ${linkForm[back]}`;
    return [linkForm.contrast(what, contrast.toFixed(1))];
  });
}
