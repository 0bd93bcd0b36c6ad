import { css } from 'lit';

export const buttonStyles = css`
  :host {
    display: inline-block;
    vertical-align: middle;
  }
  :host([hidden]) {
    display: none;
  }
  .root {
    display: block;
  }
  button.pay {
    min-block-size: 46px;
    font-size: 16px;
  }
  .price {
    padding-inline-start: 10px;
    border-inline-start: 1px solid currentcolor;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  ::slotted(a[href]) {
    display: none !important;
  }
`;
