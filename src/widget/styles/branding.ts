/** A merchant's branding as private custom properties, through CSSOM: no inline style, no CSS text. */
import { contrastOf, leastContrast, luminance } from '../../contract/contrast.js';
import type { Branding } from '../../contract/index.js';

const fonts: Record<string, string> = {
  serif: "Georgia, 'Times New Roman', serif",
  rounded: "ui-rounded, 'SF Pro Rounded', 'Nunito', system-ui, sans-serif",
  mono: "ui-monospace, 'SF Mono', Menlo, Consolas, monospace",
};

/** Where black reads better than white. */
export const isLight = (color: string): boolean => luminance(color) > 0.179;

const onTopOf = (color: string) => (isLight(color) ? '#000000' : '#ffffff');

function properties(branding: Branding): Record<string, string | undefined> {
  const { accent, onAccent, surface, text, muted, border, danger, radius, gap, font } = branding;
  return {
    accent,
    'on-accent': onAccent ?? (accent && onTopOf(accent)),
    surface,
    text,
    muted,
    border,
    danger,
    ink: undefined,
    radius: radius === undefined ? undefined : `${radius}px`,
    gap: gap === undefined ? undefined : `${gap}px`,
    font: font && fonts[font],
  };
}

/** What is read, on what. */
const pairs = [
  ['text', 'surface'],
  ['muted', 'surface'],
  ['danger', 'surface'],
  ['ink', 'surface'],
  ['on-accent', 'accent'],
] as const;

const warned = new Set<string>();

/**
 * Sets or clears the branding on a style: of a rule where sheets can be adopted, else of the root itself. A pair
 * that cannot be read gives way to one that can, and the merchant finds a sentence on the console.
 */
export function applyBranding(
  style: CSSStyleDeclaration,
  branding: Branding | null,
  root: Element,
): void {
  const set = (name: string, value: string | undefined) =>
    style.setProperty(`--_brand-${name}`, value ?? '');
  for (const [name, value] of Object.entries(properties(branding ?? {}))) set(name, value);
  if (!branding) return;
  const used = getComputedStyle(root);
  for (const [front, back] of pairs) {
    const [color, ground] = [front, back].map((name) => used.getPropertyValue(`--_${name}`).trim());
    const contrast = contrastOf(color!, ground!);
    if (!(contrast < leastContrast)) continue;
    if (front === 'text') for (const name of [front, back]) set(name, undefined);
    else if (front === 'on-accent') set(front, onTopOf(ground!));
    else set(front, used.getPropertyValue('--_text'));
    const sentence = `PayLink: ${color} (${front}) on ${ground} (${back}) has a contrast of ${contrast.toFixed(1)}:1. Below ${leastContrast}:1 another colour is shown.`;
    if (!warned.has(sentence)) console.warn(sentence);
    warned.add(sentence);
  }
}
