/** What is done once, by a command: through the server that has the data folder, or straight on the database. */
import { Problem } from '../contract/index.js';
import { type Assembled, assemble } from './assemble.js';
import type { Backend } from './backend.js';
import { askOwner, lockFolder } from './data-folder.js';
import { resetInWords, resetTestCounts } from './domain/test-counts.js';
import { placeOf, refuseDatabase, secretOf } from './place.js';
import { logError } from './process.js';
import { makeProvider } from './provider-settings.js';
import type { Settings } from './settings.js';
import { createKey } from './store/accounts.js';

/** What processes of the folder's owner may ask for; undefined for what is not known. */
type Work = (backend: Backend) => Promise<string>;

const work: Readonly<Record<string, Work>> = {
  key: ({ db, account }) => createKey(db, account.id),
  'reset-test-counts': (backend) =>
    resetTestCounts(backend).then(resetInWords, (error) => {
      if (error instanceof Problem) return `${error.message} Nothing was reset.`;
      throw error;
    }),
};

/** @returns nothing for what is not known */
export const answerOwner = async (
  assembled: Assembled | undefined,
  request: string,
): Promise<string> =>
  assembled && Object.hasOwn(work, request) ? (work[request] as Work)(assembled.backend) : '';

/** Done once: by the server that has the data folder, or straight on the database where none runs. */
async function doOnce(settings: Settings, request: string): Promise<string> {
  if (!settings.databaseUrl) {
    const answered = await askOwner(settings.dataDir, request);
    if (answered) return answered;
  }
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
      return await answerOwner(assembled, request);
    } finally {
      await assembled.close();
    }
  } finally {
    await lock?.release();
  }
}

/** Another key of the API. */
export const makeKey = (settings: Settings): Promise<string> => doOnce(settings, 'key');

/** What test sessions hold is given back. @returns what was done, in words */
export const resetCounts = (settings: Settings): Promise<string> =>
  doOnce(settings, 'reset-test-counts');
