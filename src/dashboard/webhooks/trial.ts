import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import {
  deliverySchema,
  type EventType,
  eventTypes,
  type WebhookDelivery,
  type WebhookEndpoint,
} from '../../contract/index.js';
import { DeskPage } from '../pages/desk-page.js';
import { select } from '../parts/field.js';
import { secondsOf, whyFailed } from './shown.js';

/**
 * @summary Sends an example to an endpoint, and tells how it answered.
 * @fires desk-tried - When it has answered, or has not.
 */
export class DeskTrial extends DeskPage {
  static override properties: PropertyDeclarations = {
    ...DeskPage.properties,
    endpoint: { attribute: false },
    type: { state: true },
    tried: { state: true },
    isTrying: { state: true },
  };

  declare endpoint: WebhookEndpoint;
  /** Empty: what fits best. */
  declare type: EventType | '';
  declare tried: WebhookDelivery | undefined;
  declare isTrying: boolean;

  constructor() {
    super();
    this.type = '';
    this.isTrying = false;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.isTrying) return;
    this.isTrying = true;
    this.tried = undefined;
    const path = `/v1/webhook-endpoints/${this.endpoint.id}/test`;
    const body = this.type ? { eventType: this.type } : {};
    this.tried = await this.attempt(() => this.desk.api.post(deliverySchema(), path, body));
    this.isTrying = false;
    this.dispatchEvent(new CustomEvent('desk-tried'));
  }

  protected override render(): TemplateResult {
    const says = this.desk.words.webhooks;
    const { eventTypes: heard } = this.endpoint;
    const types = heard.length ? heard : eventTypes;
    return html`<form class="panel" aria-labelledby="test-title" aria-busy=${this.isTrying ? 'true' : nothing} @submit=${this.#submit}>
      <h2 id="test-title">${says.test}</h2>
      <p class="hint">${says.testText}</p>
      <div class="adders">
        ${select({
          ...{ name: 'testType', label: says.testType, value: this.type },
          choices: [
            { value: '', label: says.testUsual },
            ...types.map((value) => ({ value, label: says.types[value] })),
          ],
          onInput: (value) => {
            this.type = value as EventType | '';
          },
        })}
        <button class="secondary" type="submit" ?disabled=${this.isTrying}>${says.testSend}</button>
      </div>
      <div role="status">${this.isTrying ? html`<p class="hint">${says.testing}</p>` : this.#outcome()}</div>
    </form>`;
  }

  #outcome(): TemplateResult | typeof nothing {
    const { words, locale } = this.desk;
    const says = words.webhooks;
    const last = this.tried?.attempts.at(-1);
    if (!last) return nothing;
    const why = whyFailed(words, last);
    if (why) return html`<p class="warning">${says.testBad(why)}</p>`;
    const took = says.seconds(secondsOf(locale, last.durationMs));
    return html`<p class="good">${says.testGood(last.responseStatus ?? 200, took)}</p>`;
  }
}
