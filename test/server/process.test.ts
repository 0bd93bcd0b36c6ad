import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { lockFolder, StartRefused } from '../../src/server/data-folder.js';
import { acceptSecretKey, makeKey, resetCounts } from '../../src/server/once.js';
import { type Running, run } from '../../src/server/run.js';
import { readSettings, type Settings } from '../../src/server/settings.js';
import { newDatabase } from './house.js';
import type { Json } from './offers.js';

let folder = '';
let scriptPath = '';
const logged: unknown[] = [];
const running: Running[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paylink-process-'));
  scriptPath = join(folder, 'pay-link.js');
  await writeFile(scriptPath, '/* the widget */');
  await mkdir(join(folder, 'locales'));
  await writeFile(join(folder, 'locales/de.json'), '{}');
});
afterAll(async () => {
  await Promise.all(running.map(({ stop }) => stop()));
  await rm(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const settingsFor = async (environment: Record<string, string>): Promise<Settings> =>
  readSettings({ PORT: String(await freePort()), ...environment });

async function start(settings: Settings): Promise<Running> {
  const started = await run({ settings, scriptPath, log: (error) => logged.push(error) });
  running.push(started);
  return started;
}
const stop = async (one: Running) => {
  running.splice(running.indexOf(one), 1);
  await one.stop();
};

const payments = (url: string, key: string) =>
  fetch(`${url}/v1/payments`, { headers: { authorization: `Bearer ${key}` } });

describe('the process', () => {
  it('keeps its data, its key and its secret from start to start', async () => {
    const dataDir = join(folder, 'kept');
    const first = await start(await settingsFor({ DATA_DIR: dataDir }));
    expect(first.newKey).toMatch(/^sk_[A-Za-z0-9]{40}$/);
    const key = first.newKey as string;
    for (const [path, status] of [
      ['healthz', 'ok'],
      ['readyz', 'ready'],
    ])
      expect(await (await fetch(`${first.url}/${path}`)).json()).toEqual({ status });
    expect((await payments(first.url, key)).status).toBe(200);
    expect(await (await fetch(`${first.url}/pay-link.js`)).text()).toBe('/* the widget */');
    expect(await (await fetch(`${first.url}/locales/de.json`)).json()).toEqual({});
    const another = await makeKey(readSettings({ DATA_DIR: dataDir }));
    expect(another).not.toBe(key);
    expect((await payments(first.url, another)).status).toBe(200);
    await stop(first);
    const idle = await makeKey(readSettings({ DATA_DIR: dataDir }));
    const secret = await readFile(join(dataDir, 'secret-key'), 'utf8');
    expect((await stat(join(dataDir, 'secret-key'))).mode & 0o777).toBe(0o600);
    const named = `sk_${'n'.repeat(30)}`;
    const second = await start(await settingsFor({ DATA_DIR: dataDir, API_KEY: named }));
    expect(second.newKey).toBeUndefined();
    for (const one of [key, another, idle, named])
      expect((await payments(second.url, one)).status).toBe(200);
    expect(await readFile(join(dataDir, 'secret-key'), 'utf8')).toBe(secret);
    const { rows } = await sql<{ row: string }>`
      select row_to_json(api_key)::text as row from api_key`.execute(second.backend.db);
    expect(rows).toHaveLength(4);
    for (const { row } of rows)
      for (const one of [key, another, idle, named]) expect(row).not.toContain(one.slice(3, -4));
    await stop(second);
    expect(logged).toEqual([]);
  }, 60_000);

  it('shares its data folder with no other, and leaves it to the next', async () => {
    const environment = { DATA_DIR: join(folder, 'shared') };
    const first = await start(await settingsFor(environment));
    const second = start(await settingsFor(environment));
    await expect(second).rejects.toThrow(StartRefused);
    await expect(second).rejects.toThrow(/shared.*in use.*DATA_DIR/);
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
    await stop(first);
    await stop(await start(await settingsFor(environment)));
  }, 60_000);

  it('stops though somebody follows a session', async () => {
    const one = await start(await settingsFor({ DATA_DIR: join(folder, 'followed') }));
    const call = async (path: string, body: object) => {
      const response = await fetch(`${one.url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${one.newKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return (await response.json()) as { id: string };
    };
    const fee = { type: 'amount', name: 'Fee', currency: 'EUR', amount: 5, collectEmail: 'none' };
    const { id } = await call('/v1/payment-links', fee);
    const session = await call(`/v1/public/payment-links/${id}/sessions`, {});
    const events = await fetch(`${one.url}/v1/public/checkout-sessions/${session.id}/events`);
    const reading = events.text().catch(() => 'cut');
    const noise = vi.spyOn(console, 'error');
    const before = Date.now();
    await stop(one);
    expect(Date.now() - before).toBeLessThan(5_000);
    expect(await reading).toMatch(/cut|event: session/);
    // As long as the stream takes to look again.
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(noise).not.toHaveBeenCalled();
    expect(logged).toEqual([]);
  }, 60_000);

  it('says in one sentence why it does not start', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const environment = { DATA_DIR: join(folder, 'refused') };
    const SECRET_KEY = 's'.repeat(32);
    const PUBLIC_URL = 'https://pay.example.com';
    const refusals: [Settings, RegExp][] = [
      [readSettings({ ...environment, PORT: String(port) }), /^PORT \d+ on 127\.0\.0\.1 is taken/],
      [readSettings({ SECRET_KEY, DATABASE_URL: 'postgres://127.0.0.1:1/none' }), /DATABASE_URL/],
      [readSettings({ DATA_DIR: import.meta.filename }), /^DATA_DIR .* cannot be written/],
      [
        readSettings({ ...environment, HOST: 'no.such.host.invalid', PUBLIC_URL }),
        /^HOST no\.such/,
      ],
    ];
    for (const [settings, sentence] of refusals) {
      const refusal = start(settings);
      await expect(refusal).rejects.toThrow(StartRefused);
      await expect(refusal).rejects.toThrow(sentence);
    }
    await new Promise((resolve) => taken.close(resolve));
    const missing = {
      settings: readSettings(environment),
      scriptPath: 'no/such.js',
      log: () => {},
    };
    await expect(run(missing)).rejects.toThrow(/no\/such\.js is missing: run "npm run build"/);
    // What a refused start had taken, it has given back, and its key is still to be shown.
    await (await lockFolder(environment.DATA_DIR, async () => '')).release();
    const started = await start(await settingsFor(environment));
    expect(started.newKey).toMatch(/^sk_/);
    await stop(started);
  }, 60_000);

  it('runs on PostgreSQL with a secret key, beside others', async () => {
    const SECRET_KEY = 's'.repeat(32);
    const environment = { DATABASE_URL: inject('postgresUrl'), SECRET_KEY };
    const [one, other] = [
      await start(await settingsFor(environment)),
      await start(await settingsFor(environment)),
    ];
    expect([typeof one.newKey, typeof other.newKey]).toEqual(['string', 'undefined']);
    expect((await payments(other.url, one.newKey as string)).status).toBe(200);
    const made = await makeKey(readSettings(environment));
    expect((await payments(one.url, made)).status).toBe(200);
    await fetch(`${one.url}/v1/webhook-endpoints`, {
      method: 'POST',
      headers: { authorization: `Bearer ${made}`, 'content-type': 'application/json' },
      body: JSON.stringify({ url: 'http://127.0.0.1:9/hook', eventTypes: [] }),
    });
    const mistaken = start(await settingsFor({ ...environment, SECRET_KEY: 't'.repeat(32) }));
    await expect(mistaken).rejects.toThrow(/^SECRET_KEY is not the one/);
    await stop(one);
    await stop(other);
  }, 60_000);

  it('is kept by one secret key from its first start on, and by another when that is lost', async () => {
    const environment = {
      DATABASE_URL: (await newDatabase({ isEmpty: true })).url,
      SECRET_KEY: 's'.repeat(32),
    };
    const other = { ...environment, SECRET_KEY: 't'.repeat(32) };
    const API_KEY = `sk_${'k'.repeat(30)}`;
    await stop(await start(await settingsFor({ ...environment, API_KEY })));
    // Nothing is sealed there yet, and buyers have their pages all the same.
    const mistaken = start(await settingsFor(other));
    await expect(mistaken).rejects.toThrow(/^SECRET_KEY is not the one .*npm run new-secret-key/);
    await expect(makeKey(readSettings(other))).rejects.toThrow(/^SECRET_KEY is not the one/);
    const first = await start(await settingsFor(environment));
    const call = async (url: string, method: string, path: string, body?: object) => {
      const response = await fetch(url + path, {
        method,
        headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
      return (await response.json()) as Json;
    };
    const endpoint = { url: 'http://127.0.0.1:9/hook', eventTypes: [] };
    const { id } = await call(first.url, 'POST', '/v1/webhook-endpoints', endpoint);
    await stop(first);
    expect(await acceptSecretKey(readSettings(environment))).toMatch(/nothing was changed\.$/);
    expect(await acceptSecretKey(readSettings(other))).toMatch(
      /^In the database \w+ at .*: it is kept by this SECRET_KEY now\. 1 webhook endpoint was disabled/,
    );
    await expect(start(await settingsFor(environment))).rejects.toThrow(/^SECRET_KEY/);
    const second = await start(await settingsFor(other));
    const at = `/v1/webhook-endpoints/${id}`;
    const { data } = await call(second.url, 'GET', '/v1/webhook-endpoints');
    expect(data).toMatchObject([{ id, isEnabled: false, disabledReason: 'merchant' }]);
    expect((await call(second.url, 'POST', `${at}/rotate`)).secret).toMatch(/^whsec_/);
    expect(await call(second.url, 'PATCH', at, { isEnabled: true })).toMatchObject({
      isEnabled: true,
    });
    await stop(second);
  }, 60_000);

  it('is not begun by a command', async () => {
    const dataDir = join(folder, 'nowhere');
    const emptyDatabase = await newDatabase({ isEmpty: true });
    const empty = { DATABASE_URL: emptyDatabase.url, SECRET_KEY: 's'.repeat(32) };
    for (const command of [makeKey, resetCounts, acceptSecretKey]) {
      await expect(command(readSettings({ DATA_DIR: dataDir }))).rejects.toThrow(
        `There is no database in ${dataDir}. Is the server on PostgreSQL? Then set DATABASE_URL.`,
      );
      await expect(command(readSettings(empty))).rejects.toThrow(
        /^There is nothing of PayLink in the database \w+ at /,
      );
    }
    await expect(stat(dataDir)).rejects.toThrow('ENOENT');
  });
});

it('leaves a data folder free when it is killed', async () => {
  const dataDir = join(folder, 'killed');
  const path = new URL('../../src/server/data-folder.ts', import.meta.url).href;
  const code = `const { lockFolder } = await import(${JSON.stringify(path)});
    await lockFolder(${JSON.stringify(dataDir)}, async () => '');
    console.log('locked');`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code]);
  await once(child.stdout, 'data');
  await expect(lockFolder(dataDir, async () => '')).rejects.toThrow(StartRefused);
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  await (await lockFolder(dataDir, async () => '')).release();
}, 30_000);
