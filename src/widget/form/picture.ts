/** A merchant's picture: decoration beside its name, fetched without telling where from. */
import { html, nothing } from 'lit';
import { isSafeAddress } from '../handoff.js';

export const picture = (url: string | null | undefined, className: string) =>
  url && isSafeAddress(url)
    ? html`<img
        class=${className}
        src=${url}
        alt=""
        loading="lazy"
        decoding="async"
        referrerpolicy="no-referrer"
      />`
    : nothing;
