import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type Coupon, couponSchema, promotionCodeSchema } from '../../contract/index.js';
import { codeBody, codeField, codeSentence, type SaidCode } from '../code-form/body.js';
import { type CodeDraft, emptyCode } from '../code-form/draft.js';
import { codeText, limits, takingOff, type Writing } from '../code-form/sections.js';
import { asKept, durationText, offText } from '../parts/coupon-shown.js';
import { usualCurrency } from '../parts/currencies.js';
import { Form } from '../parts/form.js';
import { SameKey } from '../parts/same-key.js';
import { settingsPage } from '../parts/settings-frame.js';
import { waiting } from '../parts/waiting.js';
import { addressOf } from '../place.js';
import { DeskPage } from './desk-page.js';

const list = () => addressOf('settings', 'codes');

/** @summary Makes a promotion code with what it takes off. */
export class DeskNewCode extends DeskPage {
  static override properties: PropertyDeclarations = {
    ...DeskPage.properties,
    coupons: { state: true },
  };

  declare coupons: readonly Coupon[];

  readonly #form: Form<CodeDraft> = new Form<CodeDraft>(this, {
    mistakesOf: (draft) => this.#said(draft).mistakes,
    send: (draft) => this.#create(draft),
    refusedOf: ({ errors = [] }, draft) =>
      Object.fromEntries(
        errors.map((one) => {
          const path = codeField(one.path, draft);
          const index = Number(/^amounts\.(\d+)/.exec(path)?.[1] ?? 0);
          const currency = draft.amounts[index]?.currency;
          return [path, codeSentence(this.desk, { ...one, path }, currency)];
        }),
      ),
  });

  readonly #couponKey = new SameKey();
  readonly #codeKey = new SameKey();

  constructor() {
    super();
    this.coupons = [];
  }

  protected override open(): void {
    this.nameTab(this.desk.words.codes.newTitle);
    this.#form.begin(emptyCode(usualCurrency(this.desk.locale)));
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

  #said(draft: CodeDraft): SaidCode {
    return codeBody(draft, this.desk, { now: Date.now(), coupons: this.coupons });
  }

  async #create(draft: CodeDraft): Promise<void> {
    const { api, words, say, keep, go } = this.desk;
    const { coupon, code } = this.#said(draft);
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
    keep(false);
    say(words.codes.created(made.code));
    go(list());
  }

  protected override render(): TemplateResult {
    const { words } = this.desk;
    const { codes: says } = words;
    const form = this.#form;
    const { draft, mistakes, change, leave } = form;
    if (!draft) return waiting(this.desk);
    const writing: Writing = { desk: this.desk, draft, mistakes, change, leave };
    return settingsPage(
      this.desk,
      html`<p><a href=${list()}>← ${says.back}</a></p>
      <h1>${says.newTitle}</h1>
      <form class="panel code-form" novalidate aria-busy=${form.isBusy ? 'true' : nothing} @submit=${form.submit}>
        ${form.summary()}
        ${codeText(writing)} ${takingOff(writing, this.coupons)} ${limits(writing)}
        ${this.#sum(this.#said(draft), draft)}
        <p class="hint">${says.whereTheyWork}</p>
        <div class="form-end">
          <button class="primary" type="submit" ?disabled=${form.isBusy}>${says.createIt}</button>
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
