/** A Hono route that answers the same bytes to everyone: as fast as an answer of ours could be. */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const body = process.env.BODY ?? '{}';
const app = new Hono();
app.get('/constant', (c) => c.body(body, 200, { 'content-type': 'application/json' }));
serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' }, () =>
  console.log('listening'),
);
