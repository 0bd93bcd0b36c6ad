/** `npm run reset-test-counts`: what was used in trying things out is there for buyers. */

import { resetCounts } from './once.js';
import { command } from './process.js';
import { readSettings } from './settings.js';

command(async () => {
  console.log(await resetCounts(readSettings(process.env)));
});
