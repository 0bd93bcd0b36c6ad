/** What the merchant is called now, for pages that show no link, which would say it. */
import type { Backend } from '../backend.js';
import { readAccount } from '../store/accounts.js';

export const merchantName = async ({ db, account }: Backend): Promise<string> =>
  (await readAccount(db, account.id)).name;
