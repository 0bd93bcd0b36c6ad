/** What providers told us, each event once. */
import type { DisputeEvent, ProviderEvent, SubscriptionEvent } from '../provider/provider.js';
import type { Queries } from './database.js';

/** Notes the event. @returns false when it was noted before. */
export async function isNewProviderEvent(
  db: Queries,
  accountId: string,
  event: ProviderEvent | SubscriptionEvent | DisputeEvent,
): Promise<boolean> {
  const { provider, id, sessionId } = event;
  const rows = await db
    .insertInto('providerEvent')
    .values({
      provider,
      id,
      accountId,
      checkoutSessionId: sessionId,
      body: JSON.stringify(event),
    })
    .onConflict((conflict) => conflict.columns(['provider', 'id']).doNothing())
    .returning('id')
    .execute();
  return rows.length === 1;
}
