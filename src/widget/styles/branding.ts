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

function properties(branding: Branding): Record<string, string | undefined> {
  const { accent, onAccent, surface, text, muted, border, danger, radius, gap, font } = branding;
  return {
    accent,
    'on-accent': onAccent ?? (accent && (isLight(accent) ? '#000000' : '#ffffff')),
    surface,
    text,
    muted,
    border,
    danger,
    radius: radius === undefined ? undefined : `${radius}px`,
    gap: gap === undefined ? undefined : `${gap}px`,
    font: font && fonts[font],
  };
}

/** Sets or clears the branding on a style: of a rule where sheets can be adopted, else of the root itself. */
export function applyBranding(style: CSSStyleDeclaration, branding: Branding | null): void {
  for (const [name, value] of Object.entries(properties(branding ?? {})))
    if (value) style.setProperty(`--_brand-${name}`, value);
    else style.removeProperty(`--_brand-${name}`);
}
