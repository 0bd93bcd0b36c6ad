/** pg-boss on our own database: a job is sent in the transaction of the change it tells of, or not at all. */
import { CompiledQuery } from 'kysely';
import PgBoss from 'pg-boss';
import type { Database, Queries } from '../store/database.js';

const deliveries = 'webhook-delivery';

export interface Queue {
  /** Wakes the delivery of what is due, at once or later; which that is, its own rows say. */
  wakeDelivery(db: Queries, inSeconds?: number): Promise<void>;
  /** Lets this process work on what it is woken for. */
  work(deliverDue: () => Promise<void>): Promise<void>;
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
  return {
    async wakeDelivery(on, inSeconds = 0) {
      await boss.send(deliveries, {}, { db: adapter(on), startAfter: inSeconds });
      if (inSeconds === 0) lookSoon();
    },
    async work(deliverDue) {
      deliverHere = deliverDue;
      await boss.work(deliveries, { pollingIntervalSeconds: 0.5, batchSize: 500 }, deliverDue);
    },
    async stop() {
      clearTimeout(soon);
      deliverHere = undefined;
      await boss.stop({ graceful: false, wait: true, close: false });
    },
  };
}
