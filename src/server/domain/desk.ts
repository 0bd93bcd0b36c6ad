/** The merchant's desk: opened with a key, left open while somebody works at it, closed by hand or by time. */
import { randomBytes } from 'node:crypto';
import type { Desk } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { readAccount } from '../store/accounts.js';
import {
  endDeskSession,
  extendDeskSession,
  type MerchantAtDesk,
  merchantAtDesk,
  merchantOfKey,
  noteKeyUse,
  openDeskSession,
} from '../store/merchants.js';

export interface OpenDesk {
  /** For the browser alone: only its digest is kept. */
  readonly token: string;
  readonly desk: Desk;
}

interface Entry {
  readonly key: string;
  /** Of the desk that this browser had before: it is not left open behind it. */
  readonly before: string | undefined;
}

/** @returns undefined where no such key is valid */
export async function signIn(
  backend: Backend,
  { key, before }: Entry,
): Promise<OpenDesk | undefined> {
  const { db } = backend;
  const merchant = await merchantOfKey(db, key);
  if (!merchant) return undefined;
  if (before) await endDeskSession(db, before);
  const token = randomBytes(32).toString('base64url');
  const expiresAt = await openDeskSession(db, token, merchant);
  await noteKeyUse(db, merchant.apiKeyId);
  return { token, desk: await readDesk(backend, merchant.accountId, expiresAt) };
}

export async function readDesk(
  { db, provider: { testMode } }: Backend,
  accountId: string,
  expiresAt: string,
): Promise<Desk> {
  const { name, locale } = await readAccount(db, accountId);
  return { name, testMode, locale, expiresAt };
}

/** With all of its time again, where some of it has passed. @returns undefined where it is over */
export async function workAtDesk(
  { db }: Pick<Backend, 'db'>,
  token: string,
): Promise<(MerchantAtDesk & { readonly isExtended: boolean }) | undefined> {
  const merchant = await merchantAtDesk(db, token);
  if (!merchant?.isToExtend) return merchant && { ...merchant, isExtended: false };
  const expiresAt = await extendDeskSession(db, token);
  return expiresAt === undefined ? undefined : { ...merchant, expiresAt, isExtended: true };
}
