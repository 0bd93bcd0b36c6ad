/** Hands a letter to the operator's mail server, one connection each, and says how it went. */
import { createTransport } from 'nodemailer';
import type { MailSettings } from '../mail-settings.js';

export interface Post {
  /** Names the letter for ever: a mail server or a reader that meets it twice can tell. */
  readonly id: string;
  readonly to: string;
  readonly shopName: string;
  readonly locale: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export type PostOutcome =
  | { readonly status: 'accepted' }
  /** Refused for good: this letter will not be taken later either. */
  | { readonly status: 'refused'; readonly error: string }
  /** Not now. */
  | { readonly status: 'failed'; readonly error: string };

export interface Mailer {
  /** Never throws: what goes wrong out there is an outcome. */
  send(post: Post): Promise<PostOutcome>;
}

const connectMs = 10_000;
const silenceMs = 30_000;
/** A server that goes on by the byte holds up no other letter for longer. Within the lease of a letter. */
const longestMs = 120_000;

interface MailerOptions {
  readonly settings: MailSettings;
  readonly publicUrl: string;
}

export function createMailer({ settings, publicUrl }: MailerOptions): Mailer {
  const { host, port, isSecure, needsTls, isHere, login, from } = settings;
  const transport = createTransport({
    host,
    port,
    secure: isSecure,
    requireTLS: needsTls,
    ...(isHere && { tls: { rejectUnauthorized: false } }),
    ...(login && { auth: { user: login.user, pass: login.password } }),
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    dnsTimeout: connectMs,
    socketTimeout: silenceMs,
    // A letter is what it is given: nothing in it is fetched or read.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const { hostname } = new URL(publicUrl);

  return {
    async send({ id, to, shopName, locale, subject, text, html }) {
      const sent = transport.sendMail({
        // Said apart from the headers: what they hold decides nothing.
        envelope: { from: from.address, to: [to] },
        from: { name: from.name ?? shopName, address: from.address },
        to: { name: '', address: to },
        subject,
        text,
        html,
        messageId: `<${id}@${hostname.replace(/[[\]:]/g, '')}>`,
        headers: {
          'Content-Language': locale,
          // No absence notices, please.
          'Auto-Submitted': 'auto-generated',
          'X-Auto-Response-Suppress': 'All',
        },
      });
      try {
        await orTooLong(sent);
        return { status: 'accepted' };
      } catch (error) {
        return failure(error);
      }
    },
  };
}

async function orTooLong<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error(), { code: 'ETIMEDOUT' })), longestMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

interface SmtpFault {
  readonly code?: unknown;
  readonly responseCode?: unknown;
}

/**
 * A 5xx to the envelope or to the letter is meant for this letter. To the greeting, the login or to whoever has not
 * logged in (530) it is meant for us: the operator mends that, and the letter waits.
 */
function failure(fault: unknown): Exclude<PostOutcome, { status: 'accepted' }> {
  const { code, responseCode } = (fault ?? {}) as SmtpFault;
  const status = typeof responseCode === 'number' ? responseCode : undefined;
  const isOfLetter = code === 'EENVELOPE' || code === 'EMESSAGE';
  const isForGood = status === undefined || (status >= 500 && status !== 530);
  const error = status ? `answered ${status}` : typeof code === 'string' ? code : 'failed';
  return { status: isOfLetter && isForGood ? 'refused' : 'failed', error: error.slice(0, 100) };
}
