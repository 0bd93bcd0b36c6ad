/** A session's changes as server-sent events. Each process looks itself: another one may have made the change. */
import type { Context } from 'hono';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import { isFinal } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { readSession } from '../domain/session-end.js';
import { publicSession } from '../domain/session-view.js';
import { DatabaseAway } from '../store/database.js';
import type { Env } from './env.js';

const lookEveryMs = 500;
const heartbeatMs = 15_000;

export async function sessionEvents(backend: Backend, c: Context<Env>): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const read = async () => publicSession(backend, await readSession(backend, id));
  const first = await read();
  // A reconnect after the end: EventSource gives up on 204.
  if (c.req.header('last-event-id') && isFinal(first.status)) return c.body(null, 204);
  const leave = backend.limits.follow(id, c.get('caller'));
  c.header('X-Accel-Buffering', 'no');
  return streamSSE(c, async (stream) => {
    try {
      await follow(stream);
    } catch (error) {
      // Whoever follows asks again, and hears then how it is.
      if (!(error instanceof DatabaseAway)) throw error;
    } finally {
      leave();
    }
  });

  async function follow(stream: SSEStreamingApi): Promise<void> {
    let shown = '';
    let quietMs = 0;
    let session = first;
    for (;;) {
      const data = JSON.stringify(session);
      if (data !== shown) {
        await stream.writeSSE({
          event: 'session',
          data,
          id: String(Date.parse(session.expiresAt)),
        });
        shown = data;
        quietMs = 0;
      } else if (quietMs >= heartbeatMs) {
        await stream.write(': heartbeat\n\n');
        quietMs = 0;
      }
      if (isFinal(session.status)) return;
      await stream.sleep(lookEveryMs);
      // Nobody listens any more, or the server is stopping and its database is closed.
      if (stream.aborted || backend.stopping.aborted) return;
      quietMs += lookEveryMs;
      session = await read();
    }
  }
}
