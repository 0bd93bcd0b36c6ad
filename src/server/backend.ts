/** What every decision of the backend works with; made once by `main`, or by a test. */
import type { Order } from './domain/order.js';
import type { Queue } from './jobs/queue.js';
import type { Sender } from './jobs/webhook-sender.js';
import type { Limits } from './limits.js';
import type { Provider } from './provider/provider.js';
import type { Sealer } from './sealer.js';
import type { ShownLinks } from './shown-links.js';
import type { Account } from './store/accounts.js';
import type { SessionRecord } from './store/checkout-sessions.js';
import type { Database } from './store/database.js';
import type { IdempotencyKeys } from './store/idempotency.js';
import type { Tally } from './tally.js';
import type { Visits } from './visits.js';

/** Where everything is remembered, and what is woken by it. */
export interface Store {
  readonly db: Database;
  readonly queue: Queue;
}

export interface Backend extends Store {
  readonly provider: Provider;
  readonly sealer: Sealer;
  /** Sends webhooks, to public addresses only. */
  readonly sender: Sender;
  /** Whether receipts go out by e-mail: there is a mail server to hand them to. */
  readonly sendsReceipts?: boolean;
  readonly limits: Limits;
  /** Counts what happens, for metrics. */
  readonly tally: Tally;
  /** The account this deployment serves. */
  readonly account: Account;
  /** Origin under which buyers and merchants reach us, without a slash at the end. */
  readonly publicUrl: string;
  /** Opens a session together with the others that are asked for at the same time. */
  readonly openTogether: (order: Order) => Promise<SessionRecord>;
  readonly keys: IdempotencyKeys;
  readonly shownLinks: ShownLinks;
  readonly visits: Visits;
  /** Aborted when the process begins to stop: what would wait for ever ends by it. */
  readonly stopping: AbortSignal;
}
