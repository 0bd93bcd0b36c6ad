import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { endpointSchema, type WebhookEndpoint } from '../../contract/index.js';
import { ask } from '../parts/ask.js';
import { settingsPage } from '../parts/settings-frame.js';
import { breakable, day, time } from '../parts/shown.js';
import { addressOf } from '../place.js';
import type { DeskDeliveries } from '../webhooks/deliveries.js';
import { endpointDraftOf } from '../webhooks/draft.js';
import { EndpointForm } from '../webhooks/endpoint-form.js';
import { endpointState } from '../webhooks/shown.js';
import { ObjectPage } from './object-page.js';

/** @summary One address: what is sent there, how it answered, and what can be done about it. */
export class DeskWebhook extends ObjectPage {
  static override properties: PropertyDeclarations = {
    ...ObjectPage.properties,
    endpointId: { attribute: false },
    endpoint: { state: true },
    isBusy: { state: true },
    rotated: { state: true },
  };

  declare endpointId: string;
  /** Undefined until it is known. */
  declare endpoint: WebhookEndpoint | undefined;
  declare isBusy: boolean;
  /** With its new secret, until that is kept. */
  declare rotated: WebhookEndpoint | undefined;

  readonly #form: EndpointForm = new EndpointForm(this, async (body) => {
    const { api, words, say } = this.desk;
    this.endpoint = await api.patch(endpointSchema(), this.#path, body);
    say(words.webhooks.saved);
    await this.#form.close('#edit-endpoint');
  });

  get #path(): string {
    return `/v1/webhook-endpoints/${this.endpointId}`;
  }

  /** How it is changes with what is sent there: the log says when it has looked. */
  protected override isAbout(): boolean {
    return false;
  }

  protected override async readAll(signal: AbortSignal): Promise<void> {
    this.endpoint = await this.desk.api.get(endpointSchema(), this.#path, { signal });
    this.nameTab(this.endpoint.url);
  }

  protected override get missing() {
    const { common, webhooks } = this.desk.words;
    const address = addressOf('settings', 'webhooks');
    return { title: common.missingTitle, address, way: webhooks.title };
  }

  get #deliveries(): DeskDeliveries | null {
    return this.querySelector<DeskDeliveries>('desk-deliveries');
  }

  async #switch(isEnabled: boolean): Promise<void> {
    const { api, words, say } = this.desk;
    const set = async (to: boolean) => {
      this.endpoint = await api.patch(endpointSchema(), this.#path, { isEnabled: to });
      this.#deliveries?.readIn(500);
    };
    await this.attempt(async () => {
      await set(isEnabled);
      const { switchedOn, switchedOff } = words.webhooks;
      say(isEnabled ? switchedOn : switchedOff, () => set(!isEnabled));
    });
  }

  async #remove({ url }: WebhookEndpoint): Promise<void> {
    const { desk } = this;
    const { removeTitle: title, removeText, remove: yes, removed } = desk.words.webhooks;
    if (!(await ask(desk, { title, text: removeText(url), yes }))) return;
    this.isBusy = true;
    await this.attempt(async () => {
      await desk.api.delete(this.#path);
      desk.keep(false);
      desk.say(removed);
      desk.go(addressOf('settings', 'webhooks'));
    });
    this.isBusy = false;
  }

  async #rotate(): Promise<void> {
    const { desk } = this;
    const { rotateTitle: title, rotateText: text, rotate: yes } = desk.words.webhooks;
    if (!(await ask(desk, { title, text, yes }))) return;
    this.isBusy = true;
    await this.attempt(async () => {
      this.rotated = await desk.api.post(endpointSchema(), `${this.#path}/rotate`);
      const { secret: _, ...endpoint } = this.rotated;
      this.endpoint = endpoint;
    });
    this.isBusy = false;
  }

  protected override render(): TemplateResult {
    return settingsPage(this.desk, super.render());
  }

  protected override whole(): TemplateResult | undefined {
    const { desk, endpoint } = this;
    const { webhooks: says, common } = desk.words;
    if (!endpoint) return undefined;
    return html`<p><a href=${addressOf('settings', 'webhooks')}>← ${says.title}</a></p>
      ${this.#head(endpoint)} ${this.#trouble(endpoint)}
      ${
        this.#form.draft
          ? this.#form.draw({ title: says.edit, submit: common.save, opener: '#edit-endpoint' })
          : this.#facts(endpoint)
      }
      <desk-trial .desk=${desk} .endpoint=${endpoint} @desk-tried=${() => this.#deliveries?.readAgain()}></desk-trial>
      <desk-deliveries .desk=${desk} .endpoint=${endpoint} @desk-logged=${() => this.read()}></desk-deliveries>
      ${this.rotated ? this.#newSecret(this.rotated) : nothing}`;
  }

  #head(endpoint: WebhookEndpoint): TemplateResult {
    const { words } = this.desk;
    const says = words.webhooks;
    return html`<h1>${breakable(endpoint.url)} ${endpointState(this.desk, endpoint)}</h1>
      <div class="form-end">
        <button id="edit-endpoint" class="secondary" type="button" @click=${() => this.#form.open(endpointDraftOf(endpoint))}>${words.common.edit}</button>
        <button class="secondary" type="button" @click=${() => this.#switch(!endpoint.isEnabled)}>${endpoint.isEnabled ? says.switchOff : says.switchOn}</button>
        <button class="secondary" type="button" ?disabled=${this.isBusy ?? false} @click=${() => this.#rotate()}>${says.rotate}</button>
        <button class="danger" type="button" ?disabled=${this.isBusy ?? false} @click=${() => this.#remove(endpoint)}>${says.remove}</button>
      </div>`;
  }

  /** Why nothing is sent there, or soon will not be. */
  #trouble({ disabledReason, disabledAt, failingSince }: WebhookEndpoint) {
    const says = this.desk.words.webhooks;
    if (disabledReason)
      return html`<div class="warning" role="status">
        <p><strong>${says.disabled[disabledReason]}</strong></p>
        ${disabledAt ? html`<p>${says.disabledSince} ${time(this.desk, disabledAt)}.</p>` : nothing}
        <p>${says.whenOn}</p>
      </div>`;
    if (failingSince)
      return html`<div class="warning" role="status">
        <p><strong>${says.failingSince} ${time(this.desk, failingSince)}.</strong> ${says.failingText}</p>
      </div>`;
    return nothing;
  }

  #facts({ eventTypes: heard, createdAt, previousSecretExpiresAt }: WebhookEndpoint) {
    const { words } = this.desk;
    const says = words.webhooks;
    return html`<section class="panel" aria-label=${says.edit}>
      <dl class="facts">
        <div><dt>${says.hears}</dt><dd>${heard.length ? heard.map((type) => says.types[type]).join(', ') : says.everything}</dd></div>
        <div><dt>${words.common.created}</dt><dd>${day(this.desk, createdAt)}</dd></div>
        ${
          previousSecretExpiresAt
            ? html`<div><dt>${says.previousUntil}</dt><dd>${time(this.desk, previousSecretExpiresAt)}</dd></div>`
            : nothing
        }
      </dl>
    </section>`;
  }

  #newSecret({ secret = '', previousSecretExpiresAt }: WebhookEndpoint): TemplateResult {
    const says = this.desk.words.webhooks;
    const until = new Intl.DateTimeFormat(this.desk.locale, {
      ...{ dateStyle: 'long', timeStyle: 'short' },
    } as const);
    const text = previousSecretExpiresAt
      ? says.rotatedText(until.format(new Date(previousSecretExpiresAt)))
      : says.secretText;
    return html`<desk-secret .desk=${this.desk} .heading=${says.secretTitle} .text=${text}
      .label=${says.secretLabel} .secret=${secret}
      @desk-close=${() => {
        this.rotated = undefined;
        this.desk.keep(this.#form.isUnsaved);
      }}></desk-secret>`;
  }
}
