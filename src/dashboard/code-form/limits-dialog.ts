import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type PromotionCode, promotionCodeSchema } from '../../contract/index.js';
import { localTime } from '../link-form/draft.js';
import { DeskPage } from '../pages/desk-page.js';
import { textField } from '../parts/field.js';
import { Form } from '../parts/form.js';
import { codeSentence, limitsBody } from './body.js';
import type { DraftLimits } from './draft.js';

const limitsOf = ({ maxRedemptions, expiresAt }: PromotionCode): DraftLimits => ({
  maxRedemptions: maxRedemptions?.toString() ?? '',
  expiresAt: expiresAt ? localTime(expiresAt) : '',
});

/**
 * @summary Asks how often and how long a code works from now on.
 * @fires desk-saved - When that is settled; `detail` is the code as it has become.
 */
export class DeskCodeLimits extends DeskPage {
  static override properties: PropertyDeclarations = {
    ...DeskPage.properties,
    code: { state: true },
  };

  /** Undefined while none is being changed. */
  declare code: PromotionCode | undefined;

  readonly #form: Form<DraftLimits> = new Form<DraftLimits>(this, {
    mistakesOf: (limits) => this.#said(limits).mistakes,
    send: (limits) => this.#save(limits),
    refusedOf: ({ errors = [] }) =>
      Object.fromEntries(errors.map((one) => [one.path, codeSentence(this.desk, one)])),
  });

  change(code: PromotionCode): void {
    this.code = code;
    this.#form.begin(limitsOf(code));
  }

  #said(limits: DraftLimits) {
    const before = limitsOf(this.code as PromotionCode);
    return limitsBody(limits, this.desk, { before, now: Date.now() });
  }

  async #save(limits: DraftLimits): Promise<void> {
    const { api, words, say } = this.desk;
    const { id, code } = this.code as PromotionCode;
    const { body } = this.#said(limits);
    if (Object.keys(body).length) {
      const detail = await api.patch(promotionCodeSchema(), `/v1/promotion-codes/${id}`, body);
      this.dispatchEvent(new CustomEvent('desk-saved', { detail }));
      say(words.codes.changed(code));
    }
    this.#close();
  }

  /** Both in one step: what is drawn in between would open it again. */
  #close(): void {
    this.querySelector('dialog')?.close();
    this.code = undefined;
    this.#form.begin(undefined);
  }

  protected override updated(): void {
    const dialog = this.querySelector('dialog');
    if (dialog && !dialog.open) dialog.showModal();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { code, desk } = this;
    const { draft, mistakes, change, isBusy, submit } = this.#form;
    if (!code || !draft) return nothing;
    const { codes: says, common } = desk.words;
    const field = (name: keyof DraftLimits, label: string, hint: string) => ({
      ...{ name, label, hint, value: draft[name], error: mistakes[name] },
      onInput: (value: string) => change({ [name]: value }),
    });
    return html`<dialog class="sure" aria-labelledby="change-title" @close=${() => this.#close()}>
      <form novalidate aria-busy=${isBusy ? 'true' : nothing} @submit=${submit}>
        <h2 id="change-title">${says.changeCode(code.code)}</h2>
        ${textField({ ...field('maxRedemptions', says.maxRedemptions, says.maxHint), inputMode: 'numeric' })}
        ${textField({ ...field('expiresAt', says.expiresAt, says.expiresHint), type: 'datetime-local' })}
        <p class="hint">${says.changeHint}</p>
        <div class="form-end">
          <button class="primary" type="submit" ?disabled=${isBusy}>${common.save}</button>
          <button class="secondary" type="button" @click=${() => this.#close()}>${common.cancel}</button>
        </div>
      </form>
    </dialog>`;
  }
}
