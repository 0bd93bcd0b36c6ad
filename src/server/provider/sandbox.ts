/**
 * The sandbox: a provider without money. What a real one keeps in its own house is kept behind `SandboxBook`
 * (in the database, so any process may settle); its events reach us as a real provider's would.
 */
import { type FailureCode, type Id, Problem } from '../../contract/index.js';
import { step } from '../step.js';
import type {
  Approval,
  ChargeToMake,
  CheckoutToOpen,
  MoneyAnswer,
  Operator,
  Provider,
  ProviderEvent,
} from './provider.js';

export interface SandboxEvent {
  readonly id: string;
  readonly checkoutSessionId: Id<'checkoutSession'>;
  readonly attempt: number;
  readonly type: 'succeeded' | 'failed' | 'canceled';
  readonly failureCode: FailureCode | null;
  readonly amount: number;
  readonly currency: string;
  readonly copiesLeft: number;
}

export interface SandboxAttempt {
  readonly id: string;
  readonly type: SandboxEvent['type'];
  readonly failureCode: FailureCode | null;
  readonly delayMs: number;
  readonly copies: number;
  readonly phone: string | null;
  /** How long a prompt on the phone stands. */
  readonly approvalMs: number;
}

export type NewCheckout = Pick<CheckoutToOpen, 'sessionId' | 'amount' | 'currency'>;
/** What the next refunds or renewals meet; with `answer_lost` the money moves, and nobody hears of it. */
export type Outcome = 'succeeded' | 'declined' | 'pending' | 'unreachable' | 'answer_lost';

export interface OutcomePlay {
  readonly outcome: Outcome;
  readonly reason?: FailureCode | undefined;
}

export interface SandboxRefund {
  readonly key: string;
  /** Of the attempt that took the money. */
  readonly ref: string;
  readonly sessionId: Id<'checkoutSession'>;
  readonly amount: number;
  readonly currency: string;
}

/** The far side's memory. */
export interface SandboxBook {
  open(checkout: NewCheckout): Promise<void>;
  /** Starts an attempt on an open checkout; undefined when it is not open. */
  attempt(sessionId: string, attempt: SandboxAttempt): Promise<SandboxEvent | undefined>;
  dueEvents(): Promise<SandboxEvent[]>;
  /** Counts one copy as delivered and lets the checkout become what the event says. */
  delivered(event: SandboxEvent): Promise<void>;
  expire(sessionId: string): Promise<'dead' | 'alive'>;
  pendingApproval(sessionId: string): Promise<Approval | null>;
  /** Notes the refund under its key, once; null = the line is dead and nothing was noted. */
  refund(refund: SandboxRefund): Promise<{ answer: MoneyAnswer; isLost: boolean } | null>;
  setRefundOutcome(sessionId: string, play: OutcomePlay): Promise<void>;
  /** Notes the charge under its reference, once; null = the line is dead and nothing was noted. */
  charge(charge: ChargeToMake): Promise<{ answer: MoneyAnswer; isLost: boolean } | null>;
  setChargeOutcome(sessionId: string, play: OutcomePlay): Promise<void>;
}

export interface Play {
  readonly outcome: 'succeeded' | 'declined' | 'canceled' | 'timed_out';
  readonly reason?: FailureCode | undefined;
  readonly delayMs?: number | undefined;
  /** Further deliveries of the same event. */
  readonly duplicates?: number | undefined;
  readonly phone?: string | undefined;
}

export interface Sandbox extends Provider {
  /** Does what the buttons of the payment page do. @returns false when the checkout is not open. */
  play(sessionId: Id<'checkoutSession'>, play: Play): Promise<boolean>;
  /** Says how the next refunds of this checkout go. */
  playRefund(sessionId: Id<'checkoutSession'>, play: OutcomePlay): Promise<void>;
  /** Says how the next renewals go of the subscription that this session began. */
  playCharge(sessionId: Id<'checkoutSession'>, play: OutcomePlay): Promise<void>;
  /** Delivers what is due; called when a delay has passed, and by the sweep. */
  deliverDue(): Promise<void>;
}

export const isSandbox = (provider: Provider): provider is Sandbox => 'play' in provider;

export interface SandboxDeps {
  readonly book: SandboxBook;
  readonly newId: () => string;
  /** Where events arrive: our side. */
  readonly tell: (event: ProviderEvent) => Promise<void>;
  /** Calls `deliverDue` once, so much later. */
  readonly wakeIn: (delayMs: number) => void;
}

const approvalTimeMs = 90_000;

/** As the regulators of Congo and Cameroon have given the numbers out. */
const operators: readonly Operator[] = [
  { name: 'MTN MoMo', prefixes: ['24206', '23765', '23767', '23768'] },
  { name: 'Airtel Money', prefixes: ['24204', '24205'] },
  { name: 'Orange Money', prefixes: ['23769'] },
];

/** The test numbers by their last digit, written +242 06 000 00 0n. */
const numbers: Record<string, Pick<Play, 'outcome' | 'reason' | 'delayMs'>> = {
  1: { outcome: 'succeeded', delayMs: 1_000 },
  2: { outcome: 'declined', reason: 'rejected_by_payer', delayMs: 1_000 },
  3: { outcome: 'declined', reason: 'insufficient_funds', delayMs: 1_000 },
  4: { outcome: 'timed_out', delayMs: 5_000 },
  5: { outcome: 'declined', reason: 'payer_not_found', delayMs: 1_000 },
  6: { outcome: 'succeeded', delayMs: 20_000 },
};

/** The digit that decides, of a number as the test numbers are written. */
function lastOfTestNumber(digits: string): string {
  const known = /^(?:242)?0600000(\d)$|^(?:242)?06000000(\d)$/.exec(digits);
  return known?.[1] ?? known?.[2] ?? '';
}

const digitsOf = (phone: string) => phone.replace(/\D/g, '').replace(/^00/, '');

function checkPhone(phone: string): void {
  const { length } = digitsOf(phone);
  if (!/^\+?[\d\s().-]+$/.test(phone.trim()) || length < 6 || length > 15)
    throw new Problem('validation_failed', 'This is not a phone number.', {
      errors: [{ path: 'phone', code: 'invalid_phone', message: 'not a phone number' }],
    });
}

function playOfNumber(phone: string): Play {
  const scripted = numbers[lastOfTestNumber(digitsOf(phone))];
  return { ...(scripted ?? { outcome: 'succeeded', delayMs: 3_000 }), phone };
}

const typeOf = {
  succeeded: 'succeeded',
  declined: 'failed',
  timed_out: 'failed',
  canceled: 'canceled',
} as const;

const failureOf = ({ outcome, reason }: Play): FailureCode | null => {
  if (outcome === 'declined') return reason ?? 'declined';
  return outcome === 'timed_out' ? 'timed_out' : null;
};

/** @throws where nobody is to hear of it */
function answerOf<Answer>(noted: { answer: Answer; isLost: boolean } | null): Answer {
  if (!noted || noted.isLost) throw new Error('The sandbox does not answer, as it was told.');
  return noted.answer;
}

export function createSandbox({ book, newId, tell, wakeIn }: SandboxDeps): Sandbox {
  const asOurs = (event: SandboxEvent, type: ProviderEvent['type'], id: string): ProviderEvent => ({
    provider: 'sandbox',
    id,
    sessionId: event.checkoutSessionId,
    attempt: `${event.checkoutSessionId}/${event.attempt}`,
    type,
    amount: event.amount,
    currency: event.currency,
    failureCode: event.failureCode,
  });

  // Told first, noted after: a crash between the two tells it again, and events are applied once.
  async function deliver(event: SandboxEvent): Promise<void> {
    for (let copy = 0; copy < event.copiesLeft; copy += 1) {
      await tell(asOurs(event, event.type, event.id));
      step('event told');
      await book.delivered(event);
      step('event delivered');
    }
  }

  async function play(sessionId: Id<'checkoutSession'>, wish: Play): Promise<boolean> {
    const delayMs = wish.delayMs ?? 0;
    const event = await book.attempt(sessionId, {
      id: newId(),
      type: typeOf[wish.outcome],
      failureCode: failureOf(wish),
      delayMs,
      copies: 1 + (wish.duplicates ?? 0),
      phone: wish.phone ?? null,
      approvalMs: approvalTimeMs,
    });
    if (!event) return false;
    step('attempt begun');
    if (event.type !== 'canceled')
      await tell(asOurs(event, 'processing', `${event.id}/processing`));
    step('attempt told');
    if (delayMs) wakeIn(delayMs);
    else await deliver(event);
    return true;
  }

  return {
    name: 'sandbox',
    testMode: true,
    sessionLifetimeSeconds: 15 * 60,
    paysOnOurPage: true,
    methods: ['page', 'mobile_money'],
    operators,
    chooseRef: (sessionId) => sessionId,
    async open(checkout) {
      await book.open(checkout);
      return { ref: checkout.sessionId, url: null };
    },
    async expire(ref) {
      const side = await book.expire(ref);
      step('checkout expired');
      return side;
    },
    async refund({ refundId: key, ref, amount, currency }) {
      const [sessionId] = ref.split('/') as [Id<'checkoutSession'>];
      return answerOf(await book.refund({ key, ref, sessionId, amount, currency }));
    },
    charge: async (charge) => answerOf(await book.charge(charge)),
    checkPhone,
    async askApproval(ref, phone) {
      const isMade = await play(ref as Id<'checkoutSession'>, playOfNumber(phone));
      return isMade && book.pendingApproval(ref);
    },
    isTestNumber: (phone) => lastOfTestNumber(digitsOf(phone)) in numbers,
    pendingApproval: (ref) => book.pendingApproval(ref),
    play,
    playRefund: (sessionId, wish) => book.setRefundOutcome(sessionId, wish),
    playCharge: (sessionId, wish) => book.setChargeOutcome(sessionId, wish),
    async deliverDue() {
      for (const event of await book.dueEvents()) await deliver(event);
    },
  };
}
