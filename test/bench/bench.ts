/** `npm run bench`: figures beside a reference taken in the same run. A machine is never timed against another. */
import { evaluation } from './evaluation.js';
import { type Finding, tell } from './figures.js';
import { manyButtons } from './many-buttons.js';
import { besidePeers } from './peers.js';
import { keystroke, press } from './press.js';
import { onGrowth, onPGlite, onPostgreSQL } from './server/server.js';
import { openStage, type Stage } from './stage.js';
import { stillness } from './stillness.js';

/** Names of benches begin with it; all of them where it is not given. */
const wanted = process.argv[2] ?? '';

const onStage: ((stage: Stage) => Promise<Finding[]>)[] = [
  evaluation,
  manyButtons,
  press,
  keystroke,
  stillness,
  besidePeers,
];
const onServer: ((tell: (finding: Finding) => void) => Promise<void>)[] = [
  onPGlite,
  onPostgreSQL,
  onGrowth,
];

const chosen = <Bench extends { readonly name: string }>(benches: readonly Bench[]) =>
  benches.filter(({ name }) => name.startsWith(wanted));

if (chosen(onStage).length) {
  const stage = await openStage();
  try {
    for (const bench of chosen(onStage)) for (const finding of await bench(stage)) tell(finding);
  } finally {
    await stage.close();
  }
}
for (const bench of chosen(onServer)) await bench(tell);
