/** Somebody else has saved the same thing meanwhile: what is different, and whose it shall be. */
import { html, type TemplateResult } from 'lit';
import type { Desk } from '../desk.js';
import type { Difference } from '../link-form/differences.js';
import { idOf } from './field.js';

interface Conflicting {
  /** That it happened, and to what. */
  readonly title: string;
  readonly differences: readonly Difference[];
  /** A field as the form names it. */
  nameOf(field: string): string;
  keepYours(): void;
  takeTheirs(): void;
}

export function conflictPanel({ words }: Desk, conflicting: Conflicting): TemplateResult {
  const { title, differences, nameOf } = conflicting;
  const says = words.linkForm;
  return html`<section class="panel conflict" aria-labelledby="conflict-title">
    <h2 id="conflict-title" tabindex="-1">${title}</h2>
    <p>${says.changedText}</p>
    <table class="list">
      <thead><tr><th scope="col">${says.field}</th><th scope="col">${says.theirs}</th><th scope="col">${says.yours}</th></tr></thead>
      <tbody>
        ${differences.map(
          (
            one,
          ) => html`<tr><th scope="row"><a href="#${idOf(one.field)}">${nameOf(one.field)}</a></th>
            <td data-label=${says.theirs}>${one.theirs}</td><td data-label=${says.yours}>${one.yours}</td></tr>`,
        )}
      </tbody>
    </table>
    <div class="form-end">
      <button class="primary" type="button" @click=${conflicting.keepYours}>${says.keepYours}</button>
      <button class="secondary" type="button" @click=${conflicting.takeTheirs}>${says.takeTheirs}</button>
    </div>
  </section>`;
}
