import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { endpointSchema, type WebhookEndpoint } from '../../contract/index.js';
import { again } from '../parts/again.js';
import { Listing } from '../parts/listing.js';
import { more, rowId } from '../parts/more.js';
import { SameKey } from '../parts/same-key.js';
import { settingsPage } from '../parts/settings-frame.js';
import { breakable, time } from '../parts/shown.js';
import { waiting } from '../parts/waiting.js';
import { addressOf } from '../place.js';
import { emptyEndpoint } from '../webhooks/draft.js';
import { EndpointForm } from '../webhooks/endpoint-form.js';
import { endpointState } from '../webhooks/shown.js';
import { DeskPage } from './desk-page.js';

const path = '/v1/webhook-endpoints';

/** @summary Where notices are sent, and how that goes. */
export class DeskWebhooks extends DeskPage {
  static override properties: PropertyDeclarations = {
    ...DeskPage.properties,
    made: { state: true },
  };

  /** With its secret, until that is kept. */
  declare made: WebhookEndpoint | undefined;

  readonly #endpoints: Listing<WebhookEndpoint> = new Listing<WebhookEndpoint>(this, {
    ask: (cursor, signal) =>
      this.desk.api.list(endpointSchema(), path, { query: { limit: 50, cursor }, signal }),
    fail: (error) => this.desk.sayTrouble(error),
  });

  readonly #once = new SameKey();
  readonly #form = new EndpointForm(this, async (body) => {
    const headers = this.#once.headers(body);
    this.made = await this.desk.api.post(endpointSchema(), path, body, { headers });
  });

  protected override open(): void {
    this.nameTab(this.desk.words.webhooks.title);
    void this.#endpoints.read();
  }

  protected override render(): TemplateResult {
    const { words } = this.desk;
    const says = words.webhooks;
    const { rows } = this.#endpoints;
    return settingsPage(
      this.desk,
      html`<div class="page-head">
          <h1>${says.title}</h1>
          ${rows?.length && !this.#form.draft ? this.#add() : nothing}
        </div>
        <p class="lead">${says.lead}</p>
        ${this.#form.draw({ title: says.addTitle, submit: says.add, opener: '#add-endpoint' })}
        ${this.#list()}
        ${this.made ? this.#secret(this.made) : nothing}`,
    );
  }

  #add(): TemplateResult {
    return html`<button id="add-endpoint" class="primary" type="button"
      @click=${() => this.#form.open(emptyEndpoint)}>${this.desk.words.webhooks.add}</button>`;
  }

  #list(): TemplateResult | typeof nothing {
    const { words } = this.desk;
    const says = words.webhooks;
    const { rows, hasFailed } = this.#endpoints;
    if (hasFailed) return again(this.desk, () => this.#endpoints.read());
    if (!rows) return waiting(this.desk);
    if (!rows.length)
      return this.#form.draft
        ? nothing
        : html`<section class="panel" aria-labelledby="empty-title">
            <h2 id="empty-title">${says.emptyTitle}</h2>
            <p class="lead">${says.emptyText}</p>
            <div class="form-end">${this.#add()}</div>
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
        <tbody>${rows.map((endpoint) => this.#row(endpoint))}</tbody>
      </table>
      ${more(this, this.#endpoints)}
    </div>`;
  }

  #row(endpoint: WebhookEndpoint): TemplateResult {
    const { words } = this.desk;
    const says = words.webhooks;
    const n = endpoint.eventTypes.length;
    return html`<tr id=${rowId(endpoint)}>
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
