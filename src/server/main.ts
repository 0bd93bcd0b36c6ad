/** `npm run serve`: the backend alone. */
import { fileURLToPath } from 'node:url';
import { warnOfPlay } from './domain/played.js';
import { tellOfStranded } from './domain/stranded.js';
import { offerReset } from './domain/test-counts.js';
import { createLog } from './log.js';
import { command, stopOnSignal } from './process.js';
import { paymentsIn } from './provider-settings.js';
import { run } from './run.js';
import { readSettings } from './settings.js';
import { warningsBeside } from './start-words.js';

command(async () => {
  const settings = readSettings(process.env);
  const log = createLog({ level: settings.logLevel });
  const running = await run({
    settings,
    scriptPath: fileURLToPath(new URL('../pay-link.js', import.meta.url)),
    log: log.error,
    onRequest: log.request,
    onMail: log.mail,
  });
  stopOnSignal(running.stop, log.error);
  log.say(`PayLink serves ${running.url} on ${running.listensOn}`);
  log.say(paymentsIn(settings.provider));
  // Past the log, which may be kept: a key is for whoever looks on.
  if (running.newKey) console.log(`API key, shown this once: ${running.newKey}`);
  for (const sentence of await warningsBeside(settings, process.env)) log.warn(sentence);
  for (const [ask, tell] of [
    [warnOfPlay, log.warn],
    [offerReset, log.say],
    [tellOfStranded, log.say],
  ] as const) {
    const sentence = await ask(running.backend).catch(log.error);
    if (sentence) tell(sentence);
  }
});
