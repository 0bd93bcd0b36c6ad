/** Fields, choices and buttons: every target at least 44 px, 16 px text so that phones do not zoom. */
import { css } from 'lit';

export const controls = css`
  button.quiet {
    min-block-size: 44px;
    padding: 8px 14px;
    border: 1px solid var(--_control);
    border-radius: var(--_radius);
    background: transparent;
    font-weight: 600;
  }
  button.quiet:hover {
    background: var(--_quiet);
  }
  .field {
    display: grid;
    gap: 6px;
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }
  label,
  .label,
  legend {
    padding: 0;
    font-weight: 600;
    font-size: 15px;
  }
  legend {
    margin-block-end: 8px;
  }
  .label-row {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 8px;
  }
  .hint {
    color: var(--_muted);
    font-size: 14px;
  }
  .box {
    display: flex;
    align-items: center;
    min-block-size: 48px;
    border: 1px solid var(--_control);
    border-radius: var(--_radius);
    background: var(--_field);
  }
  .box:focus-within {
    outline: 3px solid var(--_ink);
    outline-offset: -1px;
  }
  .box .sign {
    padding-inline: 14px 0;
    color: var(--_muted);
  }
  .box .sign.after {
    padding-inline: 0 14px;
  }
  .box .sign + input {
    padding-inline-start: 8px;
  }
  select,
  input:not([type='radio'], [type='checkbox']) {
    flex: 1;
    min-inline-size: 0;
    inline-size: 100%;
    min-block-size: 46px;
    margin: 0;
    padding: 0 14px;
    border: 0;
    border-radius: var(--_radius);
    background: transparent;
    color: inherit;
    font: inherit;
    outline: none;
  }
  select {
    appearance: none;
    padding-inline-end: 36px;
    text-overflow: ellipsis;
    cursor: pointer;
  }
  option {
    background: var(--_surface);
  }
  .list,
  .dial {
    position: relative;
  }
  .list::after,
  .dial::after {
    content: '';
    flex: none;
    inline-size: 7px;
    block-size: 7px;
    margin-inline: -28px 18px;
    border: solid var(--_muted);
    border-width: 0 2px 2px 0;
    rotate: 45deg;
    translate: 0 -2px;
    pointer-events: none;
  }
  .dial {
    display: flex;
    align-items: center;
    gap: 6px;
    padding-inline-start: 14px;
    border-inline-end: 1px solid var(--_border);
    min-block-size: 46px;
  }
  .dial::after {
    margin-inline: 0 12px;
  }
  /* Its own words are long: over them stands the code alone. */
  .dial span {
    direction: ltr;
  }
  .dial select {
    position: absolute;
    inset: 0;
    opacity: 0;
    padding: 0;
  }
  .box.faulty {
    border-color: var(--_danger);
    box-shadow: inset 0 0 0 1px var(--_danger);
  }
  .error {
    display: flex;
    gap: 6px;
    color: var(--_danger);
    font-size: 14px;
    font-weight: 600;
  }
  .error::before {
    content: '!';
    flex: none;
    inline-size: 18px;
    block-size: 18px;
    margin-block-start: 1px;
    border: 1.5px solid currentcolor;
    border-radius: 50%;
    text-align: center;
    font: 600 12px/15px var(--_font);
  }
  .options {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .check {
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: 44px;
    font-weight: 400;
    cursor: pointer;
  }
  .check input {
    flex: none;
    inline-size: 22px;
    block-size: 22px;
    margin: 0;
  }
  .option {
    position: relative;
    display: flex;
    align-items: center;
    justify-content: center;
    flex-wrap: wrap;
    column-gap: 8px;
    min-block-size: 46px;
    min-inline-size: 64px;
    padding: 6px 14px;
    border: 1px solid var(--_control);
    border-radius: var(--_radius);
    background: var(--_field);
    font-weight: 600;
    font-size: 16px;
    cursor: pointer;
  }
  .option:hover {
    background: var(--_quiet);
  }
  /* Unseen, beside the caption and not above it: a press on either reaches what it aims at. */
  .option input {
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    margin: 0;
    opacity: 0;
    inline-size: 14px;
    block-size: 100%;
    cursor: pointer;
  }
  .option.chosen {
    border-color: var(--_ink);
    box-shadow: inset 0 0 0 1px var(--_ink);
  }
  .option:focus-within {
    outline: 3px solid var(--_ink);
    outline-offset: 2px;
  }
  .swatch {
    flex: none;
    inline-size: 18px;
    block-size: 18px;
    border: 1px solid var(--_control);
    border-radius: 50%;
  }
  button.list {
    inline-size: 100%;
    padding-block: 0;
    padding-inline: 14px 0;
    text-align: start;
    font-size: 16px;
  }
  .list .caption {
    display: flex;
    align-items: center;
    gap: 10px;
    flex: 1;
  }
  .panel {
    position: fixed;
    inset: auto;
    margin: 0;
    padding: 6px;
    overflow: auto;
    border: 1px solid var(--_control);
    border-radius: var(--_radius);
    background: var(--_field);
    color: inherit;
    box-shadow: 0 8px 28px rgb(0 0 0 / 25%);
  }
  .panel [role='option'] {
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 44px;
    padding: 4px 10px;
    border-radius: calc(var(--_radius) - 4px);
    cursor: pointer;
  }
  .panel [role='option']:hover,
  .panel :focus {
    background: var(--_quiet);
  }
  .panel [aria-selected='true'] {
    font-weight: 600;
  }
  .rows {
    display: grid;
  }
  .rows .option {
    justify-content: space-between;
  }
  .option.gone {
    border-style: dashed;
    color: var(--_muted);
  }
  .gone .caption {
    text-decoration: line-through;
  }
  .more {
    font-size: 13px;
    font-weight: 400;
    color: var(--_muted);
  }
  a {
    color: var(--_ink);
  }
  @media (forced-colors: active) {
    .option.chosen {
      outline: 3px solid Highlight;
      outline-offset: -3px;
    }
    .option:focus-within,
    .box:focus-within {
      outline: 3px solid CanvasText;
      outline-offset: 2px;
    }
  }
`;
