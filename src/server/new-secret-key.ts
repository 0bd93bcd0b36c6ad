/** `npm run new-secret-key`: goes on with another SECRET_KEY where the one from before is lost. */

import { acceptSecretKey } from './once.js';
import { command } from './process.js';
import { readSettings } from './settings.js';

command(async () => {
  console.log(await acceptSecretKey(readSettings(process.env)));
});
