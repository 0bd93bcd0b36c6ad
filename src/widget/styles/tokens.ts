/**
 * The public custom properties, resolved once: page CSS (`--pay-link-*`) wins over the link's branding
 * (`--_brand-*`, set by the element through CSSOM), branding over these defaults.
 */
import { css } from 'lit';

export const tokens = css`
  .root {
    --_accent: var(--pay-link-accent, var(--_brand-accent, #0b5fff));
    --_on-accent: var(--pay-link-on-accent, var(--_brand-on-accent, #ffffff));
    --_surface: var(--pay-link-surface, var(--_brand-surface, #ffffff));
    --_text: var(--pay-link-text, var(--_brand-text, #16181d));
    --_muted: var(--pay-link-muted, var(--_brand-muted, #565d6b));
    --_border: var(--pay-link-border, var(--_brand-border, #d5d9e0));
    --_danger: var(--pay-link-danger, var(--_brand-danger, #b3261e));
    --_radius: var(--pay-link-radius, var(--_brand-radius, 10px));
    --_gap: var(--pay-link-gap, var(--_brand-gap, 16px));
    --_font: var(
      --pay-link-font,
      var(--_brand-font, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif)
    );
    /* The accent where it stands on the surface: links, outlines. */
    --_ink: var(--_brand-ink, var(--_accent));
    --_field: var(--_surface);
    --_quiet: #f5f6f8;
    --_control: #858c9a;
    --_notice: #fff6e0;
    --_on-notice: #4d3800;
    --_error: #fdecea;
    color-scheme: light;
  }
  .root.dark {
    --_accent: var(--pay-link-accent, var(--_brand-accent, #8ab4ff));
    --_on-accent: var(--pay-link-on-accent, var(--_brand-on-accent, #0a1730));
    --_surface: var(--pay-link-surface, var(--_brand-surface, #16181d));
    --_text: var(--pay-link-text, var(--_brand-text, #f1f3f6));
    --_muted: var(--pay-link-muted, var(--_brand-muted, #aab2c0));
    --_border: var(--pay-link-border, var(--_brand-border, #363b46));
    --_danger: var(--pay-link-danger, var(--_brand-danger, #ffb4ab));
    --_field: #1d2027;
    --_quiet: #1f232b;
    --_control: #7f8898;
    --_notice: #3a2f10;
    --_on-notice: #ffe2a0;
    --_error: #3b1f1d;
    color-scheme: dark;
  }
`;
