/** The environment, read once. Every wrong value stops the start with one sentence that names it. */

import { isLoopbackUrl } from '../contract/index.js';
import { StartRefused } from './data-folder.js';
import { type LogLevel, logLevels } from './log.js';
import { type MailSettings, readMail } from './mail-settings.js';
import { checkBeside, type ProviderSettings, readProvider } from './provider-settings.js';

export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string;
  readonly provider: ProviderSettings;
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly apiKey: string | undefined;
  readonly secretKey: string | undefined;
  /** How many proxies of the operator's stand before us. */
  readonly trustProxy: number;
  readonly isLimited: boolean;
  /** After how many days who did not pay is forgotten; 0: never. */
  readonly retentionDays: number;
  readonly metricsToken: string | undefined;
  /** Absent where no receipts are sent. */
  readonly mail: MailSettings | undefined;
  readonly logLevel: LogLevel;
  /** How long requests are still taken after the stop has begun, so that a balancer sees it in time. */
  readonly drainSeconds: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

const refuse = (sentence: string): never => {
  throw new StartRefused(sentence);
};

/** @throws StartRefused */
export function readSettings(environment: Environment): Settings {
  const value = (name: string) => environment[name]?.trim() || undefined;
  const port = readPort(value('PORT') ?? '4242');
  const host = value('HOST') ?? '127.0.0.1';
  const databaseUrl = value('DATABASE_URL');
  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl))
    refuse('DATABASE_URL must be a PostgreSQL address: postgres://user:password@host:5432/name.');
  const secretKey = value('SECRET_KEY');
  if (secretKey && secretKey.length < 32) refuse('SECRET_KEY must have at least 32 characters.');
  if (databaseUrl && !secretKey)
    refuse(
      'SECRET_KEY is missing: with DATABASE_URL it must be set, to at least 32 random characters.',
    );
  const provider = readProvider(value);
  const publicUrl = readPublicUrl(value('PUBLIC_URL') ?? `http://${bracketed(host)}:${port}`);
  const isLimited = readSwitch('RATE_LIMITS', value('RATE_LIMITS') ?? 'on');
  checkBeside(provider, { isLimited, publicUrl });
  return {
    port,
    host,
    publicUrl,
    provider,
    databaseUrl,
    dataDir: value('DATA_DIR') ?? '.data',
    apiKey: readApiKey(value('API_KEY')),
    secretKey,
    trustProxy: readWhole('TRUST_PROXY', value('TRUST_PROXY') ?? '0', 9),
    isLimited,
    retentionDays: readWhole('RETENTION_DAYS', value('RETENTION_DAYS') ?? '90', 3_650),
    metricsToken: readToken(value('METRICS_TOKEN')),
    mail: readMail(value('SMTP_URL'), value('MAIL_FROM')),
    logLevel: readLogLevel(value('LOG_LEVEL') ?? 'info'),
    drainSeconds: readWhole('DRAIN_SECONDS', value('DRAIN_SECONDS') ?? '0', 60),
  };
}

/** An address that listens everywhere is reached on loopback. */
const bracketed = (host: string) => {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
};

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    refuse(`PORT is "${text}": it must be a number from 0 to 65535.`);
  return port;
}

function readSwitch(name: string, text: string): boolean {
  if (text !== 'on' && text !== 'off') refuse(`${name} is "${text}": it must be on or off.`);
  return text === 'on';
}

function readWhole(name: string, text: string, most: number): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > most)
    refuse(`${name} is "${text}": it must be a whole number from 0 to ${most}.`);
  return Number(text);
}

const readLogLevel = (text: string): LogLevel =>
  logLevels.find((level) => level === text) ??
  refuse(`LOG_LEVEL is "${text}": it must be ${logLevels.join(', ')}.`);

function readPublicUrl(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return refuse(
      `PUBLIC_URL is "${text}": it must be an address such as https://pay.example.com.`,
    );
  }
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackUrl(text));
  if (!isSafe) refuse(`PUBLIC_URL is "${text}": it must be https, or http on a loopback host.`);
  if (url.pathname !== '/' || url.search || url.hash || url.username)
    refuse(`PUBLIC_URL is "${text}": it must be an origin, without a path.`);
  return url.origin;
}

function readToken(token: string | undefined): string | undefined {
  if (token !== undefined && !/^[\x21-\x7e]{16,200}$/.test(token))
    refuse('METRICS_TOKEN must be at least 16 visible characters without spaces.');
  return token;
}

function readApiKey(key: string | undefined): string | undefined {
  if (key !== undefined && !/^sk_[A-Za-z0-9_]{24,200}$/.test(key))
    refuse('API_KEY must be sk_ and at least 24 more letters, digits or underscores.');
  return key;
}
