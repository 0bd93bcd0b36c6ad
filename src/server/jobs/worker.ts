/** What happens without a request: deliveries, sessions and links whose time has come, refunds. */
import type { Backend } from '../backend.js';
import { audit } from '../domain/audit.js';
import { expireDueSessions } from '../domain/expiry.js';
import { foldLinkStats } from '../domain/link-stats.js';
import { tellExpiredLinks } from '../domain/payment-link.js';
import { readBackProcessing } from '../domain/read-back.js';
import { attemptDueRefunds } from '../domain/refund.js';
import { renewDueSubscriptions } from '../domain/renewal.js';
import { forgetOld } from '../domain/retention.js';
import { isSandbox } from '../provider/sandbox.js';
import { forgetOldAttempts } from '../store/delivery-log.js';
import { placeEvents } from '../store/events.js';
import { forgetOldKeys } from '../store/idempotency.js';
import { forgetOldMail } from '../store/mail.js';
import { forgetEndedDesks } from '../store/merchants.js';
import { forgetOldLimits } from '../store/rate-limits.js';
import { forgetOldVisits } from '../store/retention.js';
import { tidyTables } from '../store/tidy.js';
import { forgetOldSecrets } from '../store/webhook-endpoints.js';
import { createMailDeliverer, type MailLine } from './mail-delivery.js';
import type { Mailer } from './mailer.js';
import { createRounds, type Rounds } from './rounds.js';
import { createDeliverer, type DelivererDeps } from './webhook-delivery.js';

export interface WorkerDeps extends DelivererDeps {
  readonly backend: Backend;
  /** After how many days who did not pay is forgotten; 0: never. */
  readonly retentionDays: number;
  /** The database has no process of its own that would tidy it. */
  readonly isEmbedded: boolean;
  /** Absent where no receipts are sent. */
  readonly mailer?: Mailer | undefined;
  readonly onMail?: ((line: MailLine) => void) | undefined;
}

export interface Worker {
  /** Does all that is due now. Several processes may sweep at once: every step is claimed or guarded. */
  sweep(): Promise<void>;
  start(): Promise<void>;
  /** Waits for a sweep under way; deliveries are broken off and come again. */
  stop(): Promise<void>;
}

const tidiedEveryMs = 60 * 60_000;

export function createWorker({ backend, onError, ...deps }: WorkerDeps): Worker {
  const { random, retentionDays, isEmbedded, mailer, onMail: tell = () => {} } = deps;
  const sandbox = isSandbox(backend.provider) ? backend.provider : undefined;
  const deliverer = createDeliverer(backend, { random, onError });
  const letters = mailer && createMailDeliverer(backend, { mailer, tell, random, onError });
  /** What may wait for the provider, beside all that need not wait with it. */
  const asking = createRounds(
    [
      () => readBackProcessing(backend),
      () => expireDueSessions(backend),
      () => attemptDueRefunds(backend),
      () => renewDueSubscriptions(backend),
    ],
    onError,
  );
  const own = createRounds(
    [
      () => sandbox?.deliverDue(),
      () => tellExpiredLinks(backend),
      () => foldLinkStats(backend),
      () => forgetOldKeys(backend.db),
      () => forgetOldAttempts(backend.db),
      () => forgetOldMail(backend.db),
      () => forgetOldSecrets(backend.db),
      () => forgetEndedDesks(backend.db),
      () => forgetOldVisits(backend.db),
      () => forgetOldLimits(backend.db, Date.now()),
      () => (retentionDays ? forgetOld(backend, retentionDays) : undefined),
      () => placeEvents(backend.db),
      () => deliverer.deliverDue(),
      () => letters?.sendDue(),
      () => tidyIfTime(),
    ],
    onError,
  );
  let stopping = new AbortController();
  let auditing: Promise<void> | undefined;
  let hasAudited = false;
  /** Whose first round is not over yet. */
  const first = new Set<Rounds>();
  let tidyAt = 0;
  /**
   * Beside the duties: the first one on a large database takes its time. It comes after a first round of them all,
   * which does what has become due while no process ran.
   */
  function auditBeside(): void {
    if (first.size) return;
    auditing ??= audit(backend, { isAnyway: !hasAudited, signal: stopping.signal })
      .catch(onError)
      .finally(() => {
        auditing = undefined;
      });
    hasAudited = true;
  }

  /** Once a start has done what was due, and then every hour. */
  async function tidyIfTime(): Promise<void> {
    if (!isEmbedded || performance.now() < tidyAt) return;
    tidyAt = performance.now() + tidiedEveryMs;
    await tidyTables(backend.db, { signal: stopping.signal }).catch(onError);
  }

  return {
    async sweep() {
      await asking.once();
      await own.once();
      await audit(backend).catch(onError);
      await Promise.all([deliverer.settled(), letters?.settled()]);
    },
    async start() {
      backend.queue.work(() => deliverer.deliverDue());
      stopping = new AbortController();
      hasAudited = false;
      first.clear();
      for (const rounds of [asking, own]) {
        first.add(rounds);
        rounds.start(() => {
          first.delete(rounds);
          auditBeside();
        });
      }
    },
    async stop() {
      stopping.abort();
      await Promise.all([asking.stop(), own.stop()]);
      await auditing;
      await Promise.all([deliverer.stop(), letters?.stop()]);
    },
  };
}
