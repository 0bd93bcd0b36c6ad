import { describe, expect, it } from 'vitest';
import { themeWarnings, usualColors } from '../../src/dashboard/link-form/contrast.js';
import { wordsIn } from '../../src/dashboard/words/words.js';
import { tokens } from '../../src/widget/styles/tokens.js';

const words = wordsIn('en');

describe('colours on a page of a theme', () => {
  it('stand beside those that the widget has', () => {
    const [light = '', dark = ''] = tokens.cssText.split('.root.dark');
    for (const [css, colors] of [
      [light, usualColors.light],
      [dark, usualColors.dark],
    ] as const)
      for (const [name, color] of Object.entries(colors))
        expect(css).toContain(
          `--_brand-${name.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)}, ${color})`,
        );
  });

  it('are no cause for a warning as they are', () => {
    expect(themeWarnings({}, 'auto', words)).toEqual([]);
  });

  it('are warned of in the theme in which they cannot be read, and in no other', () => {
    const navy = { accent: '#0b1f4d' };
    expect(themeWarnings(navy, 'light', words)).toEqual([]);
    const [warning, ...others] = themeWarnings(navy, 'dark', words);
    expect(warning).toMatch(/^Dark colours – Buttons \/ Background: a contrast of 1\.\d : 1/);
    expect(others).toEqual([]);
    expect(themeWarnings(navy, 'auto', words)).toEqual([warning]);
  });

  it('are warned of once where no theme changes them', () => {
    const faint = { text: '#aaaaaa', surface: '#ffffff', muted: '#333333', danger: '#990000' };
    const warnings = themeWarnings(faint, 'auto', words).filter((one) => one.includes('Text /'));
    expect(warnings).toEqual([expect.stringMatching(/^Text \/ Background/)]);
  });

  it('are told of with the comma of the language', () => {
    const [warning] = themeWarnings({ accent: '#0b1f4d' }, 'dark', wordsIn('fr'));
    expect(warning).toMatch(/^Couleurs sombres – .* 1,\d/);
  });

  it('say nothing of text on buttons that is chosen for them', () => {
    expect(themeWarnings({ accent: '#ffe600' }, 'dark', words)).toEqual([]);
  });
});
