/** The form of an endpoint, whether it is made or changed. */
import { html, nothing, type TemplateResult } from 'lit';
import type { DeskPage } from '../pages/desk-page.js';
import { Form } from '../parts/form.js';
import { type EndpointBody, type EndpointDraft, endpointBody } from './draft.js';
import { endpointFields } from './fields.js';

export class EndpointForm extends Form<EndpointDraft> {
  constructor(page: DeskPage, send: (body: EndpointBody) => Promise<unknown>) {
    super(page, {
      mistakesOf: (draft) => endpointBody(draft, page.desk.words).mistakes,
      send: (draft) => send(endpointBody(draft, page.desk.words).body),
      refusedOf: ({ errors }): Record<string, string> =>
        errors?.some(({ path }) => path === 'url')
          ? { url: page.desk.words.webhooks.urlFault }
          : {},
    });
  }

  async open(draft: EndpointDraft): Promise<void> {
    this.begin(draft);
    await this.#focus('#field-url');
  }

  /** @param opener what it was opened with */
  async close(opener: string): Promise<void> {
    this.begin(undefined);
    await this.#focus(opener);
  }

  async #focus(selector: string): Promise<void> {
    await this.host.updateComplete;
    this.host.querySelector<HTMLElement>(selector)?.focus();
  }

  /** Nothing, while no endpoint is being written. */
  draw({
    title,
    submit,
    opener,
  }: {
    title: string;
    submit: string;
    opener: string;
  }): TemplateResult | typeof nothing {
    const { draft, mistakes, change, leave } = this;
    const { desk } = this.host;
    if (!draft) return nothing;
    return html`<form class="panel" novalidate aria-labelledby="endpoint-title" aria-busy=${this.isBusy ? 'true' : nothing} @submit=${this.submit}>
      <h2 id="endpoint-title">${title}</h2>
      ${endpointFields({ desk, draft, mistakes, change, leave })}
      <div class="form-end">
        <button class="primary" type="submit">${submit}</button>
        <button class="secondary" type="button" @click=${() => this.close(opener)}>${desk.words.common.cancel}</button>
      </div>
    </form>`;
  }
}
