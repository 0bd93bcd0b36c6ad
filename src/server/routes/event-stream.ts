/** An account's new events as server-sent events. Each process looks itself: another one may have written them. */
import type { Context } from 'hono';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import { nextEvents, streamPosition } from '../domain/event.js';
import { DatabaseAway } from '../store/database.js';
import type { Env } from './env.js';

const lookEveryMs = 500;
const heartbeatMs = 15_000;

/** @throws Problem `validation_failed` where `Last-Event-ID` is none of ours. */
export async function eventStream(c: Context<Env>): Promise<Response> {
  const backend = c.get('backend');
  const { stopping } = backend;
  let position = await streamPosition(backend, c.req.header('last-event-id'));
  c.header('X-Accel-Buffering', 'no');
  return streamSSE(c, (stream) =>
    follow(stream).catch((error) => {
      // A client comes back by itself, to where it was.
      if (!(error instanceof DatabaseAway)) throw error;
    }),
  );

  async function follow(stream: SSEStreamingApi): Promise<void> {
    const isOver = () => stream.aborted || stopping.aborted;
    // From here on nothing is missed: whoever reads this may look at the list for what was before.
    await stream.write(': following\n\n');
    let quietMs = 0;
    while (!isOver()) {
      const events = await nextEvents(backend, position);
      // A key that is revoked opens nothing any more, and hears nothing that has happened since.
      if (!(await c.get('isStillIn')())) return;
      for (const { id, body } of events) await stream.writeSSE({ event: 'event', id, data: body });
      position = events.at(-1)?.position ?? position;
      if (events.length) quietMs = 0;
      else if (quietMs >= heartbeatMs) {
        await stream.write(': heartbeat\n\n');
        quietMs = 0;
      }
      if (events.length) continue;
      await pause(lookEveryMs, stopping);
      quietMs += lookEveryMs;
    }
  }
}

/** Ends at once when the process begins to stop. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
