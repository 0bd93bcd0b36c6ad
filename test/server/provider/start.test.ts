import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../../src/server/log.js';
import { run } from '../../../src/server/run.js';
import { readSettings } from '../../../src/server/settings.js';
import { anna, type Json } from '../offers.js';
import type { AfarSide } from './far-side.js';
import { refOf } from './shop.js';
import { startStripe } from './stripe-stand-in.js';
import { startYabetoo } from './yabetoo-stand-in.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paylink-start-'));
  await writeFile(join(folder, 'pay-link.js'), '/* the widget */');
  await mkdir(join(folder, 'locales'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const apiKey = `sk_${'k'.repeat(30)}`;

describe.each([
  ['stripe', startStripe],
  ['yabetoo', startYabetoo],
] satisfies [string, () => Promise<AfarSide>][])('a server that sells by %s', (name, start) => {
  it('does so by its environment alone, without a trace of the sandbox or of a secret', async () => {
    const far = await start();
    const lines: string[] = [];
    const log = createLog({ level: 'debug', write: (line) => lines.push(line) });
    const settings = readSettings({
      ...far.environment,
      ...{ PORT: '0', PUBLIC_URL: 'http://127.0.0.1:4242', API_KEY: apiKey },
      DATA_DIR: join(folder, name),
    });
    const scriptPath = join(folder, 'pay-link.js');
    const running = await run({ settings, scriptPath, log: log.error, onRequest: log.request });
    const call = async (path: string, body?: unknown, init?: RequestInit): Promise<Json> => {
      const answer = await running.app.request(path, {
        ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        ...init,
      });
      return answer.status === 204 ? answer : answer.json();
    };
    try {
      const fee = { type: 'amount', name: 'Fee', currency: 'EUR', amount: 2_550 };
      const link = await call('/v1/payment-links', fee);
      const at = `/v1/public/payment-links/${link.id}`;
      expect(await call(at)).toMatchObject({ testMode: true });
      const session = await call(`${at}/sessions`, anna);
      expect(session).toMatchObject({ status: 'open', methods: ['page'], testMode: true });
      const { body, headers } = far.pay(refOf(session));
      const told = await call(`/v1/providers/${name}/webhook`, null, { body, headers });
      expect(told.status).toBe(204);
      const read = () => call(`/v1/public/checkout-sessions/${session.id}`);
      expect((await read()).status).toBe('complete');
      const { paths, tags } = await call('/openapi.json');
      expect(Object.keys(paths)).toContain(`/v1/providers/${name}/webhook`);
      expect(JSON.stringify([Object.keys(paths), tags])).not.toMatch(/sandbox/i);
      const play = { outcome: 'succeeded' };
      const played = await call(`/v1/sandbox/checkout-sessions/${session.id}`, play);
      expect(played.code).toBe('not_found');
      // An error of the provider's is logged with what it said.
      far.meetAlways(500);
      await call(`${at}/sessions`, anna);
      far.meetAlways(null);
    } finally {
      await running.stop();
      await far.close();
    }
    expect(lines.join('')).toMatch(
      /"error".*The payment provider did not answer.*"cause".*(500|broken)/,
    );
    const secrets = Object.entries(far.environment).filter(([key]) => /SECRET/.test(key));
    expect(secrets).toHaveLength(2);
    for (const [, secret] of secrets) expect(lines.join('')).not.toContain(secret);
  });
});
