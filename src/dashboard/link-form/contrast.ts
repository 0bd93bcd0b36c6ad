/** Colours that cannot be read on one another, told before a buyer meets them. */

import { contrastOf, leastContrast } from '../../contract/contrast.js';
import type { Branding } from '../../contract/index.js';
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

/** What the widget shows where no colour was chosen, on light pages and on dark ones. */
export const usualColors = {
  light: {
    ...{ accent: '#0b5fff', onAccent: '#ffffff', surface: '#ffffff' },
    ...{ text: '#16181d', muted: '#565d6b', danger: '#b3261e' },
  },
  dark: {
    ...{ accent: '#8ab4ff', onAccent: '#0a1730', surface: '#16181d' },
    ...{ text: '#f1f3f6', muted: '#aab2c0', danger: '#ffb4ab' },
  },
} as const;

/** What a page of one theme makes of the colours that were chosen: those of the theme stand beside them. */
export function themeWarnings(
  branding: Branding,
  theme: 'auto' | 'light' | 'dark',
  { embed, linkForm }: Words,
): string[] {
  const themes = theme === 'auto' ? (['light', 'dark'] as const) : [theme];
  return pairs.flatMap(([front, back]) => {
    if (!branding[front] && !branding[back]) return [];
    // Beside buttons of one's own, their text is chosen for them.
    if (front === 'onAccent' && !branding.onAccent) return [];
    const isSame = branding[front] && branding[back];
    return (isSame ? themes.slice(0, 1) : themes).flatMap((one) => {
      const shown = (name: typeof front | typeof back) => branding[name] ?? usualColors[one][name];
      const contrast = contrastOf(shown(front), shown(back));
      if (!(contrast < leastContrast)) return [];
      const what = `${linkForm[front]} / ${linkForm[back]}`;
      const sentence = linkForm.contrast(what, contrast.toFixed(1));
      return [isSame ? sentence : embed.inTheme(embed.themes[one], sentence)];
    });
  });
}

export function contrastWarnings(branding: BrandingDraft, { linkForm }: Words): string[] {
  return pairs.flatMap(([front, back]) => {
    const contrast = contrastOf(branding[front], branding[back]);
    if (!(contrast < leastContrast)) return [];
    const what = `${linkForm[front]} / ${linkForm[back]}`;
    return [linkForm.contrast(what, contrast.toFixed(1))];
  });
}
