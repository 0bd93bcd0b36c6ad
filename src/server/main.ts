/** `npm run serve`: the backend alone. */
import { fileURLToPath } from 'node:url';
import { command, logError, stopOnSignal } from './process.js';
import { run } from './run.js';
import { readSettings } from './settings.js';

command(async () => {
  const running = await run({
    settings: readSettings(process.env),
    scriptPath: fileURLToPath(new URL('../pay-link.js', import.meta.url)),
    log: logError,
  });
  stopOnSignal(running.stop);
  console.log(`PayLink serves ${running.url}`);
  if (running.newKey) console.log(`API key, shown this once: ${running.newKey}`);
});
