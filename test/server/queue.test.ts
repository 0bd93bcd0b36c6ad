import { afterEach, beforeEach, expect, it } from 'vitest';
import { createQueue } from '../../src/server/jobs/queue.js';
import { type Database, openDatabase } from '../../src/server/store/database.js';
import { newDatabase } from './house.js';

/** What would end a process: Node does so on a rejection that nobody awaits. */
const unheard: unknown[] = [];
const hear = (error: unknown) => unheard.push(error);
beforeEach(() => void process.on('unhandledRejection', hear));
afterEach(() => void process.off('unhandledRejection', hear));

const soon = () => new Promise((resolve) => setTimeout(resolve, 300));

async function awakened(work: (db: Database) => Promise<void>) {
  const db = await openDatabase(await newDatabase());
  const errors: unknown[] = [];
  const queue = await createQueue({ db, onError: (error) => errors.push(error) });
  const isAtWork = new Promise<void>((resolve) => {
    queue.work(async () => {
      resolve();
      await work(db);
    });
  });
  // Found by the next look for jobs: at zero seconds this process would wake itself.
  await queue.wakeDelivery(db, 1);
  await isAtWork;
  return { db, queue, errors };
}

it('has ended, when it has stopped, what it had taken', async () => {
  let hasWorked = false;
  const { db, queue, errors } = await awakened(async () => {
    await soon();
    hasWorked = true;
  });
  await queue.stop();
  expect(hasWorked).toBe(true);
  await db.destroy();
  await soon();
  expect([errors, unheard]).toEqual([[], []]);
});

it('outlives a database that goes away while it works', async () => {
  const { queue, errors } = await awakened((db) => db.destroy());
  await soon();
  expect(errors).not.toEqual([]);
  expect(unheard).toEqual([]);
  await queue.stop();
});
