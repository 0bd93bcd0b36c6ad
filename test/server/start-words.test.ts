import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StartRefused } from '../../src/server/data-folder.js';
import { warnOfPlay } from '../../src/server/domain/played.js';
import { run } from '../../src/server/run.js';
import { readSettings } from '../../src/server/settings.js';
import { refuseDemo, warningsBeside } from '../../src/server/start-words.js';
import { newDatabase, openHouse } from './house.js';
import { invoice, open, pay } from './offers.js';
import { refOf } from './provider/shop.js';
import { startStripe } from './provider/stripe-stand-in.js';

const stripe = { PROVIDER: 'stripe', STRIPE_WEBHOOK_SECRET: 'whsec_abcdefghij' };
const https = { PUBLIC_URL: 'https://pay.example.com' };
const testSide = { ...stripe, ...https, STRIPE_SECRET_KEY: 'sk_test_51Habcdefghij' };
const liveSide = { ...testSide, STRIPE_SECRET_KEY: 'sk_live_51Habcdefghij' };
const postgres = {
  DATABASE_URL: 'postgres://paylink:pw@127.0.0.1:1/paylink',
  SECRET_KEY: 's'.repeat(32),
};

let demo = '';
let empty = '';
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'paylink-words-'));
  demo = join(folder, 'demo');
  empty = join(folder, 'empty');
  await mkdir(demo);
  await writeFile(join(demo, 'demo-key'), 'sk_demo_x\n');
  await writeFile(join(folder, 'pay-link.js'), '');
  await mkdir(join(folder, 'locales'));
});
afterAll(() => rm(join(demo, '..'), { recursive: true, force: true }));

const warned = (environment: Record<string, string>) =>
  warningsBeside(readSettings(environment), environment);

describe('a start in the folder of the demo shop', () => {
  it('is refused where real money would move', async () => {
    const settings = readSettings({ ...liveSide, DATA_DIR: demo, PORT: '0' });
    const scriptPath = join(demo, '../pay-link.js');
    const start = run({ settings, scriptPath, log: () => {} });
    await expect(start).rejects.toThrow(StartRefused);
    await expect(start).rejects.toThrow(
      `DATA_DIR ${demo} holds the demo shop: set DATA_DIR to another folder.`,
    );
    // What is sold from PostgreSQL has nothing to do with it.
    await refuseDemo(readSettings({ ...liveSide, ...postgres, DATA_DIR: demo }));
    await refuseDemo(readSettings({ ...liveSide, DATA_DIR: empty }));
  });

  it('is warned of where none does', async () => {
    for (const environment of [{}, testSide])
      expect(await warned({ ...environment, DATA_DIR: demo })).toEqual([
        expect.stringMatching(/demo holds the demo shop.*set DATA_DIR to another folder\.$/),
      ]);
    expect(await warned({ DATA_DIR: empty })).toEqual([]);
  });
});

it('warns of real money on the embedded database, and not where a stand-in takes it', async () => {
  expect(await warned({ ...liveSide, DATA_DIR: empty })).toEqual([
    expect.stringMatching(/^Real money moves on the embedded database .*DATABASE_URL/),
  ]);
  expect(await warned({ ...liveSide, ...postgres })).toEqual([]);
  const standIn = { ...liveSide, STRIPE_API_URL: 'http://127.0.0.1:9000', DATA_DIR: empty };
  expect(await warned(standIn)).toEqual([]);
});

it('warns of a variable of a provider that nobody reads', async () => {
  const slips = { STRIPE_WEBHOOK_SECERT: 'whsec_abcdefghij', YABETOO_KEY: 'x', STRIPE_EMPTY: ' ' };
  const sentences = await warned({ ...slips, DATA_DIR: empty });
  expect(sentences).toEqual([
    'STRIPE_WEBHOOK_SECERT is set and not known: there are STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, STRIPE_API_URL.',
    expect.stringMatching(/^YABETOO_KEY is set and not known/),
  ]);
});

it('warns where nothing is paid any more in a shop that has sold with real money', async () => {
  const far = await startStripe();
  const place = await newDatabase();
  const trying = await openHouse('PostgreSQL', place);
  await pay(trying, await open(trying, await invoice(trying)));
  expect(await warnOfPlay(trying.backend)).toBeUndefined();
  const live = await openHouse('PostgreSQL', place, {
    provider: { ...far.provider, testMode: false },
  });
  const session = await open(live, await invoice(live));
  far.pay(refOf(session));
  await live.call('GET', `/c/${session.id}`, undefined, { key: null });
  expect(await warnOfPlay(live.backend)).toBeUndefined();
  expect(await warnOfPlay(trying.backend)).toMatch(
    /sold with real money, and payments are by the sandbox now/,
  );
  const { backend } = live;
  expect(await warnOfPlay({ ...backend, provider: far.provider })).toMatch(/stripe on its test/);
  await trying.close();
  await live.close();
  await far.close();
});
