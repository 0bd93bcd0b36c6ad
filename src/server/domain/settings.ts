/** What a merchant settles once, for all of their links; read anew wherever it is shown. */
import { Problem, type Settings, type SettingsUpdate } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { namesVersion } from '../etag.js';
import { type AccountChanges, lockAccount, readAccount, updateAccount } from '../store/accounts.js';
import { transaction } from '../store/database.js';
import type { Row } from '../store/schema.js';

const view = (backend: Backend, account: Row<'account'>): Settings => ({
  object: 'settings',
  name: account.name,
  branding: account.branding,
  allowedOrigins: account.allowedOrigins,
  locale: account.locale,
  email: account.email,
  countsVisits: account.countsVisits,
  sendsReceipts: backend.sendsReceipts ?? false,
  provider: backend.provider.name,
  testMode: backend.provider.testMode,
  publicUrl: backend.publicUrl,
  updatedAt: account.updatedAt,
});

export const etagOfSettings = ({ updatedAt }: Pick<Settings, 'updatedAt'>): string =>
  `"settings-${Date.parse(updatedAt)}"`;

export const readMerchantSettings = async (backend: Backend): Promise<Settings> =>
  view(backend, await readAccount(backend.db, backend.account.id));

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

/** Absent stays absent. */
function columnsOf({ branding, allowedOrigins, ...others }: SettingsUpdate): AccountChanges {
  const columns = {
    ...others,
    branding: branding === undefined ? undefined : json(branding),
    allowedOrigins: allowedOrigins === undefined ? undefined : json(allowedOrigins),
  };
  return Object.fromEntries(
    Object.entries(columns).filter(([, value]) => value !== undefined),
  ) as AccountChanges;
}

/** @throws Problem `precondition_failed` */
export const changeMerchantSettings = (
  backend: Backend,
  changes: SettingsUpdate,
  ifMatch?: string,
): Promise<Settings> =>
  transaction(backend.db, async (tx) => {
    const before = await lockAccount(tx, backend.account.id);
    if (ifMatch && !namesVersion(ifMatch, etagOfSettings(before)))
      throw new Problem('precondition_failed', 'The settings were changed in the meantime.');
    return view(backend, await updateAccount(tx, before.id, columnsOf(changes)));
  });
