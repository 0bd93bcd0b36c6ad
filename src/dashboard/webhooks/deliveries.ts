import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import {
  type DeliveryStatus,
  deliverySchema,
  deliveryStatuses,
  resentSchema,
  type WebhookDelivery,
  type WebhookEndpoint,
  type WebhookEvent,
  webhookEventSchema,
} from '../../contract/index.js';
import { DeskPage } from '../pages/desk-page.js';
import { again } from '../parts/again.js';
import { select } from '../parts/field.js';
import { Soon } from '../parts/soon.js';
import { deliveryLog } from './log.js';
import { lookAgainIn } from './shown.js';

const pageSize = 20;
const mostAtOnce = 100;

/**
 * @summary What was sent to an endpoint, followed as it goes on.
 * @fires desk-logged - When it was read anew: how the endpoint is may have changed with it.
 */
export class DeskDeliveries extends DeskPage {
  static override properties: PropertyDeclarations = {
    ...DeskPage.properties,
    endpoint: { attribute: false },
    deliveries: { state: true },
    nextCursor: { state: true },
    status: { state: true },
    contents: { state: true },
    resending: { state: true },
    hasFailed: { state: true },
  };

  declare endpoint: WebhookEndpoint;
  /** Undefined until they are known. */
  declare deliveries: readonly WebhookDelivery[] | undefined;
  declare nextCursor: string | null;
  /** Empty: all of them. */
  declare status: DeliveryStatus | '';
  /** Of events that were opened, by their ids. */
  declare contents: Readonly<Record<string, WebhookEvent>>;
  /** Events that are being sent again. */
  declare resending: ReadonlySet<string>;
  declare hasFailed: boolean;

  readonly #stale = new Soon(() => this.readAgain());
  #isReadingOn = false;

  constructor() {
    super();
    this.nextCursor = null;
    this.status = '';
    this.contents = {};
    this.resending = new Set();
    this.hasFailed = false;
  }

  protected override open(): void {
    void this.#read();
  }

  /** What happened is about to be sent: looked for a little later, and followed from there. */
  protected override hear(): void {
    this.readIn(500);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stale.cancel();
  }

  readIn(ms: number): void {
    this.#stale.in(ms);
  }

  #page(asked: { cursor?: string | undefined; limit?: number }) {
    const query = { limit: pageSize, ...asked, status: this.status || undefined };
    const { signal } = this.leaving;
    const path = `/v1/webhook-endpoints/${this.endpoint.id}/deliveries`;
    return this.desk.api.list(deliverySchema(), path, { query, signal });
  }

  async #read(): Promise<void> {
    this.hasFailed = !(await this.attempt(() => this.#readAll(pageSize)));
  }

  /** As far as it was read on to; silent where that fails, for nobody has asked. */
  async readAgain(): Promise<void> {
    const limit = Math.min(Math.max(this.deliveries?.length ?? 0, pageSize), mostAtOnce);
    try {
      await this.#readAll(limit);
    } catch {
      if (!this.leaving.signal.aborted) this.readIn(10_000);
    }
    this.dispatchEvent(new CustomEvent('desk-logged'));
  }

  async #readAll(limit: number): Promise<true> {
    const { status } = this;
    const { data, nextCursor } = await this.#page({ limit });
    if (status !== this.status) return true;
    this.hasFailed = false;
    const rest = this.deliveries?.slice(mostAtOnce) ?? [];
    if (!rest.length || data.length < mostAtOnce) {
      this.deliveries = data;
      this.nextCursor = nextCursor;
    } else {
      const fresh = new Set(data.map(({ eventId }) => eventId));
      this.deliveries = [...data, ...rest.filter(({ eventId }) => !fresh.has(eventId))];
    }
    const ms = lookAgainIn(this.deliveries, Date.now());
    if (ms !== undefined) this.readIn(ms);
    return true;
  }

  async #more(): Promise<void> {
    const { nextCursor, status } = this;
    if (!nextCursor || this.#isReadingOn) return;
    this.#isReadingOn = true;
    const page = await this.attempt(() => this.#page({ cursor: nextCursor }));
    this.#isReadingOn = false;
    // Of other filters than are chosen now nothing is shown.
    if (!page || status !== this.status) return;
    const { deliveries = [] } = this;
    const known = new Set(deliveries.map(({ eventId }) => eventId));
    this.deliveries = [...deliveries, ...page.data.filter(({ eventId }) => !known.has(eventId))];
    this.nextCursor = page.nextCursor;
    await this.updateComplete;
    this.querySelector<HTMLElement>(`#delivery-${page.data[0]?.eventId} summary`)?.focus();
  }

  async #filter(status: DeliveryStatus | ''): Promise<void> {
    this.status = status;
    await this.#read();
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
    const body = { endpointId: this.endpoint.id };
    const sent = await this.attempt(() =>
      api.post(resentSchema(), `/v1/events/${eventId}/resend`, body),
    );
    if (sent) {
      say(words.webhooks.resent);
      this.deliveries = this.deliveries?.map(
        (one) => sent.data.find((fresh) => fresh.eventId === one.eventId) ?? one,
      );
      this.readIn(1_500);
    }
    this.resending = new Set([...this.resending].filter((one) => one !== eventId));
  }

  protected override render(): TemplateResult {
    const { words } = this.desk;
    const says = words.webhooks;
    const isEmpty = !this.deliveries?.length && !this.status;
    return html`<section class="panel flush" aria-labelledby="log-title">
      <div class="page-head inset">
        <h2 id="log-title">${says.log}</h2>
        ${
          isEmpty
            ? nothing
            : select({
                ...{ name: 'status', label: says.filter, value: this.status },
                choices: [
                  { value: '', label: words.common.all },
                  ...deliveryStatuses.map((value) => ({ value, label: says.statuses[value] })),
                ],
                onInput: (value) => void this.#filter(value as DeliveryStatus | ''),
              })
        }
      </div>
      ${this.hasFailed ? again(this.desk, () => this.#read()) : this.#log()}
      ${this.nextCursor ? html`<p class="more"><button class="secondary" type="button" @click=${() => this.#more()}>${words.common.more}</button></p>` : nothing}
    </section>`;
  }

  #log(): TemplateResult {
    const { desk, endpoint, deliveries, contents, resending, status } = this;
    const { common, webhooks: says } = desk.words;
    if (!deliveries) return html`<p class="inset lead" role="status">${common.loading}</p>`;
    if (!deliveries.length)
      return html`<p class="inset lead">${status ? says.logNone : says.logEmpty}</p>`;
    return deliveryLog({
      ...{ desk, endpoint, deliveries, contents, resending },
      open: (eventId) => void this.#open(eventId),
      resend: (eventId) => void this.#resend(eventId),
    });
  }
}
