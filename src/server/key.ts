/** `npm run key`: another API key, told once. */

import { makeKey } from './once.js';
import { databaseInWords } from './place.js';
import { command } from './process.js';
import { readSettings } from './settings.js';

command(async () => {
  const settings = readSettings(process.env);
  const key = await makeKey(settings);
  // Beside the output, which may be taken for the key alone.
  console.error(`A new key of ${databaseInWords(settings)}:`);
  console.log(key);
});
