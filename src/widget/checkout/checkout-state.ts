/** Where a checkout stands, and how it moves on. Pure: no network, no markup, no clock. */
import {
  type CheckoutSession,
  isSoldOutForNow,
  type OpenLink,
  type PublicLink,
} from '../../contract/index.js';
import type { Draft, Field } from './draft.js';
import type { DraftProblem } from './reading.js';

export type ClosedReason =
  | 'inactive'
  | 'expired'
  | 'exhausted'
  | 'temporarily_sold_out'
  | 'not_found';

/** Something the buyer should know before going on. */
export type Notice =
  | { readonly kind: 'still_open' | 'canceled' | 'expired' }
  | { readonly kind: 'not_paid'; readonly failure: string }
  | { readonly kind: 'price_changed'; readonly total: number }
  | {
      readonly kind: 'problem';
      readonly code: string;
      readonly isRetryable: boolean;
      readonly retryAfter?: number | undefined;
    };

/** What lives as long as the buyer is busy with one link. */
interface Order {
  readonly link: OpenLink;
  readonly draft: Draft;
  /** Fields whose problems are told by now: left, or tried to pay. */
  readonly shown: ReadonlySet<Field> | 'all';
  /** What the server refused, until the field is edited. */
  readonly refusals: readonly DraftProblem[];
  readonly notice: Notice | null;
  /** Whether the server is asked what a promotion code is worth. */
  readonly isAsking: boolean;
  /** Opened and not yet paid: can be continued, and is replaced by the next one. */
  readonly session: CheckoutSession | null;
}

export type Editing = Order & { readonly state: 'editing' };
export type Submitting = Order & { readonly state: 'submitting' };

/**
 * Where a session is paid. In this page: `phone`, by a number that is asked to approve; `frame`, on the payment page;
 * `late`, on one that does not seem to come. `leaving`: this page goes away; `elsewhere`: another window pays;
 * `blocked`: the buyer must press.
 */
export type Handoff = 'phone' | 'frame' | 'late' | 'leaving' | 'elsewhere' | 'blocked';

export interface Awaiting {
  readonly state: 'awaiting';
  readonly session: CheckoutSession;
  readonly handoff: Handoff;
  readonly order: Order | null;
  /** Whether the server is asked for something. */
  readonly isAsking: boolean;
  /** Why it did not do so. */
  readonly problem: string | null;
}

export interface Unavailable {
  readonly state: 'unavailable';
  readonly reason: ClosedReason | 'failed';
  readonly code: string;
  readonly isRetryable: boolean;
  readonly link: PublicLink | null;
  /** Typed before the link closed: kept for the retry. */
  readonly draft: Draft | null;
}

export interface Done {
  readonly state: 'done';
  readonly session: CheckoutSession;
  readonly link: PublicLink | null;
  /** The page prevented our thank-you: it shows its own. */
  readonly isQuiet: boolean;
}

export type CheckoutState =
  | { readonly state: 'idle' }
  | { readonly state: 'loading'; readonly draft: Draft | null }
  | Unavailable
  | Editing
  | Submitting
  | Awaiting
  | Done;

export type CheckoutAction =
  | { readonly action: 'load' }
  | { readonly action: 'loaded'; readonly link: OpenLink; readonly draft: Draft }
  | ({ readonly action: 'closed' } & Omit<Unavailable, 'state' | 'draft'>)
  | { readonly action: 'edit'; readonly draft: Draft; readonly field: Field }
  | { readonly action: 'leave'; readonly field: Field }
  | { readonly action: 'show_problems' }
  | { readonly action: 'notice'; readonly notice: Notice | null }
  | { readonly action: 'ask' | 'submit' }
  | {
      readonly action: 'refuse';
      readonly notice: Notice | null;
      readonly refusals?: readonly DraftProblem[];
    }
  | { readonly action: 'await'; readonly session: CheckoutSession }
  /** The session as it is by now, while the buyer waits where they are. */
  | { readonly action: 'seen'; readonly session: CheckoutSession }
  | { readonly action: 'handed_off'; readonly handoff: Handoff }
  | { readonly action: 'request' }
  | { readonly action: 'failed'; readonly problem: string }
  | {
      readonly action: 'return';
      readonly notice: Notice | null;
      readonly session: CheckoutSession | null;
    }
  | {
      readonly action: 'complete';
      readonly session: CheckoutSession;
      readonly link: PublicLink | null;
      readonly isQuiet: boolean;
    };

export const statusOf = (link: PublicLink): ClosedReason | undefined => {
  if (link.status !== 'active') return link.status;
  return isSoldOutForNow(link) ? 'temporarily_sold_out' : undefined;
};

/** The order behind a state, if there is one. */
export const orderOf = (state: CheckoutState): Order | null => {
  if (state.state === 'editing' || state.state === 'submitting') return state;
  return state.state === 'awaiting' ? state.order : null;
};

const draftOf = (state: CheckoutState): Draft | null =>
  'draft' in state ? state.draft : (orderOf(state)?.draft ?? null);

const fresh = {
  shown: new Set<Field>(),
  refusals: [],
  notice: null,
  isAsking: false,
  session: null,
};

const notAsking = { isAsking: false, problem: null };

/** The next state; an action that makes no sense where we are changes nothing. */
export function advance(from: CheckoutState, to: CheckoutAction): CheckoutState {
  const order = orderOf(from);
  switch (to.action) {
    case 'load':
      return { state: 'loading', draft: draftOf(from) };
    case 'closed': {
      const { action, ...rest } = to;
      return { state: 'unavailable', ...rest, draft: draftOf(from) };
    }
    case 'loaded':
      return { ...fresh, ...order, state: 'editing', link: to.link, draft: to.draft };
    case 'complete':
      return { state: 'done', session: to.session, link: to.link, isQuiet: to.isQuiet };
    case 'await':
      return { ...notAsking, state: 'awaiting', session: to.session, handoff: 'leaving', order };
    case 'seen':
      return from.state === 'awaiting' ? { ...from, ...notAsking, session: to.session } : from;
    case 'handed_off':
      return from.state === 'awaiting' ? { ...from, handoff: to.handoff } : from;
    case 'request':
      return from.state === 'awaiting' ? { ...from, isAsking: true, problem: null } : from;
    case 'failed':
      return from.state === 'awaiting' ? { ...from, isAsking: false, problem: to.problem } : from;
    case 'return': {
      const { notice, session } = to;
      return order ? { ...order, state: 'editing', notice, session } : from;
    }
  }
  if (!order) return from;
  switch (to.action) {
    case 'edit': {
      const refusals = without(order, to.field);
      // Another code, or this one answered: nothing is asked any more.
      const isAsking = order.isAsking && to.field !== 'promotionCode';
      return { ...order, state: 'editing', draft: to.draft, refusals, isAsking };
    }
    case 'ask':
      return { ...order, state: 'editing', refusals: [], isAsking: true };
    case 'leave':
      if (from.state !== 'editing' || order.shown === 'all') return from;
      return { ...from, shown: new Set([...order.shown, to.field]) };
    case 'show_problems':
      return { ...order, state: 'editing', shown: 'all' };
    case 'notice':
      return { ...order, state: 'editing', notice: to.notice };
    case 'submit':
      return { ...order, state: 'submitting', shown: 'all', refusals: [], notice: null };
    case 'refuse':
      return {
        ...order,
        state: 'editing',
        notice: to.notice,
        refusals: to.refusals ?? [],
        isAsking: false,
      };
    default:
      return to satisfies never;
  }
}

/** A code was refused for the order it was tried on, and for who pays. */
const decides = /^(?:amount|items|billing|plitem_|email$)/;

const without = ({ refusals }: Order, field: Field) =>
  refusals.filter(
    (refusal) =>
      refusal.field !== field && !(refusal.field === 'promotionCode' && decides.test(field)),
  );
