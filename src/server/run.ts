/** One running server: from settings to listening, and back. Both `serve` and the demo start from here. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ServerType } from '@hono/node-server';
import type { Hono } from 'hono';
import { type Assembled, assemble } from './assemble.js';
import { readBuiltFiles } from './built-files.js';
import { type FolderLock, lockFolder } from './data-folder.js';
import type { MailLine } from './jobs/mail-delivery.js';
import { closed, listen, listensOn } from './listen.js';
import { answerOwner } from './once.js';
import { placeOf, refuseDatabase, secretOf } from './place.js';
import { makeProvider } from './provider-settings.js';
import type { RequestLine } from './routes/observe.js';
import { keepSecretKey } from './secret-key.js';
import type { Settings } from './settings.js';
import { refuseDemo } from './start-words.js';
import { addKey, firstKey } from './store/accounts.js';

export interface Running extends Assembled {
  readonly url: string;
  /** Host and port. */
  readonly listensOn: string;
  /** A key made because the database had none: to be shown once. */
  readonly newKey: string | undefined;
  stop(): Promise<void>;
}

interface RunOptions {
  readonly settings: Settings;
  /** Where the built widget lies. */
  readonly scriptPath: string;
  readonly log: (error: unknown, about?: string) => void;
  readonly onRequest?: ((line: RequestLine) => void) | undefined;
  readonly onMail?: ((line: MailLine) => void) | undefined;
  /** Other pages on the same address, such as the demo shop: what they do not know goes to the backend's app. */
  readonly front?: (assembled: Assembled) => Promise<Hono>;
  readonly accountName?: string;
}

/** @throws StartRefused with one sentence for the operator */
export async function run({ settings, scriptPath, log, ...rest }: RunOptions): Promise<Running> {
  const files = await readBuiltFiles(scriptPath);
  let lock: FolderLock | undefined;
  let assembled: Assembled | undefined;
  let server: ServerType | undefined;
  const stop = async () => {
    assembled?.beginStop();
    const { drainSeconds } = settings;
    if (server && drainSeconds) await pause(drainSeconds * 1_000);
    await Promise.all([assembled?.worker.stop(), server && closed(server)]);
    await assembled?.close();
    await lock?.release();
  };
  try {
    await refuseDemo(settings);
    lock = settings.databaseUrl
      ? undefined
      : await lockFolder(settings.dataDir, (request) => answerOwner(assembled, request));
    const { publicUrl, trustProxy, isLimited, metricsToken, retentionDays } = settings;
    const { accountName, onRequest, onMail, front } = rest;
    assembled = await assemble({
      place: placeOf(settings),
      publicUrl,
      secretKey: await secretOf(settings),
      files,
      log,
      onRequest,
      onMail,
      mail: settings.mail,
      accountName,
      trustProxy,
      isLimited,
      metricsToken,
      retentionDays,
      provider: makeProvider(settings.provider),
    }).catch((error) => refuseDatabase(settings, error));
    const { backend, app } = assembled;
    if (settings.apiKey) await addKey(backend.db, backend.account.id, settings.apiKey);
    await keepSecretKey(backend);
    server = await listen(front ? await front(assembled) : app, settings);
    // Last of what can be refused: it is shown once, and a start that fails would swallow it.
    const newKey = await firstKey(backend.db, backend.account.id);
    await assembled.worker.start();
    return { ...assembled, url: publicUrl, listensOn: listensOn(server), newKey, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
