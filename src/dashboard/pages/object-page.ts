/** A page about one thing: it is read, said to be missing where there is none, and read anew soon after it was in the news. */
import type { PropertyDeclarations, TemplateResult } from 'lit';
import { problemOf } from '../api.js';
import type { News } from '../desk.js';
import { reconnected } from '../live.js';
import { again, type Missing, missing } from '../parts/again.js';
import { Soon } from '../parts/soon.js';
import { waiting } from '../parts/waiting.js';
import { DeskPage } from './desk-page.js';

/** Several things happen with one payment: read once for all of them. */
const staleAfterMs = 300;

export abstract class ObjectPage extends DeskPage {
  static override properties: PropertyDeclarations = {
    ...DeskPage.properties,
    lost: { state: true },
  };

  /** Why there is nothing to show. */
  declare lost: 'gone' | 'unread' | undefined;

  readonly #stale = new Soon(() => this.read());
  #reading: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  /** Asks for all that the page shows. @throws Problem */
  protected abstract readAll(signal: AbortSignal): Promise<void>;
  protected abstract isAbout(news: News): boolean;
  /** What the page shows; undefined until it is known. */
  protected abstract whole(): TemplateResult | undefined;
  protected abstract get missing(): Missing;

  protected override open(): void {
    void this.read();
  }

  protected override hear(news: News): void {
    if (this.isAbout(news) || news.type === reconnected) this.readSoon();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stale.cancel();
  }

  protected readSoon(ms = staleAfterMs): void {
    this.#stale.in(ms);
  }

  /** One reading after the other: an answer that comes late would else take the place of a newer one. */
  protected read(): Promise<void> {
    if (this.#reading) {
      this.#next ??= this.#reading.then(() => {
        this.#next = undefined;
        return this.read();
      });
      return this.#next;
    }
    this.#reading = this.#readOnce().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  /** What is shown already stays where it cannot be read anew: nobody has asked for it. */
  async #readOnce(): Promise<void> {
    const { signal } = this.leaving;
    try {
      await this.readAll(signal);
      this.lost = undefined;
    } catch (error) {
      if (signal.aborted) return;
      if ((await problemOf(error)).code === 'not_found') this.lost = 'gone';
      else if (!this.whole()) this.lost = 'unread';
    }
  }

  protected override render(): TemplateResult {
    if (this.lost === 'gone') return missing(this.desk, this.missing);
    if (this.lost) return again(this.desk, () => this.read());
    return this.whole() ?? waiting(this.desk);
  }
}
