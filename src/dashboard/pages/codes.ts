import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import {
  type Coupon,
  couponSchema,
  type PromotionCode,
  promotionCodeSchema,
} from '../../contract/index.js';
import { problemOf } from '../api.js';
import { codeSentence, limitsBody } from '../code-form/body.js';
import type { DraftLimits } from '../code-form/draft.js';
import { codeState } from '../code-form/state.js';
import { localTime } from '../link-form/draft.js';
import { again } from '../parts/again.js';
import { copyButton } from '../parts/copy-button.js';
import { durationText, offText } from '../parts/coupon-shown.js';
import { textField } from '../parts/field.js';
import { toFirstMistake } from '../parts/first-mistake.js';
import { settingsPage } from '../parts/settings-frame.js';
import { money, time } from '../parts/shown.js';
import type { Mistakes } from '../parts/typed.js';
import { addressOf } from '../place.js';
import { DeskPage } from './desk-page.js';

const limitsOf = ({ maxRedemptions, expiresAt }: PromotionCode): DraftLimits => ({
  maxRedemptions: maxRedemptions?.toString() ?? '',
  expiresAt: expiresAt ? localTime(expiresAt) : '',
});

interface Changing {
  readonly code: PromotionCode;
  readonly limits: DraftLimits;
  readonly mistakes: Mistakes;
}

/** @summary The promotion codes: what they take off, how often they were used, and whether they work. */
export class DeskCodes extends DeskPage {
  static override properties: PropertyDeclarations = {
    ...DeskPage.properties,
    codes: { state: true },
    coupons: { state: true },
    nextCursor: { state: true },
    busy: { state: true },
    changing: { state: true },
    hasFailed: { state: true },
  };

  /** Undefined until they are known. */
  declare codes: readonly PromotionCode[] | undefined;
  declare coupons: ReadonlyMap<string, Coupon>;
  declare nextCursor: string | null;
  /** What is being done: `more`, or the id of a code. */
  declare busy: string | undefined;
  declare changing: Changing | undefined;
  declare hasFailed: boolean;

  #stale: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.coupons = new Map();
    this.nextCursor = null;
    this.hasFailed = false;
  }

  protected override open(): void {
    this.nameTab(this.desk.words.codes.title);
    void this.#read();
  }

  /** A code is used with a checkout. */
  protected override hear({ type }: { type: string }): void {
    if (!type.startsWith('checkout_session.')) return;
    clearTimeout(this.#stale);
    this.#stale = setTimeout(() => void this.#refresh(), 500);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#stale);
  }

  async #page(cursor?: string) {
    const { api } = this.desk;
    const { signal } = this.leaving;
    const query = { limit: 50, cursor };
    const page = await api.list(promotionCodeSchema(), '/v1/promotion-codes', { query, signal });
    await this.#readCoupons(page.data);
    return page;
  }

  /** Those of the codes that are shown: newest first as codes are, they mostly come at once. */
  async #readCoupons(codes: readonly PromotionCode[]): Promise<void> {
    const { api } = this.desk;
    const { signal } = this.leaving;
    const isUnknown = ({ couponId }: PromotionCode) => !this.coupons.has(couponId);
    if (!codes.some(isUnknown)) return;
    const { data } = await api.list(couponSchema(), '/v1/coupons', {
      query: { limit: 100 },
      signal,
    });
    this.coupons = new Map([...this.coupons, ...data.map((one) => [one.id, one] as const)]);
    const others = [...new Set(codes.filter(isUnknown).map(({ couponId }) => couponId))];
    const found = await Promise.all(
      others.map((id) => api.get(couponSchema(), `/v1/coupons/${id}`, { signal })),
    );
    this.coupons = new Map([...this.coupons, ...found.map((one) => [one.id, one] as const)]);
  }

  async #read(): Promise<void> {
    this.hasFailed = false;
    const page = await this.attempt(() => this.#page());
    this.hasFailed = !page;
    if (!page) return;
    this.codes = page.data;
    this.nextCursor = page.nextCursor;
  }

  async #more(): Promise<void> {
    const { nextCursor, codes = [] } = this;
    if (!nextCursor || this.busy) return;
    this.busy = 'more';
    const page = await this.attempt(() => this.#page(nextCursor));
    this.busy = undefined;
    if (!page) return;
    this.codes = [...codes, ...page.data];
    this.nextCursor = page.nextCursor;
    await this.updateComplete;
    this.querySelector<HTMLElement>(`#code-${page.data[0]?.id} button`)?.focus();
  }

  async #refresh(): Promise<void> {
    const page = await this.#page().catch(() => undefined);
    if (!page || !this.codes) return;
    const fresh = new Set(page.data.map(({ id }) => id));
    this.codes = [...page.data, ...this.codes.filter(({ id }) => !fresh.has(id))];
  }

  async #patch(id: string, changes: object): Promise<void> {
    const path = `/v1/promotion-codes/${id}`;
    const saved = await this.desk.api.patch(promotionCodeSchema(), path, changes);
    this.codes = this.codes?.map((one) => (one.id === id ? saved : one));
  }

  async #switch({ id, code, isActive }: PromotionCode): Promise<void> {
    const { words, say } = this.desk;
    const { codes: says } = words;
    if (this.busy) return;
    this.busy = id;
    await this.attempt(async () => {
      await this.#patch(id, { isActive: !isActive });
      say(isActive ? says.switchedOff(code) : says.switchedOn(code), () =>
        this.#patch(id, { isActive }),
      );
    });
    this.busy = undefined;
  }

  #change(limits: Partial<DraftLimits>): void {
    if (!this.changing) return;
    const { code, limits: before } = this.changing;
    this.changing = { code, limits: { ...before, ...limits }, mistakes: {} };
  }

  async #saveLimits(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (!this.changing || this.busy) return;
    const { words, say, sayTrouble, locale } = this.desk;
    const { code, limits } = this.changing;
    const before = limitsOf(code);
    const { body, mistakes } = limitsBody(limits, this.desk, { before, now: Date.now() });
    if (Object.keys(mistakes).length) return this.#refuse(mistakes);
    this.busy = code.id;
    try {
      if (Object.keys(body).length) {
        await this.#patch(code.id, body);
        say(words.codes.changed(code.code));
      }
      this.#close();
    } catch (error) {
      const problem = await problemOf(error);
      if (!problem.errors?.length) return sayTrouble(problem);
      await this.#refuse(
        Object.fromEntries(
          problem.errors.map((one) => [one.path, codeSentence({ words, locale }, one)]),
        ),
      );
    } finally {
      this.busy = undefined;
    }
  }

  /** Both in one step: what is drawn in between would open it again. */
  #close(): void {
    this.querySelector<HTMLDialogElement>('dialog')?.close();
    this.changing = undefined;
  }

  async #refuse(mistakes: Mistakes): Promise<void> {
    if (!this.changing) return;
    this.changing = { ...this.changing, mistakes };
    await this.updateComplete;
    toFirstMistake(this);
  }

  protected override updated(): void {
    const dialog = this.querySelector<HTMLDialogElement>('dialog');
    if (dialog && !dialog.open) dialog.showModal();
  }

  protected override render(): TemplateResult {
    const { words } = this.desk;
    const { codes: says } = words;
    const isFirst = this.codes?.length === 0;
    const create = html`<a class="button primary" href=${addressOf('settings', 'codes', 'new')}>${says.create}</a>`;
    return settingsPage(
      this.desk,
      html`<div class="page-head"><h1>${says.title}</h1> ${isFirst ? nothing : create}</div>
      ${
        isFirst
          ? html`<section class="panel beginning" aria-labelledby="beginning-title">
            <h2 id="beginning-title">${says.emptyTitle}</h2>
            <p class="lead">${says.emptyText}</p> <p class="lead">${says.whereTheyWork}</p> <p>${create}</p>
          </section>`
          : this.#table()
      }
      ${this.changing ? this.#dialog(this.changing) : nothing}`,
    );
  }

  #table(): TemplateResult {
    const { words } = this.desk;
    const { codes: says } = words;
    if (this.hasFailed) return again(this.desk, () => this.#read());
    if (!this.codes) return html`<p class="waiting" role="status">${words.common.loading}</p>`;
    return html`<p class="hint">${says.whereTheyWork}</p>
      <p class="visually-hidden" role="status">${says.shown(this.codes.length)}</p>
      <div class="panel flush" aria-busy=${this.busy ? 'true' : nothing}>
      <table class="list codes">
        <thead><tr>
          <th scope="col">${says.code}</th>
          <th scope="col">${says.takesOff}</th>
          <th scope="col" class="number">${says.uses}</th>
          <th scope="col">${says.until}</th>
          <th scope="col">${says.state}</th>
          <th scope="col"><span class="visually-hidden">${says.change}</span></th>
        </tr></thead>
        <tbody>${this.codes.map((code) => this.#row(code))}</tbody>
      </table>
      ${this.nextCursor ? html`<p class="more"><button class="secondary" type="button" ?disabled=${this.busy === 'more'} @click=${this.#more}>${words.common.more}</button></p>` : nothing}
    </div>`;
  }

  #row(code: PromotionCode): TemplateResult {
    const { words } = this.desk;
    const { codes: says } = words;
    const { id, isActive, minimumAmount, minimumAmountCurrency } = code;
    const coupon = this.coupons.get(code.couponId);
    const state = codeState(code, Date.now());
    const conditions = [
      coupon && coupon.duration !== 'once' && durationText(this.desk, coupon),
      minimumAmount && says.from(money(this.desk, minimumAmount, minimumAmountCurrency ?? '')),
      code.firstTimeTransaction && says.firstOnly,
    ].filter(Boolean);
    return html`<tr id="code-${id}">
      <th scope="row"><span class="coupon-code">${code.code}</span>
        ${coupon?.name ? html`<span class="hint">${coupon.name}</span>` : nothing}</th>
      <td data-label=${says.takesOff}><div>${coupon ? offText(this.desk, coupon) : '–'}
        ${conditions.length ? html`<p class="hint">${conditions.join(', ')}</p>` : nothing}</div></td>
      <td class="number" data-label=${says.uses}><div>${says.ofUses(code.redemptionCount, code.maxRedemptions)}
        ${code.reservedCount ? html`<p class="hint">${says.held(code.reservedCount)}</p>` : nothing}</div></td>
      <td data-label=${says.until}>${code.expiresAt ? time(this.desk, code.expiresAt) : html`<span class="hint">${says.noEnd}</span>`}</td>
      <td data-label=${says.state}><span class="state state-${state}">${says.states[state]}</span></td>
      <td class="row-actions">
        ${copyButton(this.desk, { text: code.code, label: says.copyCode(code.code) })}
        <button class="quiet" type="button" aria-label=${says.changeCode(code.code)} @click=${() => {
          this.changing = { code, limits: limitsOf(code), mistakes: {} };
        }}>${says.change}</button>
        <button class="quiet" type="button" aria-label=${isActive ? says.switchOffCode(code.code) : says.switchOnCode(code.code)}
          ?disabled=${this.busy === id} @click=${() => this.#switch(code)}>${isActive ? says.switchOff : says.switchOn}</button>
      </td>
    </tr>`;
  }

  #dialog({ code, limits, mistakes }: Changing): TemplateResult {
    const { words } = this.desk;
    const { codes: says } = words;
    const field = (name: keyof DraftLimits, label: string, hint: string) => ({
      ...{ name, label, hint, value: limits[name], error: mistakes[name] },
      onInput: (value: string) => this.#change({ [name]: value }),
    });
    return html`<dialog class="sure" aria-labelledby="change-title" @close=${() => this.#close()}>
      <form novalidate aria-busy=${this.busy === code.id ? 'true' : nothing} @submit=${this.#saveLimits}>
        <h2 id="change-title">${says.changeCode(code.code)}</h2>
        ${textField({ ...field('maxRedemptions', says.maxRedemptions, says.maxHint), inputMode: 'numeric' })}
        ${textField({ ...field('expiresAt', says.expiresAt, says.expiresHint), type: 'datetime-local' })}
        <p class="hint">${says.changeHint}</p>
        <div class="form-end">
          <button class="primary" type="submit" ?disabled=${this.busy === code.id}>${words.common.save}</button>
          <button class="secondary" type="button" @click=${() => this.#close()}>${words.common.cancel}</button>
        </div>
      </form>
    </dialog>`;
  }
}
