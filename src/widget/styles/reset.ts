/** Nothing of the page leaks in: what inherits is set anew on the root of every shadow tree. */
import { css } from 'lit';

export const reset = css`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  .root {
    all: initial;
    display: block;
    font: 400 16px/1.45 var(--_font);
    color: var(--_text);
    accent-color: var(--_accent);
    text-align: left;
    -webkit-text-size-adjust: 100%;
    -webkit-tap-highlight-color: transparent;
    overflow-wrap: break-word;
  }
  .root[dir='rtl'] {
    direction: rtl;
    text-align: right;
  }
  [hidden] {
    display: none !important;
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  :focus-visible {
    outline: 3px solid var(--_ink);
    outline-offset: 2px;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    ::before,
    ::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;
