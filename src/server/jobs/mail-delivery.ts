/** Sends letters that are due, some at a time. The letter's row says what is due and what came of it. */
import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { letterOf } from '../letters/letter.js';
import type { LetterView } from '../letters/view.js';
import { claimMail, dropMail, noteMail } from '../store/mail.js';
import type { MailKind, MailRecipient, Row } from '../store/schema.js';
import { letterView } from './letter-view.js';
import type { Mailer, PostOutcome } from './mailer.js';
import { retryLetterIn } from './retry-schedule.js';

/** What came of one try, for the log: no address, no name. */
export interface MailLine {
  readonly kind: MailKind;
  /** The session, the payment or the refund. */
  readonly about: string;
  readonly to: MailRecipient;
  readonly outcome: 'accepted' | 'failed' | 'refused' | 'given_up';
  readonly attempt: number;
  readonly error: string | null;
}

export interface MailDelivererDeps {
  readonly mailer: Mailer;
  readonly tell: (line: MailLine) => void;
  /** From 0 up to 1: spreads retries. */
  readonly random: () => number;
  readonly onError: (error: unknown) => void;
}

/** Letters are started, not waited for: a mail server that never answers keeps nothing else waiting. */
export interface MailDeliverer {
  /** Starts what is due, as far as there is room. */
  sendDue(): Promise<void>;
  /** Waits for all that is under way, and for what waited behind it. */
  settled(): Promise<void>;
  /** Waits for what is under way, and not for ever: what is not answered then comes again after its lease. */
  stop(): Promise<void>;
}

const mostAtOnce = 4;
const stopMs = 10_000;

type Mail = Row<'mail'>;
type Ended = Parameters<typeof noteMail>[2];

export function createMailDeliverer(
  backend: Backend,
  { mailer, tell, random, onError }: MailDelivererDeps,
): MailDeliverer {
  const { db, tally } = backend;
  const underWay = new Set<Promise<void>>();
  /** Answered, and not written down yet, for the database was away: sent again they would come twice. */
  const unwritten = new Map<Mail, Ended>();
  let looking: Promise<void> | undefined;
  let isStopping = false;

  async function attempt(mail: Mail): Promise<void> {
    const view = await letterView(backend, mail);
    if (!view) return void (await dropMail(db, mail.id));
    const id = `${mail.kind}.${mail.objectId}.${mail.recipient}`;
    const outcome = (await isTooOften(mail, view))
      ? tooOften
      : await mailer.send({ id, to: view.to, ...(await letterOf(view)) });
    const ended = after(mail, outcome, random());
    unwritten.set(mail, ended);
    const { kind, objectId: about, recipient, attempts } = mail;
    const line = { kind, about, to: recipient, attempt: attempts, error: ended.error };
    tell({ ...line, outcome: toldAs(outcome, ended) });
    tally(talliedAs[ended.status]);
    await writeDown();
  }

  /** An address anybody can type, and a letter that costs them nothing: so nobody is flooded by way of us. */
  async function isTooOften({ attempts, recipient }: Mail, view: LetterView & { to: string }) {
    const isPaidFor = !view.testMode && view.amount > 0;
    if (isPaidFor || recipient === 'merchant' || attempts > 1) return false;
    try {
      await backend.limits.letter(view.to);
      return false;
    } catch (error) {
      if (error instanceof Problem && error.code === 'rate_limited') return true;
      throw error;
    }
  }

  async function writeDown(): Promise<void> {
    for (const [mail, ended] of unwritten) {
      await noteMail(db, mail, ended);
      unwritten.delete(mail);
    }
  }

  async function startDue(): Promise<void> {
    await writeDown();
    const room = mostAtOnce - underWay.size;
    if (room <= 0 || isStopping) return;
    for (const mail of await claimMail(db, room)) start(mail);
  }

  function start(mail: Mail): void {
    const attempted: Promise<void> = attempt(mail)
      .catch(onError)
      .finally(() => {
        underWay.delete(attempted);
        // There is room again, and more may be waiting for it.
        sendDue().catch(onError);
      });
    underWay.add(attempted);
  }

  function sendDue(): Promise<void> {
    if (isStopping) return Promise.resolve();
    looking ??= startDue().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  async function settled(): Promise<void> {
    while (looking || underWay.size) await Promise.all([looking, ...underWay]);
  }

  return {
    sendDue,
    settled,
    async stop() {
      isStopping = true;
      const end = new AbortController();
      const { signal } = end;
      await Promise.race([settled(), pause(stopMs, undefined, { signal })]).catch(onError);
      end.abort();
    },
  };
}

const tooOften: PostOutcome = { status: 'refused', error: 'too often' };

const talliedAs = {
  sent: 'mails_accepted',
  pending: 'mails_failed',
  refused: 'mails_given_up',
  given_up: 'mails_given_up',
} as const;

function after(
  { attempts }: Mail,
  outcome: PostOutcome,
  chance: number,
): Ended & { readonly error: string | null } {
  if (outcome.status === 'accepted') return { status: 'sent', error: null };
  const { error } = outcome;
  if (outcome.status === 'refused') return { status: 'refused', error };
  const retryInSeconds = retryLetterIn(attempts, chance);
  return retryInSeconds === undefined
    ? { status: 'given_up', error }
    : { status: 'pending', error, retryInSeconds };
}

const toldAs = ({ status }: PostOutcome, ended: Ended): MailLine['outcome'] =>
  ended.status === 'given_up' ? 'given_up' : status;
