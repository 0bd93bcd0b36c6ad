/** A mail server: real SMTP on loopback that keeps what it accepts, parsed. */
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { readMail } from '../../src/server/mail-settings.js';

export interface Received {
  /** Of the envelope, which decides where it goes. */
  readonly to: readonly string[];
  readonly from: string;
  readonly mail: ParsedMail;
  readonly raw: string;
}

export interface PostOffice {
  readonly settings: NonNullable<ReturnType<typeof readMail>>;
  readonly received: Received[];
  /** How often somebody began a letter. */
  begun: number;
  /** What these addresses are answered; every other one is taken. */
  readonly refusals: Map<string, number>;
  /** What the next letters are answered once they are handed over. */
  readonly answers: number[];
  /** By whom a letter was received, oldest first. */
  to(address: string): ParsedMail[];
  shut(): Promise<void>;
  open(): Promise<void>;
}

const refusal = (responseCode: number, address: string) =>
  // As mail servers do, it quotes the address.
  Object.assign(new Error(`<${address}> is not wanted here`), { responseCode });

interface Login {
  readonly user: string;
  readonly password: string;
}

/** @param login what it wants to hear before it takes a letter */
export async function openPostOffice(login?: Login): Promise<PostOffice> {
  const received: Received[] = [];
  const refusals = new Map<string, number>();
  const answers: number[] = [];
  let port = 0;
  let server: SMTPServer | undefined;
  const office: PostOffice = {
    get settings() {
      const as = login ? `${login.user}:${encodeURIComponent(login.password)}@` : '';
      const settings = readMail(`smtp://${as}127.0.0.1:${port}`, 'receipts@pay.example');
      if (!settings) throw new Error('no settings');
      return settings;
    },
    received,
    begun: 0,
    refusals,
    answers,
    to: (address) => received.filter(({ to }) => to.includes(address)).map(({ mail }) => mail),
    async shut() {
      const closing = server;
      await new Promise<void>((resolve) => (closing ? closing.close(() => resolve()) : resolve()));
    },
    async open() {
      server = new SMTPServer({
        authOptional: !login,
        disabledCommands: login ? ['STARTTLS'] : ['AUTH', 'STARTTLS'],
        onAuth({ username, password }, _session, callback) {
          const isRight = username === login?.user && password === login?.password;
          callback(isRight ? null : refusal(535, 'who@example.com'), { user: username });
        },
        onMailFrom(_address, _session, callback) {
          office.begun += 1;
          callback();
        },
        onRcptTo({ address }, _session, callback) {
          const code = refusals.get(address);
          callback(code ? refusal(code, address) : null);
        },
        onData(stream, { envelope }, callback) {
          const parts: Buffer[] = [];
          stream.on('data', (part: Buffer) => parts.push(part));
          stream.on('end', async () => {
            const code = answers.shift();
            if (code) return callback(refusal(code, 'somebody@example.com'));
            const raw = Buffer.concat(parts).toString();
            received.push({
              to: envelope.rcptTo.map(({ address }) => address),
              from: envelope.mailFrom ? envelope.mailFrom.address : '',
              mail: await simpleParser(raw),
              raw,
            });
            callback();
          });
        },
      });
      server.on('error', () => {});
      await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve));
      port = (server.server.address() as AddressInfo).port;
    },
  };
  await office.open();
  return office;
}
