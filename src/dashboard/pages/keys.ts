import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type ApiKey, apiKeySchema } from '../../contract/index.js';
import { problemOf } from '../api.js';
import { again } from '../parts/again.js';
import { ask } from '../parts/ask.js';
import { textField } from '../parts/field.js';
import { SameKey } from '../parts/same-key.js';
import { settingsPage } from '../parts/settings-frame.js';
import { day, time } from '../parts/shown.js';
import { waiting } from '../parts/waiting.js';
import { DeskPage } from './desk-page.js';

const path = '/v1/api-keys';

/** @summary Who can get in: keys are made, told once, and revoked. */
export class DeskKeys extends DeskPage {
  static override properties: PropertyDeclarations = {
    ...DeskPage.properties,
    keys: { state: true },
    name: { state: true },
    fault: { state: true },
    isBusy: { state: true },
    made: { state: true },
    ending: { state: true },
    hasFailed: { state: true },
  };

  /** Undefined until they are known. */
  declare keys: readonly ApiKey[] | undefined;
  /** Of the one that is being made. */
  declare name: string;
  declare fault: string | undefined;
  declare isBusy: boolean;
  /** With its text, until that is kept. */
  declare made: ApiKey | undefined;
  /** The one that is being revoked, by its id. */
  declare ending: string | undefined;

  declare hasFailed: boolean;

  #once = new SameKey();

  constructor() {
    super();
    this.name = '';
  }

  protected override open(): void {
    this.nameTab(this.desk.words.keys.title);
    void this.#read();
  }

  /** All of them: a merchant has few, and which one is the last must be known. */
  async #read(): Promise<void> {
    const { signal } = this.leaving;
    const found = await this.attempt(() => this.desk.api.all(apiKeySchema(), path, { signal }));
    this.hasFailed = !found;
    this.keys = found ?? this.keys;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.isBusy) return;
    const { api, words, sayTrouble } = this.desk;
    const name = this.name.trim();
    this.fault = name ? undefined : words.problems.required;
    if (this.fault) return this.#toName();
    this.isBusy = true;
    try {
      const headers = this.#once.headers({ name });
      this.made = await api.post(apiKeySchema(), path, { name }, { headers });
      this.#once = new SameKey();
      this.#write('');
    } catch (error) {
      const problem = await problemOf(error);
      if (problem.errors?.some((one) => one.path === 'name')) {
        this.fault = words.problems.tooLong;
        await this.#toName();
      } else sayTrouble(problem);
    }
    this.isBusy = false;
    // Also where the answer was lost: it may be there, and nobody has seen it.
    await this.#read();
  }

  async #revoke(key: ApiKey): Promise<void> {
    const { desk } = this;
    const says = desk.words.keys;
    const name = this.#nameOf(key);
    const isSure = await ask(desk, {
      ...{ title: says.revokeTitle(name), text: says.revokeText, yes: says.revoke },
    });
    if (!isSure) return;
    this.ending = key.id;
    await this.attempt(async () => {
      await desk.api.post(apiKeySchema(), `${path}/${key.id}/revoke`);
      desk.say(says.revokedNow(name));
    });
    await this.#read();
    this.ending = undefined;
    // The button that asked has gone with its row.
    this.querySelector<HTMLElement>('#keys-title')?.focus();
  }

  #write(name: string): void {
    this.name = name;
    this.fault = undefined;
    this.desk.keep(name !== '' || Boolean(this.made?.key));
  }

  async #toName(): Promise<void> {
    await this.updateComplete;
    this.querySelector<HTMLElement>('#field-name')?.focus();
  }

  #nameOf({ name }: ApiKey): string {
    return name ?? this.desk.words.keys.unnamed;
  }

  protected override render(): TemplateResult {
    const says = this.desk.words.keys;
    return settingsPage(
      this.desk,
      html`<h1>${says.title}</h1>
        <p class="lead">${says.lead}</p>
        <form class="panel" novalidate aria-labelledby="new-title" aria-busy=${this.isBusy ? 'true' : nothing} @submit=${this.#submit}>
          <h2 id="new-title">${says.createTitle}</h2>
          ${textField({
            ...{ name: 'name', label: says.name, hint: says.nameHint, value: this.name },
            ...{ error: this.fault, maxLength: 100 },
            onInput: (name) => this.#write(name),
          })}
          <div class="form-end"><button class="primary" type="submit" ?disabled=${this.isBusy ?? false}>${says.create}</button></div>
        </form>
        ${this.#listed()}
        ${this.made ? this.#secret(this.made) : nothing}`,
    );
  }

  #listed(): TemplateResult {
    if (this.keys) return this.#list(this.keys);
    if (this.hasFailed) return again(this.desk, () => this.#read());
    return waiting(this.desk);
  }

  #list(keys: readonly ApiKey[]): TemplateResult {
    const says = this.desk.words.keys;
    const valid = keys.filter(({ revokedAt }) => !revokedAt);
    const revoked = keys.filter(({ revokedAt }) => revokedAt);
    return html`<section class="panel flush" aria-labelledby="keys-title">
        <h2 id="keys-title" class="inset" tabindex="-1">${says.list}</h2>
        ${this.#table(valid, (key) =>
          valid.length > 1
            ? html`<button class="danger" type="button" aria-label=${says.revokeNamed(this.#nameOf(key), key.hint)}
                ?disabled=${this.ending === key.id} @click=${() => this.#revoke(key)}>${says.revoke}</button>`
            : html`<span class="hint">${says.lastOne}</span>`,
        )}
      </section>
      ${
        revoked.length
          ? html`<details class="panel flush folded">
              <summary>${says.showRevoked(revoked.length)}</summary>
              ${this.#table(revoked, ({ revokedAt }) => html`<span class="hint">${revokedAt ? day(this.desk, revokedAt) : nothing}</span>`, says.revoked)}
            </details>`
          : nothing
      }`;
  }

  #table(
    keys: readonly ApiKey[],
    last: (key: ApiKey) => TemplateResult,
    lastTitle?: string,
  ): TemplateResult {
    const { words } = this.desk;
    const says = words.keys;
    return html`<table class="list keys">
      <thead><tr>
        <th scope="col">${says.column}</th>
        <th scope="col">${says.created}</th>
        <th scope="col">${says.lastUsed}</th>
        <th scope="col">${lastTitle ?? html`<span class="visually-hidden">${says.revoke}</span>`}</th>
      </tr></thead>
      <tbody>${keys.map(
        (key) => html`<tr>
          <th scope="row">${this.#nameOf(key)} <span class="hint">${says.ends(key.hint)}</span></th>
          <td data-label=${says.created}>${day(this.desk, key.createdAt)}</td>
          <td data-label=${says.lastUsed}>${key.lastUsedAt ? time(this.desk, key.lastUsedAt) : words.common.never}</td>
          <td data-label=${lastTitle ?? ''} class=${lastTitle ? '' : 'last'}>${last(key)}</td>
        </tr>`,
      )}</tbody>
    </table>`;
  }

  #secret({ key }: ApiKey): TemplateResult {
    const { desk } = this;
    const says = desk.words.keys;
    const kept = () => {
      this.made = undefined;
      desk.keep(this.name !== '');
    };
    // Of a repeated call that somebody has got the answer of.
    if (!key) return html`<p class="warning" role="alert">${says.lost}</p>`;
    return html`<desk-secret .desk=${desk} .heading=${says.madeTitle} .text=${says.madeText}
      .label=${says.key} .secret=${key} @desk-close=${kept}></desk-secret>`;
  }
}
