/** pg-boss on our own database: a job is sent in the transaction of the change it tells of, or not at all. */
import { setTimeout as pause } from 'node:timers/promises';
import { CompiledQuery } from 'kysely';
import PgBoss from 'pg-boss';
import type { Database, Queries } from '../store/database.js';

const deliveries = 'webhook-delivery';

export interface Queue {
  /** Wakes the delivery of what is due, at once or later; which that is, its own rows say. */
  wakeDelivery(db: Queries, inSeconds?: number): Promise<void>;
  /** Lets this process work on what it is woken for. */
  work(deliverDue: () => Promise<void>): void;
  /** Waits for what it has taken. */
  stop(): Promise<void>;
}

const adapter = (db: Queries): PgBoss.Db => ({
  async executeSql(text, values = []) {
    const { rows } = await db.withoutPlugins().executeQuery(CompiledQuery.raw(text, values));
    return { rows };
  },
});

interface QueueOptions {
  readonly db: Database;
  readonly onError: (error: unknown) => void;
}

/** Most transactions are over by then; those that are not are found by the job. */
const soonMs = 25;
const pollMs = 500;

export async function createQueue({ db, onError }: QueueOptions): Promise<Queue> {
  let deliverHere: (() => Promise<void>) | undefined;
  let soon: NodeJS.Timeout | undefined;
  /** Where this process delivers itself, it looks before the next poll for jobs. */
  const lookSoon = () => {
    soon ??= setTimeout(() => {
      soon = undefined;
      deliverHere?.().catch(onError);
    }, soonMs);
  };
  const boss = new PgBoss({ db: adapter(db), schedule: false });
  boss.on('error', onError);
  await boss.start();
  // The delivery's own row decides on retries, so a job that was handed over is done.
  await boss.createQueue(deliveries, { name: deliveries, retryLimit: 2, expireInSeconds: 60 });

  /** Our own loop: that of pg-boss waits neither for what it has begun nor for its errors, which end the process. */
  const end = new AbortController();
  let polling: Promise<void> | undefined;
  async function poll(deliverDue: () => Promise<void>): Promise<void> {
    while (!end.signal.aborted) {
      await takeJobs(deliverDue).catch(onError);
      await pause(pollMs, undefined, { signal: end.signal }).catch(() => undefined);
    }
  }
  async function takeJobs(deliverDue: () => Promise<void>): Promise<void> {
    const jobs = await boss.fetch(deliveries, { batchSize: 500 });
    if (!jobs.length) return;
    await deliverDue();
    await boss.complete(
      deliveries,
      jobs.map(({ id }) => id),
    );
  }

  return {
    async wakeDelivery(on, inSeconds = 0) {
      await boss.send(deliveries, {}, { db: adapter(on), startAfter: inSeconds });
      if (inSeconds === 0) lookSoon();
    },
    work(deliverDue) {
      deliverHere = deliverDue;
      polling ??= poll(deliverDue);
    },
    async stop() {
      clearTimeout(soon);
      deliverHere = undefined;
      end.abort();
      await polling;
      await boss.stop({ graceful: false, wait: true, close: false });
    },
  };
}
