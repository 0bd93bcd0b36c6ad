/** Runs one checkout: asks the client, moves the state on, tells what happened. Only the newest run may write. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import {
  type CheckoutSession,
  isFinal,
  isOpenLink,
  isUnanswered,
  type OpenLink,
  Problem,
  type PublicLink,
  type Selection,
  type SessionRequest,
  type Totals,
} from '../../contract/index.js';
import type { Client } from '../client.js';
import { AddressShelf } from './address-shelf.js';
import {
  advance,
  type CheckoutAction,
  type CheckoutState,
  type ClosedReason,
  type Handoff,
  type Notice,
  orderOf,
  statusOf,
  type Unavailable,
} from './checkout-state.js';
import {
  carryOver,
  type Draft,
  type Field,
  type Prefill,
  startDraft,
  typedIn,
  typeIn,
} from './draft.js';
import { newIdempotencyKey } from './idempotency-key.js';
import { withOwn } from './own-reservation.js';
import { Paying } from './paying.js';
import { type Extras, fieldOf, type Reading, readDraft } from './reading.js';
import type { AddressForms } from './reading-buyer.js';
import { recallDraft, rememberDraft } from './session-memory.js';

/** What the page around the checkout gives, asked for whenever it is needed. */
export interface Terms {
  readonly client: Client;
  readonly locale: string;
  readonly prefill: Prefill;
  readonly extras: Extras;
  readonly returnUrl: string | undefined;
  /** Under which the session opened here is remembered across page loads. */
  readonly memoryKey: string;
}

export type Happening =
  | { readonly type: 'ready'; readonly link: PublicLink }
  | { readonly type: 'unavailable'; readonly status: ClosedReason; readonly link?: PublicLink }
  | {
      readonly type: 'change' | 'submit';
      readonly selection: Selection;
      readonly totals: Totals | null;
    }
  | {
      readonly type: 'handoff' | 'processing' | 'complete' | 'cancel';
      readonly session: CheckoutSession;
    }
  | {
      readonly type: 'error';
      readonly code: string;
      readonly retryable: boolean;
      readonly field?: Field | undefined;
    };

export interface CheckoutHost extends ReactiveControllerHost {
  readonly isConnected: boolean;
  readonly terms: Terms;
  /** Resolves once the buyer can be spoken to in their language. */
  needWords(): Promise<void>;
  /** Tells the developer of the page what does not work. */
  report(code: string, error?: unknown): void;
  /** Passes a happening on to the page; false where the page prevented what follows. */
  tell(happening: Happening): boolean;
  /** Whether a phone is asked for the session in the page. */
  isPaidHere(session: CheckoutSession): boolean;
  /** Takes the buyer to the payment, by another way than `from`; answers how that went. */
  handOff(session: CheckoutSession, from?: Handoff): Handoff;
  /** Problems were shown: the first one, or the one named, should be seen. */
  showFirstProblem(selector?: string): void;
}

/** Another try cures none of these; of what a newer server says it may. */
const isForGood = (code: string) =>
  /^(?:link|promo|in[av]|api|ori|val|price|out|sess|ex)/.test(code);

const codeField = 'promotionCode';

/** Fields that decide what there is to pay; the others are about the buyer. */
const isOfOrder = /^(?:amount|items|plitem_)/;

/** After these the link is not as it was shown. */
const stale = /^(?:price_changed|out_of_stock|temporarily_sold_out|link_|invalid_selection)/;

export class CheckoutController implements ReactiveController {
  state: CheckoutState = { state: 'idle' };
  #linkId = '';
  #run: AbortController | undefined;
  /** All that follows once a session is open. */
  readonly paying = new Paying(this);
  readonly #addresses = new AddressShelf(() => this.host.requestUpdate());
  /** Kept only while it is unknown whether the server got the request. */
  #attempt: { readonly key: string; readonly body: string } | undefined;
  #asking: AbortController | undefined;
  /** Given by the page, and not tried yet: for want of an order it could be for. */
  #isCodeNew = false;

  constructor(readonly host: CheckoutHost) {
    host.addController(this);
  }

  /** Of what the buyer is busy with. */
  get signal(): AbortSignal | undefined {
    return this.#run?.signal;
  }

  hostConnected(): void {
    addEventListener('pageshow', this.#onShown);
    document.addEventListener('visibilitychange', this.#onShown);
    if (!this.signal?.aborted) return;
    // It was taken out of the page while something was under way, and is back.
    this.abandon();
    this.#begin();
    const session = 'session' in this.state && this.state.state !== 'done' && this.state.session;
    if (session) this.paying.resume(session);
  }

  hostDisconnected(): void {
    removeEventListener('pageshow', this.#onShown);
    document.removeEventListener('visibilitychange', this.#onShown);
    // What is only moved to another place goes on.
    setTimeout(() => this.host.isConnected || this.#stop());
  }

  /** Loads a link, and takes up the payment that was started here before. */
  async open(linkId: string, { fresh = false } = {}): Promise<void> {
    if (linkId !== this.#linkId) {
      this.state = { state: 'idle' };
      this.#isCodeNew = false;
      this.#attempt = undefined;
    }
    this.#linkId = linkId;
    const signal = this.#begin();
    this.advance({ action: 'load' });
    // Who waits longer reads English first.
    const late = new Promise((resolve) => setTimeout(resolve, 1500));
    const words = Promise.race([this.host.needWords(), late]);
    try {
      const [link, session] = await Promise.all([
        this.host.terms.client.paymentLink(linkId, { signal, fresh }),
        this.paying.recall(signal),
      ]);
      await words;
      if (signal.aborted) return;
      if (session?.status === 'complete') return this.paying.complete(session, link);
      if (isOpenLink(link)) await this.#addresses.need(this.host.terms, link, this.#draftOn(link));
      if (signal.aborted) return;
      this.#loaded(link, session);
      if (session) this.paying.take(session, true);
    } catch (error) {
      await words;
      if (!signal.aborted) this.#loadFailed(error);
    }
  }

  retry(): Promise<void> {
    return this.open(this.#linkId, { fresh: true });
  }

  /** The form cannot start: nothing to ask the network for. */
  fail(code: string): void {
    this.#begin();
    this.#close('failed', code);
    this.tellError(code);
  }

  edit(field: Field, change: (draft: Draft) => Draft): void {
    if (this.state.state !== 'editing') return;
    if (field === codeField) {
      this.#asking?.abort();
      this.#isCodeNew = false;
    }
    this.advance({ action: 'edit', draft: change(this.state.draft), field });
    this.#tellChange();
    rememberDraft(this.host.terms.memoryKey, this.state.draft);
    this.#addresses.need(this.host.terms, this.state.link, this.state.draft);
    if (this.#isCodeNew && this.reading?.totals) this.applyCode({ isOurs: true });
  }

  /** How the countries chosen so far write their addresses. */
  get forms(): AddressForms {
    return this.#addresses.forms;
  }

  /** Asks for the address forms that are missing, or are in another language by now. */
  readonly retryForms = (): void => {
    const order = orderOf(this.state);
    this.#addresses.forgetMissing();
    if (order) this.#addresses.need(this.host.terms, order.link, order.draft);
  };

  /**
   * Asks what the typed promotion code takes off, and takes it off.
   * @param isOurs whether nobody asked for it: then nobody is taken to what is wrong
   * @returns false where it was not taken off
   */
  async applyCode({ isOurs = false } = {}): Promise<boolean> {
    const { state, reading } = this;
    const code = 'draft' in state && state.draft ? typedIn(state.draft, codeField).trim() : '';
    if (state.state !== 'editing' || !reading || !code) return true;
    if (!reading.totals) {
      for (const { field } of reading.problems) if (isOfOrder.test(field)) this.leave(field);
      this.host.showFirstProblem();
      return false;
    }
    this.#asking?.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    this.#isCodeNew = false;
    this.advance({ action: 'ask' });
    try {
      const wanted = { ...reading.selection, promotionCode: code };
      const { discounts } = await this.host.terms.client.quote(state.link.id, wanted, { signal });
      if (signal.aborted) return false;
      const { amount, ...discount } = discounts[0]!;
      this.edit(codeField, (now) => ({ ...typeIn(now, codeField, ''), discount }));
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      this.#codeRefused(error);
      if (!isOurs) this.host.showFirstProblem(`[name=${codeField}]`);
      return false;
    }
  }

  #codeRefused(error: unknown): void {
    const code = codeOf(error);
    this.leave(codeField);
    const refusals = [{ field: codeField, code: code as never }];
    this.advance({ action: 'refuse', notice: null, refusals });
    this.tellError(code, codeField, error);
  }

  /** The buyer went on to another field: what is wrong with a filled one may be said. */
  leave(field: Field): void {
    this.advance({ action: 'leave', field });
  }

  dismiss(): void {
    this.advance({ action: 'notice', notice: null });
  }

  /** What the draft says now; null where there is no form. Nothing of it is stored. */
  get reading(): Reading | null {
    const order = orderOf(this.state);
    const { locale, extras } = this.host.terms;
    return order && readDraft(order.link, order.draft, locale, extras, this.forms);
  }

  async submit(): Promise<void> {
    const { state, reading } = this;
    if (state.state !== 'editing' || !reading) return;
    const { selection, totals, problems } = reading;
    if (problems.length || !totals) {
      this.advance({ action: 'show_problems' });
      return this.host.showFirstProblem();
    }
    const isCodeRefused = state.refusals.some(({ field }) => field === codeField);
    if (typedIn(state.draft, codeField).trim() && !isCodeRefused) {
      if (await this.applyCode()) await this.submit();
      return;
    }
    if (!this.host.tell({ type: 'submit', selection, totals })) return;
    const { returnUrl } = this.host.terms;
    const request: SessionRequest = {
      ...selection,
      expectedTotal: totals.total,
      ...(returnUrl && { returnUrl }),
      ...(state.session && { replaces: state.session.id }),
    };
    const signal = this.#begin();
    this.advance({ action: 'submit' });
    try {
      const session = await this.#openSession(state.link, request, signal);
      if (!signal.aborted) this.paying.start(session);
      // The buyer did not wait for it: it is replaced by what they order instead.
      else if (this.state.state === 'editing' && this.state.link.id === session.paymentLinkId)
        this.advance({ action: 'return', notice: this.state.notice, session });
    } catch (error) {
      if (!signal.aborted) await this.#refused(error, request, signal);
    }
  }

  /** The buyer gives up waiting for an answer; a late one is not acted upon. */
  abandon(): void {
    if (this.state.state !== 'submitting') return;
    this.#begin();
    this.advance({ action: 'notice', notice: null });
  }

  /** Takes the buyer to the session once more. */
  continuePayment(): void {
    const session = 'session' in this.state ? this.state.session : null;
    if (session) this.paying.start(session);
  }

  changeOrder(): void {
    if (this.state.state === 'awaiting')
      this.advance({ action: 'return', notice: null, session: this.state.session });
  }

  /** Forgets a finished checkout, for another one. */
  reset(): void {
    if (this.state.state !== 'done') return;
    this.state = { state: 'idle' };
    this.paying.reset();
  }

  advance(action: CheckoutAction): void {
    this.state = advance(this.state, action);
    this.host.requestUpdate();
  }

  #stop(): void {
    this.#run?.abort();
    this.paying.stop();
  }

  #begin(): AbortSignal {
    this.#stop();
    this.#run = new AbortController();
    return this.#run.signal;
  }

  #loaded(read: PublicLink, session = orderOf(this.state)?.session): void {
    this.paying.setClock(read);
    const isHeld = session && !isFinal(session.status) && isOpenLink(read);
    const link = isHeld ? withOwn(read, session) : read;
    const status = statusOf(link);
    if (status || !isOpenLink(link)) {
      const reason = status ?? 'inactive';
      this.#close(reason, reason, link);
      this.host.tell({ type: 'unavailable', status: reason, link });
      return;
    }
    const draft = this.#draftOn(link);
    const isFirst = this.state.state === 'loading';
    this.#isCodeNew ||= isFirst && !draft.discount && typedIn(draft, codeField) !== '';
    this.advance({ action: 'loaded', link, draft });
    if (isFirst) this.host.tell({ type: 'ready', link });
    this.#tellChange();
    if (this.#isCodeNew && this.reading?.totals) this.applyCode({ isOurs: true });
  }

  /** What was typed here before, else a form that nobody touched. */
  #draftOn(link: OpenLink): Draft {
    const { prefill, locale, memoryKey } = this.host.terms;
    const kept = ('draft' in this.state && this.state.draft) || recallDraft(memoryKey);
    return kept ? carryOver(link, kept, prefill, locale) : startDraft(link, prefill, locale);
  }

  #loadFailed(error: unknown): void {
    const code = codeOf(error);
    if (code === 'link_not_found' || code === 'not_found') {
      this.#close('not_found', code);
      this.host.report(code, error);
      this.host.tell({ type: 'unavailable', status: 'not_found' });
      return;
    }
    this.#close('failed', code);
    this.tellError(code, undefined, error);
  }

  #close(reason: Unavailable['reason'], code: string, link: PublicLink | null = null): void {
    const isRetryable = !isForGood(code);
    this.advance({ action: 'closed', reason, code, isRetryable, link });
  }

  tellError(code: string, field?: Field, error?: unknown): void {
    this.host.report(code, error);
    this.host.tell({ type: 'error', code, retryable: !isForGood(code), field });
  }

  #tellChange(): void {
    const { reading } = this;
    if (reading)
      this.host.tell({ type: 'change', selection: reading.selection, totals: reading.totals });
  }

  /** A new key after any answer; the old one only where the same request may have arrived. */
  async #openSession(link: OpenLink, wanted: SessionRequest, signal: AbortSignal) {
    const { client } = this.host.terms;
    const open = (request: SessionRequest, idempotencyKey: string) =>
      client.openSession(link.id, request, { signal, idempotencyKey });
    let body = JSON.stringify(wanted);
    let request = wanted;
    if (this.#attempt && this.#attempt.body !== body) {
      // Another order was sent and never answered: it may hold the very place that is asked for now.
      try {
        const { id } = await open(JSON.parse(this.#attempt.body), this.#attempt.key);
        request = { ...wanted, replaces: id };
        body = JSON.stringify(request);
      } catch (error) {
        if (signal.aborted || isUnanswered(codeOf(error))) throw error;
      }
    }
    const key = this.#attempt?.body === body ? this.#attempt.key : newIdempotencyKey();
    this.#attempt = { key, body };
    try {
      const session = await open(request, key);
      this.paying.remember(session);
      this.#attempt = undefined;
      return session;
    } catch (error) {
      if (!isUnanswered(codeOf(error)) && !signal.aborted) this.#attempt = undefined;
      throw error;
    }
  }

  async #refused(error: unknown, request: SessionRequest, signal: AbortSignal): Promise<void> {
    const code = codeOf(error);
    const order = orderOf(this.state);
    // Where there was no answer it may be replaced by now: that is no end of the purchase.
    const news = !isUnanswered(code) && order?.session && this.paying.resume(order.session);
    // What was to be replaced is being paid, or was: that is told, and the order is not sent.
    if (news && code === 'conflict') return this.dismiss();
    const problem = error instanceof Problem ? (error as Problem<string>) : undefined;
    const refusals = (problem?.errors ?? []).map(({ path, code, limit }) => ({
      field: fieldOf(path, request),
      code: code as never,
      limit,
    }));
    if (order && isOfCode.test(code)) {
      const typed = typeIn(order.draft, codeField, request.promotionCode ?? '');
      this.advance({ action: 'edit', field: codeField, draft: { ...typed, discount: null } });
    }
    this.advance({ action: 'refuse', notice: noticeOf(code, problem), refusals });
    this.tellError(code, refusals[0]?.field, error);
    await news;
    if (stale.test(code) && this.state.state === 'editing') await this.#refresh(signal);
    if (!signal.aborted) this.host.showFirstProblem();
  }

  /** Reads the link again under the buyer's hands; what is typed stays. */
  async #refresh(signal: AbortSignal): Promise<void> {
    try {
      const link = await this.host.terms.client.paymentLink(this.#linkId, { signal, fresh: true });
      if (!signal.aborted) this.#loaded(link);
    } catch (error) {
      if (!signal.aborted && codeOf(error) === 'link_not_found') this.#loadFailed(error);
    }
  }

  /** The page came back into view: ask how the payment went. */
  readonly #onShown = (event: Event): void => {
    if (!document.hidden && (!(event instanceof PageTransitionEvent) || event.persisted))
      this.paying.look();
  };
}

const isOfCode = /^promotion_code_/;

/** What is said above the form; a code that is refused is told where it is typed. */
function noticeOf(code: string, problem: Problem<string> | undefined): Notice | null {
  if (isOfCode.test(code)) return null;
  if (code === 'price_changed' && problem?.totals)
    return { kind: 'price_changed', total: problem.totals.total };
  const isRetryable = !isForGood(code);
  return { kind: 'problem', code, isRetryable, retryAfter: problem?.retryAfter };
}

const codeOf = (error: unknown): string =>
  error instanceof Problem ? (error as Problem<string>).code : 'internal';
