import { css } from 'lit';

export const formStyles = css`
  :host {
    display: block;
  }
  :host([hidden]) {
    display: none;
  }
  .root {
    max-inline-size: 560px;
    margin-inline: auto;
    background: var(--_surface);
  }
  .card {
    padding: clamp(12px, 5vw, 20px);
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) + 6px);
  }
  form,
  .fields,
  .items,
  header {
    display: grid;
    gap: var(--_gap);
    grid-template-columns: minmax(0, 1fr);
  }
  header {
    gap: 6px;
  }
  h2,
  h3,
  p,
  ul {
    margin: 0;
    padding: 0;
  }
  h2 {
    font-size: 22px;
    line-height: 1.25;
    letter-spacing: -0.01em;
  }
  h3 {
    font-size: 20px;
  }
  /* A merchant's words run as their own language does. */
  h2,
  .name,
  .hint,
  .description,
  .after,
  .closed p {
    unicode-bidi: plaintext;
  }
  .description {
    color: var(--_muted);
    white-space: pre-line;
  }
  .cover {
    inline-size: 100%;
    max-block-size: 220px;
    margin-block-end: 8px;
    border-radius: var(--_radius);
    object-fit: cover;
  }
  .item {
    display: grid;
    gap: 14px;
    grid-template-columns: minmax(0, 1fr);
    padding: 14px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
  }
  .about {
    display: flex;
    gap: 12px;
    align-items: flex-start;
  }
  .words {
    flex: 1;
    min-inline-size: 0;
  }
  .name {
    font-weight: 600;
  }
  .price {
    font-weight: 600;
    text-align: end;
    white-space: nowrap;
  }
  .price .hint {
    display: block;
    font-weight: 400;
  }
  .thumb {
    flex: none;
    inline-size: 64px;
    block-size: 64px;
    border-radius: calc(var(--_radius) - 2px);
    object-fit: cover;
    background: var(--_quiet);
  }
  .quantity {
    grid-template-columns: minmax(min-content, 1fr) auto;
    align-items: center;
    column-gap: 12px;
  }
  .quantity .hint {
    grid-row: 2;
    grid-column: 1;
    margin-block-start: -14px;
  }
  .quantity .stepper {
    grid-row: 1 / span 2;
    grid-column: 2;
  }
  .quantity .error {
    grid-column: 1 / -1;
  }
  .stepper button {
    inline-size: 46px;
    block-size: 46px;
    border: 0;
    border-radius: var(--_radius);
    background: transparent;
    font-size: 22px;
    line-height: 1;
  }
  .stepper button:hover {
    background: var(--_quiet);
  }
  .stepper button[aria-disabled='true'] {
    color: var(--_muted);
    opacity: 0.55;
    background: transparent;
  }
  .stepper input:not([type='radio']) {
    flex: none;
    inline-size: 52px;
    padding: 0;
    text-align: center;
    font-variant-numeric: tabular-nums;
  }
  .address {
    gap: 14px;
  }
  .address legend {
    font-size: 17px;
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    gap: 14px 12px;
  }
  .line > .field {
    flex: 1 1 120px;
    align-content: start;
  }
  details summary {
    display: inline-flex;
    align-items: center;
    min-block-size: 44px;
    color: var(--_ink);
    font-weight: 600;
    font-size: 15px;
    cursor: pointer;
    border-radius: var(--_radius);
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary::before {
    content: '+';
    inline-size: 20px;
    font-size: 20px;
    font-weight: 400;
  }
  .apply {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 46px;
    padding-inline: 16px;
    border: 0;
    border-inline-start: 1px solid var(--_border);
    border-radius: var(--_radius);
    border-start-start-radius: 0;
    border-end-start-radius: 0;
    background: transparent;
    color: var(--_ink);
    font-weight: 600;
  }
  .apply:hover {
    background: var(--_quiet);
  }
  .promotion {
    display: flex;
    align-items: center;
    gap: 12px;
    padding-block: 8px;
    padding-inline: 14px 8px;
    border: 1px dashed var(--_ink);
    border-radius: var(--_radius);
  }
  .fields :is(input, button, select, summary) {
    scroll-margin-block: 80px 180px;
  }
  /* In a dialog the total stays in sight; in the page it would cover what is below. */
  @media (min-height: 560px) {
    .root:not(.card) .close-up {
      position: sticky;
      inset-block-end: 0;
    }
  }
  .root:not(.card) :is(.after, .test, .closed) {
    margin-block-end: 12px;
  }
  .root:not(.card) .closed .name {
    display: none;
  }
  .close-up {
    display: grid;
    gap: 10px;
    margin-block-start: 4px;
    padding-block: 12px;
    border-block-start: 1px solid var(--_border);
    background: var(--_surface);
  }
  .summary ul,
  .confirmation ul {
    display: grid;
    gap: 6px;
    list-style: none;
  }
  .summary ul {
    margin-block-end: 2px;
  }
  li {
    display: flex;
    justify-content: space-between;
    gap: 16px;
  }
  .amount,
  .total strong {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .count {
    color: var(--_muted);
  }
  .recurs {
    line-height: 1.4;
  }
  .total {
    display: flex;
    justify-content: space-between;
    align-items: baseline;
    font-weight: 600;
  }
  .total strong {
    font-size: 20px;
  }
  .notice,
  .closed {
    display: grid;
    gap: 10px;
    padding: 14px;
    border-radius: var(--_radius);
    background: var(--_notice);
    color: var(--_on-notice);
  }
  .notice.trouble {
    background: var(--_error);
    color: var(--_text);
  }
  [tabindex='-1']:focus {
    outline: none;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .notice button.quiet {
    border-color: currentcolor;
    color: inherit;
  }
  a.button {
    border: 1px solid transparent;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    min-block-size: 44px;
    padding: 8px 16px;
    border-radius: var(--_radius);
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
    text-decoration: none;
  }
  .closed {
    justify-items: start;
    padding: 20px;
    background: var(--_quiet);
    color: var(--_text);
  }
  .waiting {
    display: grid;
    justify-items: center;
    gap: 14px;
    padding: 28px 12px;
    text-align: center;
  }
  .waiting h3 {
    margin-block-end: 6px;
  }
  .waiting .field {
    inline-size: 100%;
    text-align: start;
  }
  .phone {
    display: grid;
    gap: var(--_gap);
  }
  iframe {
    display: block;
    inline-size: 100%;
    block-size: min(620px, 70vh);
    border: 0;
    border-radius: var(--_radius);
    background: var(--_quiet);
  }
  .other {
    justify-self: center;
    padding: 12px;
    color: var(--_ink);
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 8px;
    margin-block: 4px 12px;
    padding-block-start: 12px;
    border-block-start: 1px solid var(--_border);
  }
  .ways .back {
    padding-inline: 6px;
    border: 0;
    color: var(--_muted);
    font-weight: 400;
    font-size: 15px;
    text-decoration: underline;
  }
  .ways p {
    flex-basis: 100%;
    text-align: center;
    font-variant-numeric: tabular-nums;
  }
  .confirmation {
    display: grid;
    gap: 8px;
    padding: 20px 4px;
    text-align: center;
    justify-items: center;
  }
  .confirmation ul {
    inline-size: 100%;
    margin-block-start: 12px;
    padding-block-start: 14px;
    border-block-start: 1px solid var(--_border);
    text-align: start;
  }
  .paid {
    font-size: 17px;
  }
  .tick {
    display: grid;
    place-items: center;
    inline-size: 56px;
    block-size: 56px;
    border-radius: 50%;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .spinner {
    inline-size: 20px;
    block-size: 20px;
    border: 2.5px solid currentcolor;
    border-inline-end-color: transparent;
    border-radius: 50%;
    animation: turn 800ms linear infinite;
  }
  .waiting .spinner {
    inline-size: 32px;
    block-size: 32px;
    color: var(--_ink);
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  .after,
  .test {
    text-align: center;
  }
  .test {
    padding: 6px 10px;
    border-radius: var(--_radius);
    background: var(--_notice);
    color: var(--_on-notice);
    font-size: 14px;
  }
  .skeleton {
    display: grid;
    gap: var(--_gap);
  }
  .bone {
    border: 1px solid transparent;
    border-radius: var(--_radius);
    background: var(--_quiet);
    animation: breathe 1.2s ease-in-out infinite alternate;
  }
  .bone.title {
    inline-size: 60%;
    block-size: 26px;
  }
  .bone.line {
    inline-size: 85%;
    block-size: 16px;
  }
  .bone.box-shape,
  .bone.button-shape {
    block-size: 48px;
  }
  @keyframes breathe {
    to {
      opacity: 0.5;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .spinner {
      border-inline-end-color: currentcolor;
      opacity: 0.6;
    }
  }
`;
