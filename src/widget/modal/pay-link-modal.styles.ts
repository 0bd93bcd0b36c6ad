import { css } from 'lit';

export const modalStyles = css`
  :host {
    display: contents;
  }
  :host([hidden]) {
    display: none;
  }
  .root {
    display: contents;
  }
  .anchor:focus {
    outline: none;
  }
  dialog {
    font: 400 16px/1.45 var(--_font);
    color: var(--_text);
    inline-size: min(480px, 100vw - 32px);
    max-inline-size: none;
    max-block-size: min(880px, 100vh - 48px);
    max-block-size: min(880px, 100dvh - 48px);
    margin: auto;
    padding: 0;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) + 6px);
    background: var(--_surface);
    box-shadow: 0 24px 70px rgb(0 0 0 / 28%);
    overflow: auto;
    overscroll-behavior: contain;
  }
  dialog::backdrop {
    background: rgb(10 13 20 / 55%);
  }
  dialog.beside {
    inset: auto;
    margin: 0;
  }
  .beside::backdrop {
    background: transparent;
  }
  .sheet {
    display: flex;
    flex-direction: column;
  }
  .header {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 12px 10px 12px 20px;
    padding-inline: 20px 10px;
    border-block-end: 1px solid var(--_border);
    background: var(--_surface);
  }
  h2 {
    flex: 1;
    min-inline-size: 0;
    margin: 0;
    font-size: 18px;
    line-height: 1.3;
  }
  h2:focus {
    outline: none;
  }
  .close {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: transparent;
    color: var(--_muted);
  }
  .close:hover {
    background: var(--_quiet);
    color: var(--_text);
  }
  .body {
    display: grid;
    gap: 16px;
    padding: 20px 20px 8px;
  }
  .body > .pay {
    margin-block-end: 12px;
  }
  @media (max-width: 560px) {
    dialog {
      inline-size: 100vw;
      max-block-size: calc(100vh - 24px);
      max-block-size: calc(100dvh - 24px);
      margin-block-end: 0;
      border-width: 1px 0 0;
      border-end-start-radius: 0;
      border-end-end-radius: 0;
    }
    .body {
      padding-inline: 16px;
    }
    .header {
      padding-inline-start: 16px;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    dialog[open] {
      animation: rise 180ms ease-out;
    }
    dialog[open]::backdrop {
      animation: dim 180ms ease-out;
    }
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(16px);
    }
  }
  @keyframes dim {
    from {
      opacity: 0;
    }
  }
`;
