/** From an open payment to where it is paid: the window or frame it is shown in, the phone that is asked, the time left. */
import type { CheckoutSession } from '../../contract/index.js';
import type { CheckoutController } from '../checkout/checkout-controller.js';
import type { Awaiting, Handoff } from '../checkout/checkout-state.js';
import { type Mode, openEarly, openedIn, placeFor, redirect, type Ways } from '../handoff.js';
import type { Speech } from '../i18n/speech.js';
import { FrameWatch } from './frame-watch.js';
import { clock, soon } from './time-left.js';
import { waiting } from './waiting.js';

/** The form the buyer was in. */
interface Surroundings {
  readonly handoff: Mode;
  readonly apiOrigin: string | undefined;
  readonly prefillPhone: string;
  readonly speech: Speech;
  readonly renderRoot: ParentNode;
  requestUpdate(): void;
  /** To who cannot see it. */
  tellAloud(words: string): void;
}

export class HandingOver {
  readonly #frame: FrameWatch;
  /** The window of the last press, until a payment is shown in it. */
  #opened: Window | null = null;
  #presses = 0;
  /** The number that is to approve, once it was touched. */
  #phone: string | undefined;
  #ticking: ReturnType<typeof setInterval> | undefined;
  #left = Infinity;

  constructor(
    private readonly form: Surroundings,
    private readonly checkout: CheckoutController,
  ) {
    this.#frame = new FrameWatch(
      () => form.renderRoot.querySelector('iframe'),
      (isThere) => checkout.paying.noteFrame(isThere),
    );
  }

  isPaidHere(session: CheckoutSession): boolean {
    return placeFor(this.form.handoff, session) === 'phone';
  }

  /** To the next way to pay after `from`. */
  handOff(session: CheckoutSession, from?: Handoff): Handoff {
    const { url } = session;
    const opened = this.#opened?.closed ? null : this.#opened;
    const { handoff, apiOrigin } = this.form;
    const place = placeFor(handoff, session, from);
    if (place) return place;
    this.#opened = null;
    const isPopup = opened && handoff === 'popup' && url.startsWith(`${apiOrigin}/`);
    return redirect(isPopup ? openedIn('popup', url) : url, opened);
  }

  /** A press may need a window: opened now, and closed again where nothing came into it. */
  during(ways: Ways, act: () => unknown, mode = this.form.handoff): void {
    const press = ++this.#presses;
    // A second press while the first is under way needs no second window.
    if (!this.#opened || this.#opened.closed)
      this.#opened = openEarly(mode, ways, this.form.speech.say('opening'));
    Promise.resolve(act()).finally(() => {
      if (press !== this.#presses) return;
      this.#opened?.close();
      this.#opened = null;
    });
  }

  /** While somebody waits, what is left of the time is drawn every second, and said when it runs out. */
  follow(awaiting: Awaiting | undefined): void {
    if (awaiting && /frame|late/.test(awaiting.handoff)) this.#frame.start(awaiting.session);
    else this.#frame.stop();
    if (!awaiting) {
      clearInterval(this.#ticking);
      this.#ticking = undefined;
      this.#left = Infinity;
      return;
    }
    this.#ticking ??= setInterval(() => document.hidden || this.form.requestUpdate(), 1000);
    const { expiresAt, status } = awaiting.session;
    if (status !== 'open') return;
    const { speech } = this.form;
    const left = this.checkout.paying.leftUntil(expiresAt);
    for (const warning of [soon, soon / 5])
      if (left <= warning && this.#left > warning)
        this.form.tellAloud(speech.say('held', { time: clock(speech, left) }));
    this.#left = left;
  }

  draw(awaiting: Awaiting) {
    const { checkout } = this;
    const { speech } = this.form;
    const { paying } = checkout;
    return waiting({
      speech,
      awaiting,
      phone: this.#payer,
      leftUntil: (time) => paying.leftUntil(time),
      onPhone: (phone) => {
        this.#phone = phone;
        paying.forgetProblem();
        this.form.requestUpdate();
      },
      onConfirm: (event) => {
        event.preventDefault();
        paying.confirm(this.#payer);
      },
      onFrame: this.#frame.onLoad,
      onContinue: (event) => {
        event.preventDefault();
        this.during({}, paying.goElsewhere, 'redirect');
      },
      onChange: () => checkout.changeOrder(),
      onCancel: paying.cancel,
      onExtend: paying.extend,
    });
  }

  /** As it was typed here, or into the form before. */
  get #payer(): string {
    const { customer } = this.checkout.reading?.selection ?? {};
    return this.#phone ?? customer?.phone ?? this.form.prefillPhone;
  }
}
