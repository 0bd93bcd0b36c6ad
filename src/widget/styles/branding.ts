/** A merchant's branding as private custom properties, through CSSOM: no inline style, no CSS text. */
import type { Branding } from '../../contract/index.js';

const fonts: Record<string, string> = {
  serif: "Georgia, 'Times New Roman', serif",
  rounded: "ui-rounded, 'SF Pro Rounded', 'Nunito', system-ui, sans-serif",
  mono: "ui-monospace, 'SF Mono', Menlo, Consolas, monospace",
};

/** Relative luminance of `#rrggbb`, as WCAG has it. */
export function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

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

/** WCAG 2.2, success criterion 1.4.3. */
const leastContrast = 4.5;

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

/** NaN where one is not `#rrggbb`: a page may style with any colour there is. */
function contrastOf(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
}
