/** From an open session to its outcome: takes the buyer to the payment, follows it, tells how it ended. */
import type { CheckoutSession, Problem, PublicLink } from '../../contract/index.js';
import type { Client } from '../client.js';
import type { CheckoutHost } from './checkout-controller.js';
import {
  type Awaiting,
  type CheckoutAction,
  type CheckoutState,
  type Handoff,
  type Notice,
  orderOf,
} from './checkout-state.js';
import type { Field } from './draft.js';
import { SessionFollower } from './session-follower.js';
import { forget, forgetDraft, remember } from './session-memory.js';

/** The checkout it is part of. */
export interface Checkout {
  readonly host: CheckoutHost;
  readonly state: CheckoutState;
  /** Aborted once the buyer is busy with something else. */
  readonly signal: AbortSignal | undefined;
  advance(action: CheckoutAction): void;
  tellError(code: string, field?: Field, error?: unknown): void;
  retry(): void;
}

export class Paying {
  readonly #follower: SessionFollower;
  /** How far the buyer's clock is ahead of the server's, in milliseconds. */
  #ahead = 0;

  constructor(private readonly checkout: Checkout) {
    this.#follower = new SessionFollower({
      terms: () => checkout.host.terms,
      onSeen: (session, hasReturned) => this.take(session, hasReturned),
    });
  }

  /** Milliseconds until then. */
  leftUntil(time: string): number {
    return Math.max(0, Date.parse(time) + this.#ahead - Date.now());
  }

  /** The server's time, as it was just read: clocks of buyers are wrong. */
  setClock({ now }: PublicLink): void {
    this.#ahead = Date.now() - Date.parse(now);
  }

  /** The payment that was started here before, if there was one. */
  recall(signal: AbortSignal): Promise<CheckoutSession | undefined> {
    this.#memoryKey = this.checkout.host.terms.memoryKey;
    return this.#follower.recall(signal);
  }

  /** It goes on, or has ended meanwhile. */
  resume(session: CheckoutSession): Promise<boolean> {
    this.#follower.follow(session);
    return this.#follower.ask(session.id, this.checkout.signal);
  }

  /** Under which the session is kept: where the element stands among others may have changed by the end. */
  #memoryKey = '';

  /** A later load of the page will take it up. */
  remember({ id }: CheckoutSession): void {
    this.#memoryKey = this.checkout.host.terms.memoryKey;
    remember(this.#memoryKey, id);
  }

  stop(): void {
    this.#follower.stop();
  }

  reset(): void {
    this.#follower.reset();
  }

  /**
   * Takes the buyer to the payment.
   * @param from where they were offered to pay before, and would rather not
   */
  start(session: CheckoutSession, from?: Handoff): void {
    const { checkout } = this;
    const { host } = checkout;
    if (session.status === 'complete') {
      this.complete(session, orderOf(checkout.state)?.link ?? null);
      return;
    }
    checkout.advance({ action: 'await', session });
    const isOurs = host.tell({ type: 'handoff', session });
    const handoff = isOurs ? host.handOff(session, from) : 'elsewhere';
    checkout.advance({ action: 'handed_off', handoff });
    if (handoff === 'blocked') checkout.tellError('handoff_blocked');
    if (handoff !== 'leaving') this.#follower.follow(session);
  }

  /** By another way than the one that is offered. */
  readonly goElsewhere = (): void => {
    const { session, handoff } = this.#awaiting ?? {};
    if (session) this.start(session, handoff);
  };

  /** Whether the frame of the payment page has shown that it is there. */
  noteFrame(isThere: boolean): void {
    const handoff = isThere ? 'frame' : 'late';
    const now = this.#awaiting?.handoff;
    if (now !== 'frame' && now !== 'late') return;
    if (now !== handoff) this.checkout.advance({ action: 'handed_off', handoff });
    if (isThere) this.look();
  }

  /** Asks once how the payment went. */
  async look(): Promise<boolean> {
    const { session } = this.#awaiting ?? {};
    return session !== undefined && this.#follower.ask(session.id, this.checkout.signal, true);
  }

  /** Asks a phone to approve. */
  confirm(phone: string): void {
    if (phone.trim()) this.#request((client, { id }) => client.confirm(id, { phone }));
    else this.#failed('required');
  }

  /** The number is another one now: what was wrong with the last one is no longer said. */
  forgetProblem(): void {
    const { session, problem } = this.#awaiting ?? {};
    if (session && problem) this.checkout.advance({ action: 'seen', session });
  }

  readonly extend = (): Promise<void> => this.#request((client, { id }) => client.extend(id));

  /** Gives the place back at once. */
  readonly cancel = (): Promise<void> => this.#request((client, { id }) => client.cancel(id));

  async #request(
    ask: (client: Client, session: CheckoutSession) => Promise<CheckoutSession>,
  ): Promise<void> {
    const { checkout } = this;
    const { state, signal, host } = checkout;
    const session = 'session' in state && state.session;
    if (!session || this.#awaiting?.isAsking) return;
    checkout.advance({ action: 'request' });
    try {
      const seen = await this.#follower.newest(ask(host.terms.client, session));
      if (seen && !signal?.aborted) this.take(seen, false);
    } catch (error) {
      if (signal?.aborted) return;
      const { code = 'internal' } = error as Problem<string>;
      // It is not where this page thinks it is, or may have been done all the same.
      if (code !== 'validation_failed' && this.#awaiting && !(await this.look()))
        return this.#refused('network', error);
      if (code === 'conflict' || this.#awaiting?.session.status === 'processing') return;
      if (code === 'validation_failed') {
        this.#failed('invalid_phone');
        host.tell({ type: 'error', code, retryable: true, field: 'phone' });
        return;
      }
      this.#refused(code, error);
    }
  }

  #refused(code: string, error: unknown): void {
    this.#failed(code);
    this.checkout.tellError(code, undefined, error);
  }

  #failed(problem: string): void {
    const { checkout } = this;
    if (this.#awaiting) checkout.advance({ action: 'failed', problem });
    else
      checkout.advance({
        action: 'notice',
        notice: { kind: 'problem', code: problem, isRetryable: false },
      });
    checkout.host.showFirstProblem();
  }

  /** Acts upon a session as it was just seen. */
  take(session: CheckoutSession, hasReturned: boolean): void {
    const { status } = session;
    const { state } = this.checkout;
    // What ended has ended, whatever was under way then.
    if (state.state === 'done' && state.session.id === session.id) return;
    if (status === 'complete') this.complete(session, orderOf(this.checkout.state)?.link ?? null);
    else if (status === 'processing') this.#processing(session);
    else if (status === 'open') this.#stillOpen(session, hasReturned);
    else this.#ended(session, status);
  }

  get #awaiting(): Awaiting | undefined {
    const { state } = this.checkout;
    return state.state === 'awaiting' ? state : undefined;
  }

  #processing(session: CheckoutSession): void {
    const { checkout } = this;
    const { handoff } = this.#awaiting ?? {};
    if (handoff && handoff !== 'leaving') checkout.advance({ action: 'seen', session });
    else this.#wait(session);
    if (this.#follower.isNews(session)) checkout.host.tell({ type: 'processing', session });
    this.#follower.follow(session);
  }

  /** Here where that can be, else for another window. */
  #wait(session: CheckoutSession): void {
    const { checkout } = this;
    checkout.advance({ action: 'await', session });
    const isHere = checkout.host.isPaidHere(session);
    checkout.advance({ action: 'handed_off', handoff: isHere ? 'phone' : 'elsewhere' });
  }

  #ended(session: CheckoutSession, kind: 'expired' | 'canceled'): void {
    const { checkout } = this;
    forget(this.#memoryKey);
    this.stop();
    const failure = session.failure?.code;
    // An earlier refusal is not why it ended, but for the one that ends it.
    const notice: Notice =
      failure === 'too_many_attempts' ? { kind: 'not_paid', failure } : { kind };
    checkout.advance({ action: 'return', notice, session: null });
    if (this.#follower.isNews(session)) checkout.host.tell({ type: 'cancel', session });
    if (checkout.state.state === 'awaiting') checkout.retry();
  }

  #stillOpen(session: CheckoutSession, hasReturned: boolean): void {
    const { checkout } = this;
    const { handoff } = this.#awaiting ?? {};
    const isHere = handoff && /phone|frame|late/.test(handoff);
    const isElsewhere = handoff && handoff !== 'leaving';
    // What the form was told of once is no reason to go back there.
    const known = orderOf(checkout.state)?.session?.failure?.code;
    const isKnown = !session.failure || session.failure.code === known;
    if (isHere || (isKnown && (!hasReturned || isElsewhere))) {
      checkout.advance({ action: 'seen', session });
      return;
    }
    const notice: Notice = session.failure
      ? { kind: 'not_paid', failure: session.failure.code }
      : { kind: 'still_open' };
    checkout.advance({ action: 'return', notice, session });
    // A link that has closed meanwhile has no form to return to, but what was begun can be paid.
    if (!orderOf(checkout.state)) this.#wait(session);
    this.#follower.follow(session);
  }

  complete(session: CheckoutSession, link: PublicLink | null): void {
    const { checkout } = this;
    const { host } = checkout;
    if (!this.#follower.isNews(session)) return;
    forget(this.#memoryKey);
    forgetDraft(this.#memoryKey);
    forgetDraft(host.terms.memoryKey);
    this.stop();
    checkout.advance({ action: 'complete', session, link, isQuiet: false });
    if (!host.tell({ type: 'complete', session }))
      checkout.advance({ action: 'complete', session, link, isQuiet: true });
  }
}
