/**
 * A page that is one list. What of it is shown is told by its address, so that Back, reload and a sent address find
 * the same rows again.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { Asking } from '../api.js';
import { again } from '../parts/again.js';
import type { Listed, Listing } from '../parts/listing.js';
import { more } from '../parts/more.js';
import { waiting } from '../parts/waiting.js';
import { DeskPage } from './desk-page.js';

interface Says {
  readonly title: string;
  /** No row fits the filters. */
  readonly nothingFound: string;
  readonly showAll: string;
  shown(n: number): string;
}

export abstract class ListPage<T extends Listed> extends DeskPage {
  protected abstract readonly listing: Listing<T>;
  /** Of the page, without filters. */
  protected abstract readonly address: string;
  protected abstract get says(): Says;

  /** What the server is asked for, as the address tells. */
  protected get query(): NonNullable<Asking['query']> {
    return {};
  }

  /** Where all of it is shown. */
  protected get whole(): string {
    return this.address;
  }

  /** Of what was read, what is shown. */
  protected shownOf(rows: readonly T[]): readonly T[] {
    return rows;
  }

  /** What can be done with all of it, beside the title. */
  protected abstract actions(): unknown;
  /** Where there is nothing yet: how it begins. */
  protected abstract beginning(): TemplateResult;
  protected abstract filters(): TemplateResult;
  protected abstract table(rows: readonly T[]): TemplateResult;

  protected override open(): void {
    this.nameTab(this.says.title);
    void this.listing.read();
  }

  /** Shows what has this value; empty: what has any. */
  protected readonly look = (name: string, value: string): void => {
    const query = new URLSearchParams(this.desk.place.query);
    if (value) query.set(name, value);
    else query.delete(name);
    const text = query.toString();
    this.desk.go(`${this.address}${text && `?${text}`}`, { instead: true });
  };

  #asked = '';

  /** The address has changed: by a filter, or by Back. */
  protected override updated(): void {
    const asked = JSON.stringify(this.query);
    if (this.#asked && asked !== this.#asked) void this.listing.read();
    this.#asked = asked;
  }

  protected override render(): TemplateResult {
    const { rows, hasFailed } = this.listing;
    const isFiltered = Object.values(this.query).some(Boolean);
    const isFirst = rows?.length === 0 && !isFiltered;
    return html`<div class="page-head">
        <h1>${this.says.title}</h1>
        ${isFirst ? nothing : this.actions()}
      </div>
      ${isFirst ? this.beginning() : this.filters()}
      ${hasFailed ? again(this.desk, () => this.listing.read()) : nothing}
      ${rows || hasFailed ? nothing : waiting(this.desk)}
      ${rows && !isFirst ? this.#listed(this.shownOf(rows)) : nothing}`;
  }

  #listed(rows: readonly T[]): TemplateResult {
    const { says, listing } = this;
    const rest = more(this, listing);
    if (!rows.length)
      return html`<div class="panel"><p role="status">${says.nothingFound}</p>
        <p><a href=${this.whole}>${says.showAll}</a></p>${rest}</div>`;
    return html`<p class="visually-hidden" role="status">${says.shown(rows.length)}</p>
      <div class="panel flush" aria-busy=${listing.isBusy ? 'true' : nothing}>${this.table(rows)} ${rest}</div>`;
  }
}
