/** What `npm run build` left for buyers' browsers. */
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StartRefused } from './data-folder.js';
import type { Files } from './routes/files.js';

/**
 * The script, and the languages beside it.
 * @throws StartRefused with one sentence for the operator
 */
export async function readBuiltFiles(scriptPath: string): Promise<Files> {
  const folder = join(dirname(scriptPath), 'locales');
  try {
    const names = await readdir(folder);
    const locales = names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')]);
    return {
      script: await readFile(scriptPath, 'utf8'),
      locales: Object.fromEntries(await Promise.all(locales)),
      desk: await readDesk(join(dirname(scriptPath), 'dashboard')),
    };
  } catch {
    throw new StartRefused(`The built script ${scriptPath} is missing: run "npm run build" first.`);
  }
}

/** Undefined where it was not built: buyers are served all the same. */
async function readDesk(folder: string): Promise<Files['desk']> {
  const [script, style] = await Promise.all(
    ['desk.js', 'desk.css'].map((name) => readFile(join(folder, name), 'utf8').catch(() => '')),
  );
  return script && style ? { script, style } : undefined;
}
