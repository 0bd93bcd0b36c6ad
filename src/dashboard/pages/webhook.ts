import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import {
  type DeliveryStatus,
  deliverySchema,
  deliveryStatuses,
  type EventType,
  endpointSchema,
  eventTypes,
  resentSchema,
  type WebhookDelivery,
  type WebhookEndpoint,
  type WebhookEvent,
  webhookEventSchema,
} from '../../contract/index.js';
import { problemOf } from '../api.js';
import { again } from '../parts/again.js';
import { ask } from '../parts/ask.js';
import { select } from '../parts/field.js';
import { toFirstMistake } from '../parts/first-mistake.js';
import { settingsPage } from '../parts/settings-frame.js';
import { breakable, day, time } from '../parts/shown.js';
import type { Mistakes } from '../parts/typed.js';
import { addressOf } from '../place.js';
import { type EndpointDraft, endpointBody, endpointDraftOf } from '../webhooks/draft.js';
import { endpointFields } from '../webhooks/fields.js';
import { deliveryLog } from '../webhooks/log.js';
import { endpointState, lookAgainIn, secondsOf, whyFailed } from '../webhooks/shown.js';
import { DeskPage } from './desk-page.js';

const pageSize = 20;
const mostAtOnce = 100;

/** @summary One address: what is sent there, how it answered, and what can be done about it. */
export class DeskWebhook extends DeskPage {
  static override properties: PropertyDeclarations = {
    ...DeskPage.properties,
    endpointId: { attribute: false },
    endpoint: { state: true },
    isGone: { state: true },
    hasFailed: { state: true },
    draft: { state: true },
    left: { state: true },
    refused: { state: true },
    isBusy: { state: true },
    rotated: { state: true },
    testType: { state: true },
    tested: { state: true },
    isTesting: { state: true },
    deliveries: { state: true },
    nextCursor: { state: true },
    status: { state: true },
    contents: { state: true },
    resending: { state: true },
  };

  declare endpointId: string;
  /** Undefined until it is known. */
  declare endpoint: WebhookEndpoint | undefined;
  declare isGone: boolean;
  declare hasFailed: boolean;
  /** Undefined while it is not being edited. */
  declare draft: EndpointDraft | undefined;
  declare left: ReadonlySet<string>;
  declare refused: Mistakes;
  declare isBusy: boolean;
  /** With its new secret, until that is kept. */
  declare rotated: WebhookEndpoint | undefined;
  /** Empty: what fits best. */
  declare testType: EventType | '';
  declare tested: WebhookDelivery | undefined;
  declare isTesting: boolean;
  declare deliveries: readonly WebhookDelivery[] | undefined;
  declare nextCursor: string | null;
  /** Of the log; empty: all of it. */
  declare status: DeliveryStatus | '';
  /** Of events that were opened, by their ids. */
  declare contents: Readonly<Record<string, WebhookEvent>>;
  /** Events that are being sent again. */
  declare resending: ReadonlySet<string>;

  #stale: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.left = new Set();
    this.refused = {};
    this.testType = '';
    this.nextCursor = null;
    this.status = '';
    this.contents = {};
    this.resending = new Set();
  }

  protected override open(): void {
    void this.#read();
  }

  /** What happened is about to be sent: looked for a little later, and followed from there. */
  protected override hear(): void {
    this.#readIn(500);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#stale);
  }

  #readIn(ms: number): void {
    clearTimeout(this.#stale);
    this.#stale = setTimeout(() => void this.#readAgain(), ms);
  }

  get #path(): string {
    return `/v1/webhook-endpoints/${this.endpointId}`;
  }

  #log(asked: { cursor?: string | undefined; limit?: number }) {
    const query = { limit: pageSize, ...asked, status: this.status || undefined };
    const { signal } = this.leaving;
    return this.desk.api.list(deliverySchema(), `${this.#path}/deliveries`, { query, signal });
  }

  async #read(): Promise<void> {
    this.hasFailed = false;
    try {
      await this.#readAll(pageSize);
    } catch (error) {
      if (this.leaving.signal.aborted) return;
      const problem = await problemOf(error);
      this.isGone = problem.code === 'not_found';
      this.hasFailed = !this.isGone;
      if (this.hasFailed) this.desk.sayTrouble(problem);
    }
  }

  /** As far as it was read on to; silent where that fails, for nobody has asked. */
  async #readAgain(): Promise<void> {
    const limit = Math.min(Math.max(this.deliveries?.length ?? 0, pageSize), mostAtOnce);
    try {
      await this.#readAll(limit);
    } catch (error) {
      if (this.leaving.signal.aborted) return;
      this.isGone = (await problemOf(error)).code === 'not_found';
      if (!this.isGone) this.#readIn(10_000);
    }
  }

  async #readAll(limit: number): Promise<void> {
    const { signal } = this.leaving;
    const { status } = this;
    const [endpoint, log] = await Promise.all([
      this.desk.api.get(endpointSchema(), this.#path, { signal }),
      this.#log({ limit }),
    ]);
    this.endpoint = endpoint;
    this.nameTab(endpoint.url);
    if (status !== this.status) return;
    const rest = this.deliveries?.slice(mostAtOnce) ?? [];
    if (!rest.length || log.data.length < mostAtOnce) {
      this.deliveries = log.data;
      this.nextCursor = log.nextCursor;
    } else {
      const fresh = new Set(log.data.map(({ eventId }) => eventId));
      this.deliveries = [...log.data, ...rest.filter(({ eventId }) => !fresh.has(eventId))];
    }
    const ms = lookAgainIn(this.deliveries, Date.now());
    if (ms !== undefined) this.#readIn(ms);
  }

  async #more(): Promise<void> {
    const { nextCursor, deliveries = [] } = this;
    if (!nextCursor) return;
    const page = await this.attempt(() => this.#log({ cursor: nextCursor }));
    if (!page) return;
    this.deliveries = [...deliveries, ...page.data];
    this.nextCursor = page.nextCursor;
    await this.updateComplete;
    this.querySelector<HTMLElement>(`#delivery-${page.data[0]?.eventId} summary`)?.focus();
  }

  async #filter(status: DeliveryStatus | ''): Promise<void> {
    this.status = status;
    await this.attempt(() => this.#readAll(pageSize));
  }

  /** The content of a notice is read when somebody wants to see it. */
  async #open(eventId: string): Promise<void> {
    if (this.contents[eventId]) return;
    const event = await this.attempt(() =>
      this.desk.api.get(webhookEventSchema(), `/v1/events/${eventId}`),
    );
    if (event) this.contents = { ...this.contents, [eventId]: event };
  }

  async #resend(eventId: string): Promise<void> {
    const { api, words, say } = this.desk;
    this.resending = new Set([...this.resending, eventId]);
    const body = { endpointId: this.endpointId };
    const sent = await this.attempt(() =>
      api.post(resentSchema(), `/v1/events/${eventId}/resend`, body),
    );
    if (sent) {
      say(words.webhooks.resent);
      this.deliveries = this.deliveries?.map(
        (one) => sent.data.find((fresh) => fresh.eventId === one.eventId) ?? one,
      );
      this.#readIn(1_500);
    }
    this.resending = new Set([...this.resending].filter((one) => one !== eventId));
  }

  async #test(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.isTesting) return;
    this.isTesting = true;
    this.tested = undefined;
    const body = this.testType ? { eventType: this.testType } : {};
    this.tested = await this.attempt(() =>
      this.desk.api.post(deliverySchema(), `${this.#path}/test`, body),
    );
    this.isTesting = false;
    await this.#readAgain();
  }

  async #switch(isEnabled: boolean): Promise<void> {
    const { api, words, say } = this.desk;
    const set = async (to: boolean) => {
      this.endpoint = await api.patch(endpointSchema(), this.#path, { isEnabled: to });
      this.#readIn(500);
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

  async #edit(endpoint: WebhookEndpoint): Promise<void> {
    this.draft = endpointDraftOf(endpoint);
    this.left = new Set();
    this.refused = {};
    await this.updateComplete;
    this.querySelector<HTMLElement>('#field-url')?.focus();
  }

  async #leaveOff(): Promise<void> {
    this.draft = undefined;
    this.desk.keep(false);
    await this.updateComplete;
    this.querySelector<HTMLElement>('#edit-endpoint')?.focus();
  }

  get #mistakes(): Mistakes {
    if (!this.draft) return {};
    const { mistakes } = endpointBody(this.draft, this.desk.words);
    const told = Object.entries(mistakes).filter(
      ([name]) => this.left.has('*') || this.left.has(name),
    );
    return { ...Object.fromEntries(told), ...this.refused };
  }

  async #save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.isBusy || !this.draft) return;
    this.left = new Set(['*']);
    if (Object.keys(this.#mistakes).length) return this.#toFirstMistake();
    this.isBusy = true;
    try {
      const { api, words, say } = this.desk;
      const { body } = endpointBody(this.draft, words);
      this.endpoint = await api.patch(endpointSchema(), this.#path, body);
      say(words.webhooks.saved);
      await this.#leaveOff();
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
    const { endpoint } = this;
    const back = html`<p><a href=${addressOf('settings', 'webhooks')}>← ${words.webhooks.title}</a></p>`;
    if (this.isGone)
      return settingsPage(
        this.desk,
        html`${back}<h1>${words.common.missingTitle}</h1><p class="lead">${words.common.missingText}</p>`,
      );
    if (!endpoint)
      return settingsPage(
        this.desk,
        this.hasFailed
          ? again(this.desk, () => this.#read())
          : html`<p class="waiting" role="status">${words.common.loading}</p>`,
      );
    return settingsPage(
      this.desk,
      html`${back} ${this.#head(endpoint)} ${this.#trouble(endpoint)}
        ${this.draft ? this.#form(this.draft) : this.#facts(endpoint)}
        ${this.#trial(endpoint)} ${this.#sent(endpoint)} ${this.rotated ? this.#newSecret(this.rotated) : nothing}`,
    );
  }

  #head(endpoint: WebhookEndpoint): TemplateResult {
    const { words } = this.desk;
    const says = words.webhooks;
    return html`<h1>${breakable(endpoint.url)} ${endpointState(this.desk, endpoint)}</h1>
      <div class="form-end">
        <button id="edit-endpoint" class="secondary" type="button" @click=${() => this.#edit(endpoint)}>${words.common.edit}</button>
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

  #form(draft: EndpointDraft): TemplateResult {
    const { words } = this.desk;
    return html`<form class="panel" novalidate aria-labelledby="edit-title" aria-busy=${this.isBusy ? 'true' : nothing} @submit=${this.#save}>
      <h2 id="edit-title">${words.webhooks.edit}</h2>
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
        <button class="primary" type="submit">${words.common.save}</button>
        <button class="secondary" type="button" @click=${() => this.#leaveOff()}>${words.common.cancel}</button>
      </div>
    </form>`;
  }

  #trial({ eventTypes: heard }: WebhookEndpoint): TemplateResult {
    const says = this.desk.words.webhooks;
    const types = heard.length ? heard : eventTypes;
    return html`<form class="panel" aria-labelledby="test-title" aria-busy=${this.isTesting ? 'true' : nothing} @submit=${this.#test}>
      <h2 id="test-title">${says.test}</h2>
      <p class="hint">${says.testText}</p>
      <div class="adders">
        ${select({
          ...{ name: 'testType', label: says.testType, value: this.testType },
          choices: [
            { value: '', label: says.testUsual },
            ...types.map((value) => ({ value, label: says.types[value] })),
          ],
          onInput: (value) => {
            this.testType = value as EventType | '';
          },
        })}
        <button class="secondary" type="submit" ?disabled=${this.isTesting ?? false}>${says.testSend}</button>
      </div>
      <div role="status">${this.isTesting ? html`<p class="hint">${says.testing}</p>` : this.tested ? this.#outcome(this.tested) : nothing}</div>
    </form>`;
  }

  #outcome({ attempts }: WebhookDelivery): TemplateResult | typeof nothing {
    const { words, locale } = this.desk;
    const says = words.webhooks;
    const last = attempts.at(-1);
    if (!last) return nothing;
    const why = whyFailed(words, last);
    if (why) return html`<p class="warning">${says.testBad(why)}</p>`;
    const took = says.seconds(secondsOf(locale, last.durationMs));
    return html`<p class="good">${says.testGood(last.responseStatus ?? 200, took)}</p>`;
  }

  #sent(endpoint: WebhookEndpoint): TemplateResult {
    const { words } = this.desk;
    const says = words.webhooks;
    const { deliveries = [], status } = this;
    const isEmpty = !deliveries.length && !status;
    return html`<section class="panel flush" aria-labelledby="log-title">
      <div class="page-head inset">
        <h2 id="log-title">${says.log}</h2>
        ${
          isEmpty
            ? nothing
            : select({
                ...{ name: 'status', label: says.filter, value: status },
                choices: [
                  { value: '', label: words.common.all },
                  ...deliveryStatuses.map((value) => ({ value, label: says.statuses[value] })),
                ],
                onInput: (value) => void this.#filter(value as DeliveryStatus | ''),
              })
        }
      </div>
      ${
        deliveries.length
          ? deliveryLog({
              ...{ desk: this.desk, endpoint, deliveries, contents: this.contents },
              resending: this.resending,
              open: (eventId) => void this.#open(eventId),
              resend: (eventId) => void this.#resend(eventId),
            })
          : html`<p class="inset lead">${isEmpty ? says.logEmpty : says.logNone}</p>`
      }
      ${this.nextCursor ? html`<p class="more"><button class="secondary" type="button" @click=${() => this.#more()}>${words.common.more}</button></p>` : nothing}
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
        this.desk.keep(this.draft !== undefined);
      }}></desk-secret>`;
  }
}
