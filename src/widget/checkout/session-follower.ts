/** Keeps an eye on one payment: what this page remembers of it, and what the server says about it. */
import { type CheckoutSession, isFinal, type Problem } from '../../contract/index.js';
import type { Client } from '../client.js';
import { forget, recall } from './session-memory.js';

interface Following {
  /** Asked for whenever they are needed. */
  readonly terms: () => { readonly client: Client; readonly memoryKey: string };
  /** The session as it was just seen; `hasReturned` where the buyer came back to this page. */
  readonly onSeen: (session: CheckoutSession, hasReturned: boolean) => void;
}

export class SessionFollower {
  #watching: AbortController | undefined;
  #watched = '';
  readonly #told = new Set<string>();
  /** Counts what was heard: an answer asked for before the last of it may be older. */
  #heard = 0;

  constructor(private readonly following: Following) {}

  /** Tells every change of the session until it is final or `stop` is called. */
  follow({ id }: CheckoutSession): void {
    if (this.#watched === id && this.#watching?.signal.aborted === false) return;
    this.stop();
    this.#watching = new AbortController();
    this.#watched = id;
    const { signal } = this.#watching;
    const onChange = (seen: CheckoutSession) => {
      if (signal.aborted) return;
      this.#heard += 1;
      this.following.onSeen(seen, false);
    };
    this.following.terms().client.watchSession(id, onChange, { signal });
  }

  stop(): void {
    this.#watching?.abort();
  }

  /** The answer to what is asked of a session; undefined where something newer was heard before it came. */
  async newest(asking: Promise<CheckoutSession>): Promise<CheckoutSession | undefined> {
    const before = this.#heard;
    const session = await asking;
    return before === this.#heard || isFinal(session.status) ? session : undefined;
  }

  /** Asks once how a payment went. @returns false where that could not be read */
  async ask(id: string, signal: AbortSignal | undefined, hasReturned = false): Promise<boolean> {
    try {
      const session = await this.newest(this.following.terms().client.session(id, { signal }));
      if (session && !signal?.aborted && (isFinal(session.status) || hasReturned))
        this.following.onSeen(session, hasReturned);
      return true;
    } catch {
      // The buyer still sees where the payment can be continued.
      return false;
    }
  }

  /**
   * The payment that was started here before, if there was one.
   * @throws Problem where that cannot be known: a form would ask those who have paid to pay again
   */
  async recall(signal: AbortSignal): Promise<CheckoutSession | undefined> {
    const { client, memoryKey } = this.following.terms();
    const id = recall(memoryKey);
    if (!id) return undefined;
    try {
      return await client.session(id, { signal });
    } catch (error) {
      if ((error as Problem<string>).code !== 'session_not_found') throw error;
      forget(memoryKey);
      return undefined;
    }
  }

  /** Each outcome is told once, however often it is seen. */
  isNews({ id, status }: CheckoutSession): boolean {
    const news = `${id} ${status}`;
    if (this.#told.has(news)) return false;
    this.#told.add(news);
    return true;
  }

  reset(): void {
    this.#told.clear();
  }
}
