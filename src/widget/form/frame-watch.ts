/**
 * Whether the payment page has come into its frame. A page cannot see a frame of another origin fail, so the payment
 * page says by a message that it is there. From anybody else a message is nothing, and from it no more than a hint.
 */
import type { CheckoutSession } from '../../contract/index.js';

/** In milliseconds: for a page to load at all, and to speak once the frame has loaded something. */
const patience = 12_000;
const shyness = 2000;

export class FrameWatch {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #session: CheckoutSession | undefined;

  constructor(
    private readonly frame: () => HTMLIFrameElement | null,
    private readonly note: (isThere: boolean) => void,
  ) {}

  /** Once for each session that is shown. */
  start(session: CheckoutSession): void {
    const isNew = this.#session?.id !== session.id;
    this.#session = session;
    if (!isNew) return;
    addEventListener('message', this.#onMessage);
    this.#wait(patience);
  }

  readonly onLoad = (): void => {
    if (this.#timer) this.#wait(shyness);
  };

  stop(): void {
    this.#session = undefined;
    removeEventListener('message', this.#onMessage);
    this.#calm();
  }

  #wait(time: number): void {
    this.#calm();
    this.#timer = setTimeout(() => this.note(false), time);
  }

  #calm(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  readonly #onMessage = ({ origin, source, data }: MessageEvent): void => {
    const { id, url } = this.#session!;
    const isThePage = source === this.frame()?.contentWindow && origin === new URL(url).origin;
    if (!isThePage || data?.type !== 'pay-link' || data.session !== id) return;
    this.#calm();
    this.note(true);
  };
}
