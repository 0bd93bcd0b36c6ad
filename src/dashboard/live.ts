/** One connection over which the server says what happens; pages listen, and the frame keeps it up. */
import type { News } from './desk.js';

const againAfterMs = 5_000;

/** No event of the server: the line is there again, and some may have been missed. */
export const reconnected = 'desk.reconnected';

export class Live {
  readonly #listeners = new Set<(news: News) => void>();
  #source: EventSource | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wasOpen = false;

  /** @param refused told each time the server takes nobody in: the sign-in may be over */
  constructor(private readonly refused: () => void) {}

  listen(listener: (news: News) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): void {
    this.stop();
    const source = new EventSource('/v1/events/stream');
    this.#source = source;
    source.addEventListener('event', ({ data }) => this.#tell(JSON.parse(data) as News));
    source.addEventListener('open', () => {
      // What happened while nobody listened is in no event: whoever shows something reads it again.
      if (this.#wasOpen) this.#tell({ id: '', type: reconnected, data: {} });
      this.#wasOpen = true;
    });
    source.addEventListener('error', () => {
      // A refusal ends it for good, a lost line does not: the browser would never ask again after the first.
      if (source.readyState !== EventSource.CLOSED) return;
      this.#timer = setTimeout(() => this.start(), againAfterMs);
      this.refused();
    });
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = undefined;
  }

  #tell(news: News): void {
    for (const listener of this.#listeners) listener(news);
  }
}
