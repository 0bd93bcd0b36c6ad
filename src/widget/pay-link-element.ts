/** What button, modal and form have in common: attributes, language, theme, branding, the way to the backend. */
import {
  html,
  LitElement,
  nothing,
  type PropertyDeclaration,
  type PropertyDeclarations,
  type PropertyValues,
} from 'lit';
import type { Branding } from '../contract/index.js';
import { apiFor, type LinkName, parseLink } from './api-origin.js';
import type { CheckoutState } from './checkout/checkout-state.js';
import { isBlank, recall } from './checkout/session-memory.js';
import { type Client, clientOf } from './client.js';
import type { MessageOverrides } from './i18n/en.js';
import { languageOf, messagesIn, needLanguage } from './i18n/languages.js';
import { localeOf } from './i18n/locale.js';
import { followPage, leavePage } from './i18n/page-watch.js';
import { type Speech, speechFor } from './i18n/speech.js';
import { applyBranding, isLight } from './styles/branding.js';
import { isDarkAround } from './styles/color-scheme.js';

export type FormState = CheckoutState['state'];

/** What a page may write, as properties; an attribute is the same in kebab-case. */
export const attributes = [
  'link',
  'api',
  'locale',
  'theme',
  'handoff',
  'prefillEmail',
  'prefillName',
  'prefillPhone',
  'prefillAmount',
  'prefillQuantity',
  'prefillPromotionCode',
  'reference',
] as const;

/** Handed from button to modal to form unchanged; those before them as they were found. */
const shared = [...attributes.slice(4), 'messages', 'metadata', 'client'] as const;

/** `prefillEmail` → `prefill-email` */
export const joinedBy = (sign: string, name: string): string =>
  name.replace(/[A-Z]/g, (letter) => sign + letter.toLowerCase());

const slots = ['header', 'footer', 'confirmation'];

declare module 'lit' {
  interface PropertyDeclaration {
    /** What a property is until it is set. */
    initial?: unknown;
  }
}

type Bag = Record<PropertyKey, unknown> & LitElement;

export abstract class PayLinkElement extends LitElement {
  static override get properties(): PropertyDeclarations {
    return {
      ...Object.fromEntries(
        attributes.map((name) => [
          name,
          {
            attribute: joinedBy('-', name),
            initial: name === 'theme' || name === 'handoff' ? 'auto' : '',
          },
        ]),
      ),
      messages: { attribute: false },
      metadata: { attribute: false },
      client: { attribute: false },
      state: { reflect: true, initial: 'idle' },
    };
  }

  /** What is not set costs an element nothing: the value it begins with is kept once, for all. */
  static override getPropertyDescriptor(
    name: PropertyKey,
    key: string | symbol,
    options: PropertyDeclaration,
  ): PropertyDescriptor {
    return {
      get(this: Bag) {
        return this[key] ?? options.initial;
      },
      set(this: Bag, value) {
        const before = this[name as string];
        this[key] = value;
        this.requestUpdate(name, before, options);
      },
      configurable: true,
      enumerable: true,
    };
  }

  /** A `plink_…` id, a slug, or the link's address. */
  link!: string;
  /** Origin of the backend, where neither the link nor the script tells it. */
  api!: string;
  /** A BCP 47 tag; else the nearest `lang`, then the browser's languages. */
  locale!: string;
  /** `auto`: as the `color-scheme` of the page around it. */
  theme!: 'auto' | 'light' | 'dark';
  /** Where the buyer pays: see How the buyer pays in the README. */
  handoff!: 'auto' | 'embed' | 'popup' | 'redirect';
  /** What the buyer finds in the e-mail field. */
  prefillEmail!: string;
  /** What the buyer finds in the name field. */
  prefillName!: string;
  /** What the buyer finds in the phone field. */
  prefillPhone!: string;
  /** In minor units: `2500` is 25.00 euros. */
  prefillAmount!: string | number;
  /** How many of the first item. */
  prefillQuantity!: string | number;
  /** A promotion code, asked about once the form is ready. */
  prefillPromotionCode!: string;
  /** Comes back in the session and its webhooks: up to 200 of `A–Z a–z 0–9 - _`. */
  reference!: string;
  /** Other words for any message. */
  messages?: MessageOverrides;
  /** Up to 20 texts that come back in webhooks. */
  metadata?: Readonly<Record<string, string>>;
  /** Replaces the network. */
  client?: Client;
  /** Where the form stands; read only. */
  state!: FormState;

  /** The colours and shape of the link, once it is known. */
  protected branding: Branding | null = null;
  #brandStyle: CSSStyleDeclaration | undefined;
  /** The scheme the branding was applied for. */
  #branded: boolean | undefined;
  #locale = '';
  #needsWords = false;
  #speech: Speech | undefined;
  #isDark = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.reflectState();
    followPage(this);
    // Elsewhere in the page another language or colour scheme may hold.
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    leavePage(this);
  }

  /** On its way to another document an element loses its sheets, and that one takes only sheets of its own. */
  adoptedCallback(): void {
    if (!this.hasUpdated || !this.ownerDocument.defaultView) return;
    this.createRenderRoot();
    this.#brandStyle = this.#branded = undefined;
    this.requestUpdate();
  }

  /** A copy of an element that was used, as Turbo's cache makes them, begins afresh. */
  protected reflectState(): void {
    this.setAttribute('state', this.hasUpdated ? this.state : 'idle');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const locale = localeOf(this, this.locale);
    if (locale !== this.#locale) {
      this.#locale = locale;
      if (this.#needsWords) this.needWords();
    }
    // Until another language is here the words stay as they are.
    if (!this.#speech || changed.has('messages') || messagesIn(languageOf(locale)))
      this.#speech = speechFor(locale, this.messages);
    const { surface } = this.branding ?? {};
    const isDark =
      this.theme === 'auto' ? (this.around ?? isDarkAround(this)) : this.theme === 'dark';
    this.around = undefined;
    this.#isDark = surface ? !isLight(surface) : isDark;
  }

  /** The address inside the element that works without script. */
  protected get fallbackAddress(): string | undefined {
    return undefined;
  }

  protected get linkName(): LinkName | undefined {
    return parseLink(this.link || this.fallbackAddress || '');
  }

  get apiOrigin(): string | undefined {
    return apiFor([this.api, this.linkName?.origin, this.fallbackAddress]);
  }

  /** The page's client, or the one all elements of the backend share. */
  protected get backend(): Client | undefined {
    const origin = this.apiOrigin;
    return this.client ?? (origin === undefined ? undefined : clientOf(origin));
  }

  /** Whether the page is dark here, where many looked before any was drawn: looking in between takes long. */
  around: boolean | undefined;

  /** The element the page wrote: it stands for all that is inside. */
  owner: PayLinkElement | undefined;

  /** Under which a payment started here is remembered: backend, link, and which of the page's elements. */
  protected get memoryKey(): string {
    const owner = this.owner ?? this;
    const root = owner.getRootNode() as ParentNode;
    const alike = [...(root.querySelectorAll?.(owner.localName) ?? [])].filter(
      (one) => (one as PayLinkElement).link === owner.link,
    );
    const place = owner.id || alike.indexOf(owner);
    return [this.apiOrigin, this.linkName?.id, owner.localName, place].join(' ');
  }

  protected get hasStartedPayment(): boolean {
    return !isBlank() && recall(this.memoryKey) !== undefined;
  }

  get speech(): Speech {
    this.#speech ??= speechFor(localeOf(this, this.locale), this.messages);
    return this.#speech;
  }

  /** From now on in the buyer's language; resolves once its words are here, or cannot be had. */
  async needWords(): Promise<void> {
    this.#needsWords = true;
    const language = languageOf(localeOf(this, this.locale));
    if (messagesIn(language)) return;
    await needLanguage(language, this.apiOrigin);
    this.requestUpdate();
  }

  protected brand(branding: Branding | null): void {
    if (branding === this.branding) return;
    this.branding = branding;
    this.#branded = undefined;
    this.requestUpdate();
  }

  /** A class of the root besides. */
  protected get rootClass(): string {
    return '';
  }

  /** Language, direction and scheme of the root; then the branding, as what can be read depends on the scheme. */
  protected override updated(_changed: PropertyValues<this>): void {
    const root = this.renderRoot.querySelector<HTMLElement>('.root')!;
    const { language, dir } = this.speech;
    const className = `root ${this.#isDark ? 'dark ' : ''}${this.rootClass}`;
    // Setting what is there already would be news to those who watch the page's language.
    for (const [name, value] of Object.entries({ className, lang: language, dir }))
      if (root[name as 'lang'] !== value) root[name as 'lang'] = value;
    if (this.#branded === this.#isDark || (!this.branding && !this.#brandStyle)) return;
    this.#branded = this.#isDark;
    this.#brandStyle ??= this.#styleForBrand(root.style);
    applyBranding(this.#brandStyle, this.branding, root);
  }

  /** Safari before 16.4 adopts no sheets; there the root's own style serves, which CSP lets script set. */
  #styleForBrand(own: CSSStyleDeclaration): CSSStyleDeclaration {
    const root = this.renderRoot as ShadowRoot;
    if (!('adoptedStyleSheets' in root)) return own;
    const sheet = new this.ownerDocument.defaultView!.CSSStyleSheet();
    // Not `:host`: WebKit (seen in WebKitGTK 2.50) shows what such a rule said first, also after a change.
    sheet.insertRule('.root{}');
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    return (sheet.cssRules[0] as CSSStyleRule).style;
  }

  /** What the page put into a slot of its element, else ours. */
  protected slotOr(name: string, ours: unknown = nothing) {
    const isFilled = (this.owner ?? this).querySelector(`:scope > [slot=${name}]`);
    return isFilled ? html`<slot name=${name}></slot>` : ours;
  }

  /** Passes the page's slots on to the element inside. */
  protected slotsForInner() {
    return slots.map((name) => html`<slot name=${name} slot=${name}></slot>`);
  }

  /** Gives the element inside everything the page gave this one. */
  protected handDown(inner: PayLinkElement | null | undefined): void {
    if (!inner) return;
    for (const name of shared) (inner[name] as unknown) = this[name];
    inner.link = this.link || this.fallbackAddress || '';
    // Once, as it was found: a value in between would start the form over at every update.
    inner.api = this.apiOrigin ?? this.api;
    inner.locale = this.#locale;
    inner.theme = this.#isDark ? 'dark' : 'light';
    inner.owner = this.owner ?? this;
  }
}
