import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { endpointSchema, type WebhookEndpoint } from '../../contract/index.js';
import { problemOf } from '../api.js';
import { again } from '../parts/again.js';
import { toFirstMistake } from '../parts/first-mistake.js';
import { SameKey } from '../parts/same-key.js';
import { settingsPage } from '../parts/settings-frame.js';
import { breakable, time } from '../parts/shown.js';
import type { Mistakes } from '../parts/typed.js';
import { addressOf } from '../place.js';
import { type EndpointDraft, emptyEndpoint, endpointBody } from '../webhooks/draft.js';
import { endpointFields } from '../webhooks/fields.js';
import { endpointState } from '../webhooks/shown.js';
import { DeskPage } from './desk-page.js';

const path = '/v1/webhook-endpoints';

/** @summary Where notices are sent, and how that goes. */
export class DeskWebhooks extends DeskPage {
  static override properties: PropertyDeclarations = {
    ...DeskPage.properties,
    endpoints: { state: true },
    nextCursor: { state: true },
    draft: { state: true },
    left: { state: true },
    refused: { state: true },
    made: { state: true },
    isBusy: { state: true },
    hasFailed: { state: true },
  };

  /** Undefined until they are known. */
  declare endpoints: readonly WebhookEndpoint[] | undefined;
  declare nextCursor: string | null;
  /** Undefined while none is being written. */
  declare draft: EndpointDraft | undefined;
  declare left: ReadonlySet<string>;
  declare refused: Mistakes;
  /** With its secret, until that is kept. */
  declare made: WebhookEndpoint | undefined;
  declare isBusy: boolean;
  declare hasFailed: boolean;

  readonly #once = new SameKey();

  constructor() {
    super();
    this.left = new Set();
    this.refused = {};
    this.nextCursor = null;
  }

  protected override open(): void {
    this.nameTab(this.desk.words.webhooks.title);
    void this.#read();
  }

  async #read(cursor?: string): Promise<void> {
    const query = { limit: 50, cursor };
    const { signal } = this.leaving;
    const page = await this.attempt(() =>
      this.desk.api.list(endpointSchema(), path, { query, signal }),
    );
    this.hasFailed = !page;
    if (!page) return;
    this.endpoints = cursor ? [...(this.endpoints ?? []), ...page.data] : page.data;
    this.nextCursor = page.nextCursor;
  }

  async #begin(): Promise<void> {
    this.draft = emptyEndpoint;
    this.left = new Set();
    this.refused = {};
    await this.updateComplete;
    this.querySelector<HTMLElement>('#field-url')?.focus();
  }

  async #leaveOff(): Promise<void> {
    this.draft = undefined;
    this.desk.keep(false);
    await this.updateComplete;
    this.querySelector<HTMLElement>('#add-endpoint')?.focus();
  }

  get #mistakes(): Mistakes {
    if (!this.draft) return {};
    const { mistakes } = endpointBody(this.draft, this.desk.words);
    const told = Object.entries(mistakes).filter(
      ([name]) => this.left.has('*') || this.left.has(name),
    );
    return { ...Object.fromEntries(told), ...this.refused };
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.isBusy || !this.draft) return;
    this.left = new Set(['*']);
    if (Object.keys(this.#mistakes).length) return this.#toFirstMistake();
    this.isBusy = true;
    try {
      const { body } = endpointBody(this.draft, this.desk.words);
      const headers = this.#once.headers(body);
      this.made = await this.desk.api.post(endpointSchema(), path, body, { headers });
    } catch (error) {
      const problem = await problemOf(error);
      if (problem.errors?.some((one) => one.path === 'url')) {
        this.refused = { url: this.desk.words.webhooks.urlFault };
        await this.#toFirstMistake();
      } else this.desk.sayTrouble(problem);
    }
    this.isBusy = false;
  }

  async #toFirstMistake(): Promise<void> {
    await this.updateComplete;
    toFirstMistake(this);
  }

  protected override render(): TemplateResult {
    const { words } = this.desk;
    const says = words.webhooks;
    const isEmpty = this.endpoints?.length === 0;
    return settingsPage(
      this.desk,
      html`<div class="page-head">
          <h1>${says.title}</h1>
          ${
            this.draft || isEmpty || !this.endpoints
              ? nothing
              : html`<button id="add-endpoint" class="primary" type="button" @click=${() => this.#begin()}>${says.add}</button>`
          }
        </div>
        <p class="lead">${says.lead}</p>
        ${this.draft ? this.#form(this.draft) : nothing}
        ${this.#list()}
        ${this.made ? this.#secret(this.made) : nothing}`,
    );
  }

  #form(draft: EndpointDraft): TemplateResult {
    const { words } = this.desk;
    return html`<form class="panel" novalidate aria-labelledby="new-title" aria-busy=${this.isBusy ? 'true' : nothing} @submit=${this.#submit}>
      <h2 id="new-title">${words.webhooks.addTitle}</h2>
      ${endpointFields({
        ...{ desk: this.desk, draft, mistakes: this.#mistakes },
        change: (changes) => {
          this.draft = { ...draft, ...changes };
          this.refused = {};
          this.desk.keep(true);
        },
        leave: (name) => {
          this.left = new Set([...this.left, name]);
        },
      })}
      <div class="form-end">
        <button class="primary" type="submit">${words.webhooks.add}</button>
        <button class="secondary" type="button" @click=${() => this.#leaveOff()}>${words.common.cancel}</button>
      </div>
    </form>`;
  }

  #list(): TemplateResult | typeof nothing {
    const { words } = this.desk;
    const says = words.webhooks;
    if (!this.endpoints && this.hasFailed) return again(this.desk, () => this.#read());
    if (!this.endpoints) return html`<p class="waiting" role="status">${words.common.loading}</p>`;
    if (!this.endpoints.length)
      return this.draft
        ? nothing
        : html`<section class="panel" aria-labelledby="empty-title">
            <h2 id="empty-title">${says.emptyTitle}</h2>
            <p class="lead">${says.emptyText}</p>
            <div class="form-end"><button id="add-endpoint" class="primary" type="button" @click=${() => this.#begin()}>${says.add}</button></div>
          </section>`;
    return html`<div class="panel flush">
      <table class="list">
        <caption class="visually-hidden">${says.list}</caption>
        <thead><tr>
          <th scope="col">${says.url}</th>
          <th scope="col">${says.status}</th>
          <th scope="col">${says.hears}</th>
          <th scope="col">${words.common.created}</th>
        </tr></thead>
        <tbody>${this.endpoints.map((endpoint) => this.#row(endpoint))}</tbody>
      </table>
      ${this.nextCursor ? html`<p class="more"><button class="secondary" type="button" @click=${() => this.#read(this.nextCursor ?? undefined)}>${words.common.more}</button></p>` : nothing}
    </div>`;
  }

  #row(endpoint: WebhookEndpoint): TemplateResult {
    const { words } = this.desk;
    const says = words.webhooks;
    const n = endpoint.eventTypes.length;
    return html`<tr>
      <th scope="row"><a href=${addressOf('settings', 'webhooks', endpoint.id)}>${breakable(endpoint.url)}</a></th>
      <td data-label=${says.status}>${endpointState(this.desk, endpoint)}</td>
      <td data-label=${says.hears}>${n ? says.hearsSome(n) : says.hearsAll}</td>
      <td data-label=${words.common.created}>${time(this.desk, endpoint.createdAt)}</td>
    </tr>`;
  }

  #secret({ id, secret = '' }: WebhookEndpoint): TemplateResult {
    const says = this.desk.words.webhooks;
    return html`<desk-secret .desk=${this.desk} .heading=${says.secretTitle} .text=${says.secretText}
      .label=${says.secretLabel} .secret=${secret}
      @desk-close=${() => {
        this.made = undefined;
        this.desk.say(says.created);
        this.desk.go(addressOf('settings', 'webhooks', id));
      }}></desk-secret>`;
  }
}
