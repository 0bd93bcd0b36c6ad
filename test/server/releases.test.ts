import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { scriptReleaseSchema } from '../../src/contract/index.js';
import type { DatabasePlace } from '../../src/server/store/database.js';
import { type House, newDatabase, openHouse, publicUrl, storeNames } from './house.js';

const scripts = ['one', 'two'].map((word) => ({
  script: `/* PayLink 1.${word.length}.0-${word} is not used */ "${word}"`,
  locales: {},
}));

describe.each(storeNames)('a script that a page has pinned, on %s', (store) => {
  const folders: string[] = [];
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

  async function newPlace(): Promise<DatabasePlace> {
    if (store === 'PostgreSQL') return newDatabase();
    const folder = await mkdtemp(join(tmpdir(), 'releases-'));
    folders.push(folder);
    return { folder };
  }

  const read = (house: House, path: string, headers = {}) =>
    house.call('GET', path, undefined, { key: null, headers });
  const newest = async (house: House) => {
    const { status, body, headers } = await read(house, '/pay-link.json');
    expect([status, headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(headers.get('cache-control')).toBe('public, max-age=300');
    return scriptReleaseSchema().parse(body);
  };
  /** As a browser takes it. */
  async function expectBytes(house: House, src: string, integrity: string, script: string) {
    expect(src.startsWith(`${publicUrl}/pay-link-`)).toBe(true);
    const { status, text, headers } = await read(house, new URL(src).pathname);
    expect([status, text]).toEqual([200, script]);
    expect(integrity).toBe(`sha384-${createHash('sha384').update(text).digest('base64')}`);
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('content-type')).toMatch(/^text\/javascript/);
  }

  it('is the same for ever, also after the server has become another one', async () => {
    const place = await newPlace();
    const [first, second] = scripts as [(typeof scripts)[0], (typeof scripts)[0]];
    const before = await openHouse(store, place, { files: first });
    const old = await newest(before);
    expect(old).toMatchObject({ version: '1.3.0-one' });
    await expectBytes(before, old.src, old.integrity, first.script);
    await before.close();
    const after = await openHouse(store, place, { files: second });
    try {
      const now = await newest(after);
      expect(now).toMatchObject({ version: '1.3.0-two' });
      for (let time = 0; time < 2; time++) {
        await expectBytes(after, old.src, old.integrity, first.script);
        await expectBytes(after, now.src, now.integrity, second.script);
      }
      const path = new URL(old.src).pathname;
      const { headers } = await read(after, path, { 'accept-encoding': 'gzip, br' });
      expect([headers.get('content-encoding'), headers.get('vary')]).toEqual([
        'br',
        'Accept-Encoding',
      ]);
      const condition = { 'if-none-match': headers.get('etag') ?? '' };
      expect((await read(after, path, condition)).status).toBe(304);
      for (const other of [path.replace('1.3.0-one', '1.3.0'), path.replace(/.\.js$/, 'x.js')])
        expect((await read(after, other)).status).toBe(404);
      expect((await read(after, '/pay-link-1.3.0-00000000000000000000.js')).status).toBe(404);
      expect((await read(after, '/pay-link.js')).text).toBe(second.script);
    } finally {
      await after.close();
    }
  });
});
