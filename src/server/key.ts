/** `npm run key`: another API key, told once. */

import { makeKey } from './once.js';
import { command } from './process.js';
import { readSettings } from './settings.js';

command(async () => {
  console.log(await makeKey(readSettings(process.env)));
});
