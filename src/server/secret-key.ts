/** Whether `SECRET_KEY` is the one this database is kept by, and the way on where that one is lost. */
import type { Backend } from './backend.js';
import { StartRefused } from './data-folder.js';
import { newSecret } from './domain/webhook-endpoint.js';
import type { Sealer } from './sealer.js';
import { transaction } from './store/database.js';
import { keepSecretCheck, readSecretCheck, replaceSecretCheck } from './store/secret-check.js';
import { anySealed, disableWithSecret, lockEndpoints } from './store/webhook-endpoints.js';

type Deps = Pick<Backend, 'db' | 'sealer'>;

const digestBy = (sealer: Sealer): string => sealer.digest('secret key of this database');

const refusal = (cause?: unknown) =>
  new StartRefused(
    'SECRET_KEY is not the one this database is kept by: with another one its signing secrets cannot be read, and buyers’ pages of subscriptions have other addresses. Set the one from before; where it is lost, npm run new-secret-key goes on with this one.',
    { cause },
  );

/** @throws StartRefused where this database is kept by another key */
export async function checkSecretKey({ db, sealer }: Deps): Promise<void> {
  const kept = await readSecretCheck(db);
  if (kept === undefined) await checkSealed({ db, sealer });
  else if (kept !== digestBy(sealer)) throw refusal();
}

/** For a server: from its first start on the database is kept by its key. @throws StartRefused */
export async function keepSecretKey({ db, sealer }: Deps): Promise<void> {
  await checkSecretKey({ db, sealer });
  await keepSecretCheck(db, digestBy(sealer));
  // Of two first ones at once, the other may have been before us.
  await checkSecretKey({ db, sealer });
}

/** A database from before there was a check says it by what is sealed in it. */
async function checkSealed({ db, sealer }: Deps): Promise<void> {
  const sealed = await anySealed(db);
  try {
    if (sealed) sealer.open(sealed);
  } catch (cause) {
    throw refusal(cause);
  }
}

/** What was sealed by the lost key is given up: nobody signs by it any more, and every endpoint waits for a new one. */
export async function newSecretKey({ db, sealer }: Deps): Promise<string> {
  if ((await readSecretCheck(db)) === digestBy(sealer))
    return 'SECRET_KEY is the one it is kept by, nothing was changed.';
  const count = await transaction(db, async (tx) => {
    await replaceSecretCheck(tx, digestBy(sealer));
    const endpoints = await lockEndpoints(tx);
    for (const { id } of endpoints) await disableWithSecret(tx, id, sealer.seal(newSecret()));
    return endpoints.length;
  });
  const endpoints = count === 1 ? '1 webhook endpoint was' : `${count} webhook endpoints were`;
  return [
    'it is kept by this SECRET_KEY now.',
    ...(count
      ? [`${endpoints} disabled: rotate each, give the new secret to its receiver and enable it.`]
      : []),
    'Buyers’ pages of subscriptions have new addresses: manageUrl.',
  ].join(' ');
}
