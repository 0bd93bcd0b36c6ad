/** The button that pays, wherever it stands: all that most pages ever draw. */
import { css } from 'lit';

export const buttons = css`
  button {
    font: inherit;
    color: inherit;
    cursor: pointer;
    margin: 0;
  }
  button.pay {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 10px;
    inline-size: 100%;
    min-block-size: 50px;
    padding: 10px 20px;
    border: 1px solid transparent;
    border-radius: var(--_radius);
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
    font-size: 17px;
    transition: filter 120ms;
  }
  button.pay:hover {
    filter: brightness(1.08);
  }
  button.pay:active {
    filter: brightness(0.95);
  }
  button[aria-disabled='true'] {
    cursor: default;
    filter: none;
  }
`;
