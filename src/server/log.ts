/**
 * The log of a serving process: one line of JSON for each request and each fault, for whoever collects it. A line
 * names what is listed here and nothing else: no address, no body. The line of a request names no id, the pattern of a
 * route instead of its path; the message of a fault may.
 */
import pino from 'pino';
import type { MailLine } from './jobs/mail-delivery.js';
import type { RequestLine } from './routes/observe.js';

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface Log {
  /** A fault with its stack, or a sentence for the operator. */
  error(error: unknown, about?: string): void;
  say(sentence: string): void;
  /** Something that may be meant so, and mostly is not. */
  warn(sentence: string): void;
  request(line: RequestLine): void;
  /** One try to send a letter: what it was about, never to whom. */
  mail(line: MailLine): void;
}

interface LogOptions {
  readonly level: LogLevel;
  /** Standard output where it is not said. */
  readonly write?: (line: string) => void;
}

/**
 * Whoever reads slowly does not hold up an answer, and is not waited for without end: beyond these bytes lines are lost.
 * What is left is written as the process ends.
 */
const toOutput = { sync: false, maxLength: 16 * 1024 * 1024 };

export function createLog({ level, write }: LogOptions): Log {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  };
  const logger = pino(options, write ? { write } : pino.destination(toOutput));
  return {
    error(error, about) {
      if (typeof error === 'string') logger.error(withoutSecrets(error));
      else logger.error({ requestId: about, error: faultOf(error) }, summaryOf(error));
    },
    say: (sentence) => logger.info(sentence),
    warn: (sentence) => logger.warn(sentence),
    request({ requestId, method, route, status, ms }) {
      logger.info({ requestId, method, route, status, ms }, 'request');
    },
    mail({ kind, about, to, outcome, attempt, error }) {
      logger[levelOf[outcome]]({ kind, about, to, outcome, attempt, error }, 'mail');
    },
  };
}

const levelOf = { accepted: 'info', failed: 'warn', refused: 'error', given_up: 'error' } as const;

const summaryOf = (error: unknown): string =>
  error instanceof Error ? withoutSecrets(error.message) : 'Something was thrown that is no error.';

interface Fault {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
  readonly stack: string | undefined;
  readonly cause?: Fault;
}

/** Of what an error carries; a database's also carries the values of a row. */
function faultOf(error: unknown, depth = 0): Fault {
  if (!(error instanceof Error))
    return { name: typeof error, message: '', code: undefined, stack: undefined };
  const { code } = error as NodeJS.ErrnoException;
  return {
    name: error.name,
    message: withoutSecrets(error.message),
    code: typeof code === 'string' ? code : undefined,
    stack: error.stack && withoutSecrets(error.stack),
    ...(error.cause instanceof Error && depth < 3 && { cause: faultOf(error.cause, depth + 1) }),
  };
}

/** A message may quote what was refused. */
export const withoutSecrets = (text: string): string =>
  text
    .replace(/[^\s@"'<>()=:]+@[^\s@"'<>()=:]+\.[^\s@"'<>()=:]+/g, '[e-mail]')
    .replace(/\b(sk|rk|whsec)_[A-Za-z0-9_+/=-]{8,}/g, '$1_[secret]')
    .replace(/\bpostgres(ql)?:\/\/[^\s@]*@/g, 'postgres://[secret]@')
    .replace(/\+\d[\d ().-]{6,}\d/g, '[phone]');
