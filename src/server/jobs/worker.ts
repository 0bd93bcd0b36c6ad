/** What happens without a request: deliveries, sessions and links whose time has come, refunds. */
import type { Backend } from '../backend.js';
import { audit } from '../domain/audit.js';
import { foldLinkStats } from '../domain/link-stats.js';
import { tellExpiredLinks } from '../domain/payment-link.js';
import { attemptDueRefunds } from '../domain/refund.js';
import { renewDueSubscriptions } from '../domain/renewal.js';
import { forgetOld } from '../domain/retention.js';
import { expireDueSessions } from '../domain/session-end.js';
import { isSandbox } from '../provider/sandbox.js';
import { forgetOldAttempts } from '../store/delivery-log.js';
import { placeEvents } from '../store/events.js';
import { forgetOldKeys } from '../store/idempotency.js';
import { forgetOldLimits } from '../store/rate-limits.js';
import { tidyTables } from '../store/tidy.js';
import { forgetOldSecrets } from '../store/webhook-endpoints.js';
import { createDeliverer, type DelivererDeps } from './webhook-delivery.js';

export interface WorkerDeps extends DelivererDeps {
  readonly backend: Backend;
  /** After how many days who did not pay is forgotten; 0: never. */
  readonly retentionDays: number;
  /** The database has no process of its own that would tidy it. */
  readonly isEmbedded: boolean;
}

export interface Worker {
  /** Does all that is due now. Several processes may sweep at once: every step is claimed or guarded. */
  sweep(): Promise<void>;
  start(): Promise<void>;
  /** Waits for a sweep under way; deliveries are broken off and come again. */
  stop(): Promise<void>;
}

const everyMs = 1_000;
const tidiedEveryMs = 60 * 60_000;

export function createWorker({ backend, onError, ...deps }: WorkerDeps): Worker {
  const { random, retentionDays, isEmbedded } = deps;
  const sandbox = isSandbox(backend.provider) ? backend.provider : undefined;
  const deliverer = createDeliverer(backend, { random, onError });
  const duties = [
    () => sandbox?.deliverDue(),
    () => expireDueSessions(backend),
    () => tellExpiredLinks(backend),
    () => attemptDueRefunds(backend),
    () => renewDueSubscriptions(backend),
    () => foldLinkStats(backend),
    () => forgetOldKeys(backend.db),
    () => forgetOldAttempts(backend.db),
    () => forgetOldSecrets(backend.db),
    () => forgetOldLimits(backend.db, Date.now()),
    () => (retentionDays ? forgetOld(backend, retentionDays) : undefined),
    () => placeEvents(backend.db),
    () => deliverer.deliverDue(),
  ];
  let stopping = new AbortController();
  let auditing: Promise<void> | undefined;
  let hasAudited = false;
  let tidyAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<void> = Promise.resolve();

  /**
   * Beside the duties: the first one on a large database takes its time. It comes after a first sweep, which does
   * what has become due while no process ran.
   */
  function auditBeside(): void {
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

  async function doDuties(): Promise<void> {
    for (const duty of duties)
      try {
        await duty();
      } catch (error) {
        onError(error);
      }
  }

  function tick(): void {
    sweeping = doDuties()
      .then(tidyIfTime)
      .then(() => {
        if (!timer) return;
        auditBeside();
        timer = setTimeout(tick, everyMs);
      });
  }

  return {
    async sweep() {
      await doDuties();
      await audit(backend).catch(onError);
      await deliverer.settled();
    },
    async start() {
      backend.queue.work(() => deliverer.deliverDue());
      stopping = new AbortController();
      hasAudited = false;
      timer = setTimeout(tick, 0);
    },
    async stop() {
      clearTimeout(timer);
      timer = undefined;
      stopping.abort();
      await sweeping;
      await auditing;
      await deliverer.stop();
    },
  };
}
