/** Whether receipts are sent, and by whom: a mail server and the address they come from, or neither. */

import { StartRefused } from './data-folder.js';
import { isLoopbackHost } from './domain/webhook-address.js';

export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** Encrypted from the first byte; otherwise by STARTTLS, where the server offers it. */
  readonly isSecure: boolean;
  /** Nothing is sent unencrypted: a password would be. */
  readonly needsTls: boolean;
  /** On this machine nobody stands between, and nobody vouches for its certificate. */
  readonly isHere: boolean;
  readonly login: { readonly user: string; readonly password: string } | undefined;
  /** Without a name the shop's own is shown. */
  readonly from: { readonly name: string | undefined; readonly address: string };
}

const refuse = (sentence: string): never => {
  throw new StartRefused(sentence);
};

/** @throws StartRefused */
export function readMail(
  url: string | undefined,
  from: string | undefined,
): MailSettings | undefined {
  if (url === undefined && from === undefined) return undefined;
  if (url === undefined)
    return refuse('SMTP_URL is missing: MAIL_FROM alone sends nothing, so set both or neither.');
  if (from === undefined)
    return refuse(
      'MAIL_FROM is missing: with SMTP_URL it must be set, to the address receipts come from.',
    );
  return { ...readServer(url), from: readSender(from) };
}

// What was given is not repeated: there may be a password in it.
const noServer = () =>
  refuse('SMTP_URL must be smtp://user:password@host:587 or smtps://user:password@host:465.');

function readServer(text: string): Omit<MailSettings, 'from'> {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return noServer();
  }
  const { protocol, hostname, port, username, password, pathname, search, hash } = url;
  const isSecure = protocol === 'smtps:';
  const isMore = (pathname !== '' && pathname !== '/') || search || hash;
  if (
    (!isSecure && protocol !== 'smtp:') ||
    !hostname ||
    isMore ||
    Boolean(username) !== Boolean(password)
  )
    return noServer();
  // Written as in a web address, an IPv6 address has brackets; dialled it has none.
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const isHere = isLoopbackHost(hostname);
  return {
    host,
    port: Number(port) || (isSecure ? 465 : 587),
    isSecure,
    needsTls: username !== '' && !isHere,
    isHere,
    login: username ? { user: decoded(username), password: decoded(password) } : undefined,
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return noServer();
  }
}

/** An address, or a name and the address in angle brackets. */
function readSender(text: string): MailSettings['from'] {
  const [, name, inBrackets] = /^([^<>@\p{Cc}]*?)\s*<([^<>]*)>$/u.exec(text) ?? [];
  const address = inBrackets ?? text;
  if (
    !/^[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*$/.test(address) ||
    text.length > 200
  )
    return refuse(
      `MAIL_FROM is "${text.slice(0, 200)}": it must be an address such as shop@example.com, or Shop <shop@example.com>.`,
    );
  return { name: name?.replace(/^"(.*)"$/, '$1') || undefined, address };
}
