/** That a letter is to be sent is decided with what it tells of, in one transaction; sending it is a job. */
import type { Transaction } from 'kysely';
import type { Backend } from '../backend.js';
import { insertMail, type Occasion } from '../store/mail.js';
import type { Schema } from '../store/schema.js';

/** Nothing, where nobody sends letters: they would lie there and promise what does not come. */
export async function queueMail(
  { sendsReceipts = false }: Backend,
  tx: Transaction<Schema>,
  occasion: Occasion,
): Promise<void> {
  if (sendsReceipts) await insertMail(tx, occasion);
}
