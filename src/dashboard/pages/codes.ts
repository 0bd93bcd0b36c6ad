import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import {
  type Coupon,
  couponSchema,
  type PromotionCode,
  promotionCodeSchema,
} from '../../contract/index.js';
import type { DeskCodeLimits } from '../code-form/limits-dialog.js';
import { codeState } from '../code-form/state.js';
import type { News } from '../desk.js';
import { reconnected } from '../live.js';
import { again } from '../parts/again.js';
import { copyButton } from '../parts/copy-button.js';
import { durationText, offText } from '../parts/coupon-shown.js';
import { Listing } from '../parts/listing.js';
import { more, rowId } from '../parts/more.js';
import { settingsPage } from '../parts/settings-frame.js';
import { money, time } from '../parts/shown.js';
import { waiting } from '../parts/waiting.js';
import { addressOf } from '../place.js';
import { DeskPage } from './desk-page.js';

/** @summary The promotion codes: what they take off, how often they were used, and whether they work. */
export class DeskCodes extends DeskPage {
  static override properties: PropertyDeclarations = {
    ...DeskPage.properties,
    coupons: { state: true },
    busy: { state: true },
  };

  declare coupons: ReadonlyMap<string, Coupon>;
  /** The code that is being switched, by its id. */
  declare busy: string | undefined;

  readonly #codes: Listing<PromotionCode> = new Listing<PromotionCode>(this, {
    ask: (cursor, signal) =>
      this.desk.api.list(promotionCodeSchema(), '/v1/promotion-codes', {
        query: { limit: 50, cursor },
        signal,
      }),
    learn: (codes) => this.#readCoupons(codes),
    fail: (error) => this.desk.sayTrouble(error),
  });

  constructor() {
    super();
    this.coupons = new Map();
  }

  protected override open(): void {
    this.nameTab(this.desk.words.codes.title);
    void this.#codes.read();
  }

  /** A code is used with a checkout. */
  protected override hear({ type }: News): void {
    if (type.startsWith('checkout_session.') || type === reconnected) this.#codes.refreshSoon();
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

  async #patch(id: string, changes: object): Promise<void> {
    const path = `/v1/promotion-codes/${id}`;
    const saved = await this.desk.api.patch(promotionCodeSchema(), path, changes);
    this.#codes.replace(id, saved);
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

  protected override render(): TemplateResult {
    const { words } = this.desk;
    const { codes: says } = words;
    const isFirst = this.#codes.rows?.length === 0;
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
      <desk-code-limits .desk=${this.desk}
        @desk-saved=${({ detail }: CustomEvent<PromotionCode>) => this.#codes.replace(detail.id, detail)}></desk-code-limits>`,
    );
  }

  #table(): TemplateResult {
    const { codes: says } = this.desk.words;
    const { rows, hasFailed, isBusy } = this.#codes;
    if (hasFailed) return again(this.desk, () => this.#codes.read());
    if (!rows) return waiting(this.desk);
    return html`<p class="hint">${says.whereTheyWork}</p>
      <p class="visually-hidden" role="status">${says.shown(rows.length)}</p>
      <div class="panel flush" aria-busy=${isBusy || this.busy ? 'true' : nothing}>
      <table class="list codes">
        <thead><tr>
          <th scope="col">${says.code}</th>
          <th scope="col">${says.takesOff}</th>
          <th scope="col" class="number">${says.uses}</th>
          <th scope="col">${says.until}</th>
          <th scope="col">${says.state}</th>
          <th scope="col"><span class="visually-hidden">${says.change}</span></th>
        </tr></thead>
        <tbody>${rows.map((code) => this.#row(code))}</tbody>
      </table>
      ${more(this, this.#codes)}
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
    return html`<tr id=${rowId(code)}>
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
        <button class="quiet" type="button" aria-label=${says.changeCode(code.code)}
          @click=${() => this.querySelector<DeskCodeLimits>('desk-code-limits')?.change(code)}>${says.change}</button>
        <button class="quiet" type="button" aria-label=${isActive ? says.switchOffCode(code.code) : says.switchOnCode(code.code)}
          ?disabled=${this.busy === id} @click=${() => this.#switch(code)}>${isActive ? says.switchOff : says.switchOn}</button>
      </td>
    </tr>`;
  }
}
