/** `npm run key`: another API key, told once. */
import { command } from './process.js';
import { makeKey } from './run.js';
import { readSettings } from './settings.js';

command(async () => {
  console.log(await makeKey(readSettings(process.env)));
});
