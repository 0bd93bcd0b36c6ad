/** The frame around every page of the desk: who is signed in, where one is, and what is said in its corner. */
import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { formatMoney, paymentSchema } from '../contract/index.js';
import { Api, problemOf } from './api.js';
import type { Desk, News } from './desk.js';
import { Known } from './known.js';
import { Live } from './live.js';
import { pageOf } from './pages/pages.js';
import { addressOf, type Place, partOf, placeOf } from './place.js';
import { type SignedIn, signedIn, signOut } from './session.js';
import { spoken, troubleIn } from './trouble.js';
import { languageOf, wordsIn } from './words/words.js';

interface Saying {
  readonly id: number;
  readonly sentence: string;
  readonly undo?: (() => Promise<unknown>) | undefined;
}

const sayingMs = 8_000;

/**
 * @summary The merchant's desk, all of it. One stands in the page that the server sends.
 */
export class PayLinkDesk extends LitElement {
  static override properties: PropertyDeclarations = {
    who: { state: true },
    place: { state: true },
    isAsking: { state: true },
    sayings: { state: true },
  };

  /** Undefined until it is known; null: nobody is signed in. */
  declare who: SignedIn | null | undefined;
  declare place: Place;
  /** The sign-in is over, while a page is open. */
  declare isAsking: boolean;
  declare sayings: readonly Saying[];

  readonly #live = new Live(() => this.#askWhetherSignedIn());
  readonly #api = new Api(() => this.#signInAgain());
  readonly #known = new Known(this.#api);
  #waiting: PromiseWithResolvers | undefined;
  #isUnsaved = false;
  #focusedBefore: HTMLElement | null | undefined;
  #count = 0;

  constructor() {
    super();
    this.place = placeOf(new URL(location.href));
    this.isAsking = false;
    this.sayings = [];
    this.#live.listen((news) => this.#hear(news));
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('popstate', this.#onPopState);
    addEventListener('beforeunload', this.#onBeforeUnload);
    this.addEventListener('click', this.#onClick);
    this.addEventListener('pay-link-signed-in', this.#onSignedIn as EventListener);
    void signedIn().then(
      (who) => this.#enter(who),
      () => this.#enter(null),
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('popstate', this.#onPopState);
    removeEventListener('beforeunload', this.#onBeforeUnload);
    this.#live.stop();
  }

  #enter(who: SignedIn | null): void {
    this.who = who;
    this.#known.forget();
    document.documentElement.lang = this.#locale;
    if (who) this.#live.start();
    else this.#live.stop();
  }

  readonly #onSignedIn = ({ detail }: CustomEvent<SignedIn>): void => {
    this.#enter(detail);
    this.isAsking = false;
    const before = this.#focusedBefore;
    // Who was asked in between goes on where they were; who has come in, at the page.
    void this.updateComplete.then(() => (before ?? this.querySelector('main'))?.focus());
    this.#focusedBefore = undefined;
    this.#waiting?.resolve();
    this.#waiting = undefined;
  };

  /** The page stays as it is under the question, so nothing typed is lost. */
  #signInAgain(): Promise<void> {
    this.#live.stop();
    if (!this.isAsking) this.#focusedBefore = document.activeElement as HTMLElement | null;
    this.isAsking = true;
    this.#waiting ??= withResolvers();
    return this.#waiting.promise;
  }

  /** Signed out in another tab, or by time, the page would stand there as if nothing happened any more. */
  async #askWhetherSignedIn(): Promise<void> {
    const who = await signedIn().catch(() => undefined);
    if (who === null && this.who) void this.#signInAgain();
  }

  async #signOut(): Promise<void> {
    if (!this.#mayLeave()) return;
    try {
      await signOut();
    } catch (error) {
      // Else the next one at this computer would find the desk open.
      return this.#sayTrouble(error);
    }
    this.#isUnsaved = false;
    this.#enter(null);
    await this.updateComplete;
    setTimeout(() => this.querySelector<HTMLElement>('#key')?.focus());
  }

  /** Links of the desk change the page without loading it anew; whatever else is pressed goes its own way. */
  readonly #onClick = (event: MouseEvent): void => {
    const link = (event.target as Element).closest?.('a[href]') as HTMLAnchorElement | null;
    const isPlain = !event.defaultPrevented && event.button === 0;
    const isOther = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (!link || !isPlain || isOther || link.target || link.hasAttribute('download')) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || !/^\/dashboard(\/|$)/.test(url.pathname)) return;
    if (url.hash && url.pathname === location.pathname) return;
    event.preventDefault();
    this.#go(url.href);
  };

  #go(address: string, { instead = false } = {}): void {
    if (!this.#mayLeave()) return;
    this.#isUnsaved = false;
    const url = new URL(address, location.href);
    history[instead ? 'replaceState' : 'pushState'](null, '', url);
    this.#show(url);
    scrollTo(0, 0);
  }

  readonly #onPopState = (): void => {
    if (this.#mayLeave()) {
      this.#isUnsaved = false;
      this.#show(new URL(location.href));
    } else history.pushState(null, '', this.#shownUrl);
  };

  #shownUrl = location.href;

  #show(url: URL): void {
    const before = this.place;
    this.#shownUrl = url.href;
    this.place = placeOf(url);
    if (before.page === this.place.page && before.id === this.place.id) return;
    // Where a screen reader goes on after a page has changed without loading.
    void this.updateComplete.then(() => this.querySelector('main')?.focus());
  }

  #mayLeave(): boolean {
    return !this.#isUnsaved || confirm(this.#words.common.unsaved);
  }

  readonly #onBeforeUnload = (event: BeforeUnloadEvent): void => {
    if (this.#isUnsaved) event.preventDefault();
  };

  get #locale(): string {
    const chosen = this.who?.locale ?? navigator.language;
    // Dates and numbers as in the buyer's land, words as the desk speaks.
    return languageOf(chosen) === languageOf(navigator.language) ? navigator.language : chosen;
  }

  get #words() {
    return wordsIn(this.#locale);
  }

  get #desk(): Desk {
    return {
      api: this.#api,
      known: this.#known,
      words: this.#words,
      locale: this.#locale,
      place: this.place,
      testMode: this.who?.testMode ?? false,
      name: this.who?.name ?? '',
      go: (address, how) => this.#go(address, how),
      say: (sentence, undo) => this.#say(sentence, undo),
      sayTrouble: (error) => void this.#sayTrouble(error),
      keep: (isUnsaved) => {
        this.#isUnsaved = isUnsaved;
      },
      settle: (settled) => this.#settle(settled),
      onNews: (listener) => this.#live.listen(listener),
    };
  }

  #settle(settled: Pick<SignedIn, 'name' | 'locale'>): void {
    if (!this.who) return;
    const before = this.#locale;
    this.who = { ...this.who, ...settled };
    if (before === this.#locale) return;
    document.documentElement.lang = this.#locale;
    // Everything is drawn anew, in the other language.
    void this.updateComplete.then(() => this.querySelector('main')?.focus());
  }

  /** Wherever the merchant is. Whoever pays is news; what else happens is on the pages. */
  #hear(news: News): void {
    this.#known.hear(news);
    if (news.type !== 'payment.succeeded') return;
    const paid = paymentSchema().safeParse(news.data);
    if (!paid.success) return;
    const { amount, currency, paymentLinkId } = paid.data;
    const { links, sales } = this.#words;
    const shown = formatMoney({ amount, currency }, this.#locale);
    void this.#known
      .learnName(paymentLinkId)
      .catch(() => sales.ofDeletedLink)
      .then((name) => this.#say(links.newPayment(shown, name)));
  }

  async #sayTrouble(error: unknown): Promise<void> {
    this.#say(troubleIn(this.#words, await problemOf(error)));
  }

  #say(sentence: string, undo?: () => Promise<unknown>): void {
    const saying = { id: ++this.#count, sentence, undo };
    this.sayings = fewest([...this.sayings, saying]);
    setTimeout(() => this.#unsay(saying), sayingMs);
  }

  #unsay(saying: Saying): void {
    this.sayings = this.sayings.filter(({ id }) => id !== saying.id);
  }

  async #undo(saying: Saying): Promise<void> {
    this.#unsay(saying);
    await saying.undo?.().catch((error) => this.#sayTrouble(error));
  }

  protected override render(): TemplateResult {
    if (this.who === undefined)
      return html`<p class="waiting" role="status">${this.#words.common.loading}</p>`;
    if (this.who === null && !this.isAsking)
      return html`<main class="alone" tabindex="-1"><pay-link-sign-in .words=${this.#words}></pay-link-sign-in></main>`;
    return html`
      <a class="skip" href="#main">${this.#words.nav.skip}</a>
      ${this.#header()}
      <main id="main" tabindex="-1">${keyed(this.#pageKey, pageOf(this.#desk))}</main>
      ${this.#corner()} ${this.isAsking ? this.#question() : nothing}
    `;
  }

  /** Another page is another element; the same page with another query is the same. */
  get #pageKey(): string {
    return `${this.place.page} ${this.place.id ?? ''} ${this.#locale}`;
  }

  #header(): TemplateResult {
    const { nav } = this.#words;
    const here = partOf(this.place.page);
    const parts = ['links', 'payments', 'subscriptions', 'products', 'settings'] as const;
    return html`<header class="top">
      ${this.who?.testMode ? html`<p class="test-strip"><strong>${nav.test}</strong> ${nav.testText}</p>` : nothing}
      <div class="bar">
        <p class="shop"><span class="monogram" aria-hidden="true">${[...(this.who?.name ?? '').trim()][0]?.toUpperCase()}</span> ${this.who?.name}</p>
        <nav aria-label=${nav.label}>
          <ul>
            ${parts.map(
              (part) =>
                html`<li><a href=${addressOf(part)} aria-current=${here === part ? 'page' : nothing}>${nav[part]}</a></li>`,
            )}
          </ul>
        </nav>
        <button class="quiet" type="button" @click=${() => this.#signOut()}>${nav.signOut}</button>
      </div>
    </header>`;
  }

  #corner(): TemplateResult {
    return html`<div class="corner" role="status" aria-live="polite">
      ${this.sayings.map(
        (saying) => html`<div class="saying">
          <p>${spoken(saying.sentence)}</p>
          ${saying.undo ? html`<button class="quiet" type="button" @click=${() => this.#undo(saying)}>${this.#words.common.undo}</button>` : nothing}
          <button class="quiet" type="button" aria-label=${this.#words.common.close} @click=${() => this.#unsay(saying)}>×</button>
        </div>`,
      )}
    </div>`;
  }

  #question(): TemplateResult {
    return html`<dialog class="ask" aria-labelledby="sign-in-title">
      <pay-link-sign-in .words=${this.#words} isAgain></pay-link-sign-in>
    </dialog>`;
  }

  protected override updated(): void {
    this.#showTab();
    this.#nameTab();
    const dialog = this.querySelector<HTMLDialogElement>('dialog.ask');
    if (!dialog || dialog.open) return;
    dialog.showModal();
    // What is asked in it is drawn a moment later than the dialog.
    setTimeout(() => dialog.querySelector('input')?.focus());
    // There is no way on without it.
    dialog.addEventListener('cancel', (event) => event.preventDefault());
  }

  /** Where no page of its own does it. */
  #nameTab(): void {
    const { common, signIn } = this.#words;
    if (this.who === null) document.title = `${signIn.submit} · PayLink`;
    else if (this.who && this.place.page === 'missing')
      document.title = `${common.missingTitle} · ${this.who.name}`;
  }

  /** On a phone the tabs are wider than the window: the one of this page is in sight. */
  #showTab(): void {
    const tab = this.querySelector<HTMLElement>('.bar nav [aria-current]');
    const nav = tab?.closest('nav');
    if (tab && nav) nav.scrollLeft = tab.offsetLeft - nav.offsetLeft - 16;
  }
}

/** Three at once. What can be taken back stays, however many pay meanwhile. */
function fewest(sayings: readonly Saying[]): readonly Saying[] {
  const surplus = sayings.length - 3;
  if (surplus <= 0) return sayings;
  const goes = sayings.slice(0, -1).find(({ undo }) => !undo) ?? sayings[0];
  return fewest(sayings.filter((one) => one !== goes));
}

interface PromiseWithResolvers {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

function withResolvers(): PromiseWithResolvers {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
