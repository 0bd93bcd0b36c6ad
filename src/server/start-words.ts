/** What a start tells its operator besides that it serves: what stands beside the settings and is easily overlooked. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { StartRefused } from './data-folder.js';
import { providers, variablesOf } from './provider/registry.js';
import type { Settings } from './settings.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** `npm start` leaves its key there. */
const holdsDemo = ({ databaseUrl, dataDir }: Settings): Promise<boolean> =>
  databaseUrl
    ? Promise.resolve(false)
    : access(join(dataDir, 'demo-key')).then(
        () => true,
        () => false,
      );

/** @throws StartRefused where the demo's links would be sold for real money, and its key would give it back */
export async function refuseDemo(settings: Settings): Promise<void> {
  if (settings.provider.isLive && (await holdsDemo(settings)))
    throw new StartRefused(
      `DATA_DIR ${settings.dataDir} holds the demo shop: set DATA_DIR to another folder.`,
    );
}

export async function warningsBeside(
  settings: Settings,
  environment: Environment,
): Promise<string[]> {
  const { dataDir, databaseUrl, provider } = settings;
  const movesMoney = provider.isLive && !provider.keys?.apiUrl;
  return [
    ...unknownVariables(environment),
    ...((await holdsDemo(settings))
      ? [
          `DATA_DIR ${dataDir} holds the demo shop, its links and its key: for a shop of your own set DATA_DIR to another folder.`,
        ]
      : []),
    ...(movesMoney && !databaseUrl
      ? [
          `Real money moves on the embedded database in ${dataDir}: when the machine fails it can lose its last sales. Make copies, or use a PostgreSQL (DATABASE_URL).`,
        ]
      : []),
  ];
}

/** A name with a slip in it is as good as none, and nobody would be told. */
function unknownVariables(environment: Environment): string[] {
  return providers.flatMap((entry) => {
    const known = variablesOf(entry);
    const beginning = `${entry.name.toUpperCase()}_`;
    return Object.keys(environment)
      .filter((name) => name.startsWith(beginning) && environment[name]?.trim())
      .filter((name) => !known.includes(name))
      .map((name) => `${name} is set and not known: there are ${known.join(', ')}.`);
  });
}
