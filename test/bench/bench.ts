/** `npm run bench`: figures beside a reference taken in the same run. A machine is never timed against another. */
import { evaluation } from './evaluation.js';
import { tell } from './figures.js';
import { manyButtons } from './many-buttons.js';
import { keystroke, press } from './press.js';
import { openStage, type Stage } from './stage.js';
import { stillness } from './stillness.js';

const wanted = process.argv[2] ?? '';
const benches: ((stage: Stage) => Promise<Parameters<typeof tell>[0][]>)[] = [
  evaluation,
  manyButtons,
  press,
  keystroke,
  stillness,
];

const stage = await openStage();
try {
  for (const bench of benches)
    if (bench.name.includes(wanted)) for (const finding of await bench(stage)) tell(finding);
} finally {
  await stage.close();
}
