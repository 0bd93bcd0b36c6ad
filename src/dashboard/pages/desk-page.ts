/**
 * A page of the desk. It draws in the document itself and not in a shadow root: labels, descriptions and the one style
 * sheet work across its parts, and nobody else's page is around it.
 */
import { LitElement, type PropertyDeclarations } from 'lit';
import type { Desk } from '../desk.js';

export abstract class DeskPage extends LitElement {
  static override properties: PropertyDeclarations = { desk: { attribute: false } };

  declare desk: Desk;

  #stopListening: (() => void) | undefined;
  #isOpen = false;
  /** Ends what the page has asked for and nobody waits for any more. */
  protected leaving = new AbortController();

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopListening?.();
    this.leaving.abort();
  }

  protected override willUpdate(): void {
    if (this.#isOpen || !this.desk) return;
    this.#isOpen = true;
    this.#stopListening = this.desk.onNews((news) => this.hear(news));
    this.open();
  }

  /** Once, when the page is there: reads what it shows. */
  protected open(): void {}

  /** Something happened on the server. */
  protected hear(_news: { type: string; data: Readonly<Record<string, unknown>> }): void {}

  /** The title in the browser's tab, as long as the page is in it: what is taken back may be of one that was left. */
  protected nameTab(title: string): void {
    if (!this.isConnected) return;
    document.title = `${title} · ${this.desk.name || 'PayLink'}`;
  }

  /** Does what was asked, and says what went wrong. @returns undefined where it went wrong */
  protected async attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!this.leaving.signal.aborted) this.desk.sayTrouble(error);
      return undefined;
    }
  }
}
