import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type Coupon, couponSchema, promotionCodeSchema } from '../../contract/index.js';
import { problemOf } from '../api.js';
import { codeBody, codeField, codeSentence, type SaidCode } from '../code-form/body.js';
import { type CodeDraft, emptyCode } from '../code-form/draft.js';
import { codeText, limits, takingOff, type Writing } from '../code-form/sections.js';
import { asKept, durationText, offText } from '../parts/coupon-shown.js';
import { usualCurrency } from '../parts/currencies.js';
import { toFirstMistake } from '../parts/first-mistake.js';
import { SameKey } from '../parts/same-key.js';
import { settingsPage } from '../parts/settings-frame.js';
import type { Mistakes } from '../parts/typed.js';
import { addressOf } from '../place.js';
import { DeskPage } from './desk-page.js';

const list = () => addressOf('settings', 'codes');

/** @summary Makes a promotion code with what it takes off. */
export class DeskNewCode extends DeskPage {
  static override properties: PropertyDeclarations = {
    ...DeskPage.properties,
    draft: { state: true },
    coupons: { state: true },
    refused: { state: true },
    left: { state: true },
    isBusy: { state: true },
  };

  declare draft: CodeDraft | undefined;
  declare coupons: readonly Coupon[];
  declare refused: Mistakes;
  declare left: ReadonlySet<string>;
  declare isBusy: boolean;

  readonly #couponKey = new SameKey();
  readonly #codeKey = new SameKey();

  constructor() {
    super();
    this.coupons = [];
    this.refused = {};
    this.left = new Set();
    this.isBusy = false;
  }

  protected override open(): void {
    this.nameTab(this.desk.words.codes.newTitle);
    this.draft = emptyCode(usualCurrency(this.desk.locale));
    void this.#readCoupons();
  }

  async #readCoupons(): Promise<void> {
    const { signal } = this.leaving;
    // Without them a new one can still be written.
    const found = await this.desk.api
      .all(couponSchema(), '/v1/coupons', { signal })
      .catch(() => undefined);
    this.coupons = found ?? [];
  }

  readonly #change = (changes: Partial<CodeDraft>): void => {
    if (!this.draft) return;
    this.draft = { ...this.draft, ...changes };
    this.refused = {};
    this.desk.keep(true);
  };

  #said(draft: CodeDraft): SaidCode {
    return codeBody(draft, this.desk, Date.now());
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.isBusy || !this.draft) return;
    this.left = new Set(['*']);
    const said = this.#said(this.draft);
    if (Object.keys(said.mistakes).length) return this.#toFirstMistake();
    await this.#create(said, this.draft);
  }

  async #create({ coupon, code }: SaidCode, draft: CodeDraft): Promise<void> {
    const { api, words, say, sayTrouble, locale } = this.desk;
    this.isBusy = true;
    try {
      // Of a code that was refused the coupon is there: the same key finds it again.
      const couponId = coupon
        ? (
            await api.post(couponSchema(), '/v1/coupons', coupon, {
              headers: this.#couponKey.headers(coupon),
            })
          ).id
        : draft.couponId;
      const wish = { ...code, couponId };
      const headers = this.#codeKey.headers(wish);
      const made = await api.post(promotionCodeSchema(), '/v1/promotion-codes', wish, { headers });
      this.desk.keep(false);
      say(words.codes.created(made.code));
      this.desk.go(list());
    } catch (error) {
      const problem = await problemOf(error);
      if (!problem.errors?.length) return sayTrouble(problem);
      this.refused = Object.fromEntries(
        problem.errors.map((one) => {
          const path = codeField(one.path, draft);
          const index = Number(/^amounts\.(\d+)/.exec(path)?.[1] ?? 0);
          const currency = draft.amounts[index]?.currency;
          return [path, codeSentence({ words, locale }, { ...one, path }, currency)];
        }),
      );
      await this.#toFirstMistake();
    } finally {
      this.isBusy = false;
    }
  }

  async #toFirstMistake(): Promise<void> {
    await this.updateComplete;
    toFirstMistake(this);
  }

  protected override render(): TemplateResult {
    const { words } = this.desk;
    const { codes: says } = words;
    const { draft } = this;
    if (!draft) return html`<p class="waiting" role="status">${words.common.loading}</p>`;
    const said = this.#said(draft);
    const told = Object.entries(said.mistakes).filter(
      ([path]) => this.left.has('*') || this.left.has(path),
    );
    const mistakes: Mistakes = { ...Object.fromEntries(told), ...this.refused };
    const writing: Writing = {
      ...{ desk: this.desk, draft, mistakes, change: this.#change },
      leave: (path) => {
        this.left = new Set([...this.left, path]);
      },
    };
    const { length } = Object.keys(mistakes);
    return settingsPage(
      this.desk,
      html`<p><a href=${list()}>← ${says.back}</a></p>
      <h1>${says.newTitle}</h1>
      <form class="panel code-form" novalidate aria-busy=${this.isBusy ? 'true' : nothing} @submit=${this.#submit}>
        ${this.left.has('*') && length ? html`<div class="alert" role="alert"><h2>${words.linkForm.mistakes(length)}</h2></div>` : nothing}
        ${codeText(writing)} ${takingOff(writing, this.coupons)} ${limits(writing)}
        ${this.#sum(said, draft)}
        <p class="hint">${says.whereTheyWork}</p>
        <div class="form-end">
          <button class="primary" type="submit" ?disabled=${this.isBusy}>${says.createIt}</button>
          <a class="button secondary" href=${list()}>${words.common.cancel}</a>
        </div>
      </form>`,
    );
  }

  /** What it comes to, in a sentence, once it says something. */
  #sum({ coupon, mistakes }: SaidCode, draft: CodeDraft): TemplateResult | typeof nothing {
    const { codes: says } = this.desk.words;
    const isOpen = Object.keys(mistakes).some((path) => /^(percent|amounts|months)/.test(path));
    const taken = coupon ? asKept(coupon) : this.coupons.find(({ id }) => id === draft.couponId);
    if (isOpen || !taken) return nothing;
    const text = `${offText(this.desk, taken)}, ${durationText(this.desk, taken)}`;
    const code = draft.code.trim().toUpperCase() || says.aCode;
    return html`<p class="sum"><strong>${says.example(code, text)}</strong></p>`;
  }
}
