/** pg-boss on our own database: a job is sent in the transaction of the change it tells of, or not at all. */
import { CompiledQuery } from 'kysely';
import PgBoss from 'pg-boss';
import type { Database, Queries } from '../store/database.js';

const deliveries = 'webhook-delivery';

export interface Queue {
  /** Wakes deliveries at once. */
  wakeDeliveries(db: Queries, ids: readonly number[]): Promise<void>;
  /** Wakes one delivery later. */
  wakeDelivery(db: Queries, id: number, inSeconds: number): Promise<void>;
  /** Lets this process work on what it is woken for. */
  work(deliver: (id: number) => Promise<void>): Promise<void>;
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

export async function createQueue({ db, onError }: QueueOptions): Promise<Queue> {
  const boss = new PgBoss({ db: adapter(db), schedule: false });
  boss.on('error', onError);
  await boss.start();
  // The delivery's own row decides on retries, so a job that was handed over is done.
  await boss.createQueue(deliveries, { name: deliveries, retryLimit: 2, expireInSeconds: 60 });
  return {
    async wakeDeliveries(on, ids) {
      const jobs = ids.map((id) => ({ name: deliveries, data: { id } }));
      if (jobs.length) await boss.insert(jobs, { db: adapter(on) });
    },
    async wakeDelivery(on, id, inSeconds) {
      await boss.send(deliveries, { id }, { db: adapter(on), startAfter: inSeconds });
    },
    async work(deliver) {
      await boss.work<{ id: number }>(
        deliveries,
        { pollingIntervalSeconds: 0.5, batchSize: 50 },
        async (jobs) => {
          await Promise.all(jobs.map(({ data }) => deliver(data.id)));
        },
      );
    },
    stop: () => boss.stop({ graceful: false, wait: true, close: false }),
  };
}
