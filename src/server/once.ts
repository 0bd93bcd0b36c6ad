/** What is done once, by a command: through the server that has the data folder, or straight on the database. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../contract/index.js';
import { type Assembled, assemble } from './assemble.js';
import type { Backend } from './backend.js';
import { askOwner, lockFolder, StartRefused } from './data-folder.js';
import { resetInWords, resetTestCounts } from './domain/test-counts.js';
import { databaseInWords, placeOf, refuseDatabase, secretOf } from './place.js';
import { logError } from './process.js';
import { makeProvider } from './provider-settings.js';
import { checkSecretKey, newSecretKey } from './secret-key.js';
import type { Settings } from './settings.js';
import { createKey } from './store/accounts.js';
import { holdsTables } from './store/database.js';

/** @throws Problem where it cannot be done as things stand */
type Work = (backend: Backend) => Promise<string>;

/** What processes of the folder's owner may ask for. */
const work: Readonly<Record<string, Work>> = {
  key: ({ db, account }) => createKey(db, account.id),
  'reset-test-counts': async (backend) => resetInWords(await resetTestCounts(backend)),
};

/** Before a sentence of why nothing was done. */
const refused = 'refused: ';

/** @returns nothing for what is not known */
export const answerOwner = async (
  assembled: Assembled | undefined,
  request: string,
): Promise<string> =>
  assembled && Object.hasOwn(work, request)
    ? (work[request] as Work)(assembled.backend).catch(inOneLine)
    : '';

function inOneLine(error: unknown): string {
  if (error instanceof Problem) return `${refused}${error.message}`;
  throw error;
}

/** By the server that has the data folder, or straight on the database where none runs. @throws StartRefused */
async function doOnce(settings: Settings, request: string): Promise<string> {
  const asked = settings.databaseUrl ? '' : await askOwner(settings.dataDir, request);
  const answer =
    asked ||
    (await onDatabase(settings, async (assembled) => {
      await checkSecretKey(assembled.backend);
      return answerOwner(assembled, request);
    }));
  if (answer.startsWith(refused))
    throw new StartRefused(
      `${answer.slice(refused.length)} Nothing was done in ${databaseInWords(settings)}.`,
    );
  return answer;
}

/** @throws StartRefused where there is no database yet, or a server has it */
async function onDatabase(
  settings: Settings,
  job: (assembled: Assembled) => Promise<string>,
): Promise<string> {
  await refuseNone(settings);
  const lock = settings.databaseUrl
    ? undefined
    : await lockFolder(settings.dataDir, async () => '');
  try {
    const assembled = await assemble({
      place: placeOf(settings),
      publicUrl: settings.publicUrl,
      secretKey: await secretOf(settings),
      files: { script: '', locales: {} },
      log: logError,
      provider: makeProvider(settings.provider),
    }).catch((error) => refuseDatabase(settings, error));
    try {
      return await job(assembled);
    } finally {
      await assembled.close();
    }
  } finally {
    await lock?.release();
  }
}

/** Made by a command it would be another one than the server's, and nobody would notice. */
async function refuseNone(settings: Settings): Promise<void> {
  const { databaseUrl, dataDir } = settings;
  if (!databaseUrl)
    return access(join(dataDir, 'database', 'PG_VERSION')).catch((cause) => {
      throw new StartRefused(
        `There is no database in ${dataDir}. Is the server on PostgreSQL? Then set DATABASE_URL.`,
        { cause },
      );
    });
  const isThere = await holdsTables(databaseUrl).catch((error) => refuseDatabase(settings, error));
  if (!isThere)
    throw new StartRefused(
      `There is nothing of PayLink in ${databaseInWords(settings)}: is it the one the server uses?`,
    );
}

/** Another key of the API. */
export const makeKey = (settings: Settings): Promise<string> => doOnce(settings, 'key');

/** What test sessions hold is given back. @returns what was done, in words */
export const resetCounts = async (settings: Settings): Promise<string> =>
  within(settings, await doOnce(settings, 'reset-test-counts'));

/** Goes on with the `SECRET_KEY` of the settings. No server may run. @returns what was done, in words */
export const acceptSecretKey = async (settings: Settings): Promise<string> =>
  within(settings, await onDatabase(settings, ({ backend }) => newSecretKey(backend)));

const within = (settings: Settings, words: string): string =>
  `In ${databaseInWords(settings)}: ${words}`;
