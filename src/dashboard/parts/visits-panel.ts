import {
  html,
  LitElement,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { type LinkVisits, linkVisitsSchema, type MerchantLink } from '../../contract/index.js';
import type { Desk } from '../desk.js';
import { addressOf } from '../place.js';
import { again } from './again.js';

const days = 30;
const steps = ['seen', 'opened', 'submitted', 'paid'] as const;
type Steps = Readonly<Record<(typeof steps)[number], number>>;

/** @summary How far those come who meet a link, and from where: sums alone, of nobody in particular. */
export class DeskVisits extends LitElement {
  static override properties: PropertyDeclarations = {
    desk: { attribute: false },
    link: { attribute: false },
    visits: { state: true },
    hasFailed: { state: true },
  };

  declare desk: Desk;
  declare link: MerchantLink;
  declare visits: LinkVisits | undefined;
  declare hasFailed: boolean;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  #leaving = new AbortController();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leaving.abort();
  }

  /** Whenever the link is read anew something has happened to it, and these figures stand beside its own. */
  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('link')) void this.#read();
  }

  readonly #read = async (): Promise<void> => {
    this.#leaving.abort();
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    const path = `/v1/payment-links/${this.link.id}/visits`;
    try {
      this.visits = await this.desk.api.get(linkVisitsSchema(), path, { query: { days }, signal });
      this.hasFailed = false;
    } catch {
      if (!signal.aborted) this.hasFailed = true;
    }
  };

  protected override render(): TemplateResult {
    const { words } = this.desk;
    const { visits: says } = words;
    const { visits } = this;
    if (!visits && this.hasFailed) return again(this.desk, this.#read);
    if (!visits) return html`<p class="hint">${words.common.loading}</p>`;
    if (!visits.countsVisits)
      return html`<p class="lead">${says.off} <a href=${addressOf('settings')}>${words.nav.settings}</a></p>`;
    const all = visits.days.reduce<Steps>(
      (sum, day) => ({
        seen: sum.seen + day.seen,
        opened: sum.opened + day.opened,
        submitted: sum.submitted + day.submitted,
        paid: sum.paid + day.paid,
      }),
      { seen: 0, opened: 0, submitted: 0, paid: 0 },
    );
    return html`<dl class="facts">
        ${steps.map((step) => html`<div><dt>${says.steps[step]}</dt><dd>${all[step].toLocaleString(this.desk.locale)}</dd></div>`)}
      </dl>
      ${this.#table(
        says.hosts,
        visits.hosts.map((one) => ({ name: one.host, ...one })),
      )}
      ${this.#table(
        says.sources,
        visits.sources.map((one) => ({ name: one.source, ...one })),
      )}
      <p class="hint">${says.how(days)}</p>`;
  }

  #table(
    title: string,
    rows: readonly (Steps & { readonly name: string })[],
  ): TemplateResult | typeof nothing {
    const { steps: labels } = this.desk.words.visits;
    if (!rows.length) return nothing;
    return html`<details class="figures"><summary>${title}</summary>
      <table class="list">
        <thead><tr><th scope="col">${title}</th>${steps.map((step) => html`<th scope="col" class="number">${labels[step]}</th>`)}</tr></thead>
        <tbody>${rows.map(
          (row) =>
            html`<tr><th scope="row">${row.name}</th>${steps.map((step) => html`<td class="number" data-label=${labels[step]}>${row[step].toLocaleString(this.desk.locale)}</td>`)}</tr>`,
        )}</tbody>
      </table></details>`;
  }
}
