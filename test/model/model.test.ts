/** Whatever happens in whatever order, the server does what the model says. */
import fc from 'fast-check';
import { afterAll, it } from 'vitest';
import { type House, newDatabase, openHouse } from '../server/house.js';
import { expectSoundBooks } from '../server/invariants.js';
import { commands, type Real } from './commands.js';
import { Shop } from './shop.js';

const runs = Number(process.env.MODEL_RUNS ?? 100);
/** A failure prints its seed and path: `MODEL_SEED` and `MODEL_PATH` bring it back. */
const replay = {
  ...(process.env.MODEL_SEED && { seed: Number(process.env.MODEL_SEED) }),
  ...(process.env.MODEL_PATH && { path: process.env.MODEL_PATH }),
};

let house: House | undefined;
afterAll(() => house?.close());

it(
  `does the same as the model in ${runs} runs of up to 50 commands`,
  async () => {
    const place = await newDatabase();
    const restart = async () => {
      await house?.close();
      house = await openHouse('PostgreSQL', place);
      return house;
    };
    await restart();
    const tally: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(commands(50), async (all) => {
        // Links of its own for each run, in one house for all of them.
        const real: Real = { house: house as House, restart, links: [], sessions: [], tally };
        await fc.asyncModelRun(() => ({ model: new Shop(), real }), all);
      }),
      // Of all lengths alike: a bias towards small ones would leave most runs short.
      { numRuns: runs, unbiased: true, ...replay },
    );
    await expectSoundBooks(house as unknown as House);
    console.log(`${runs} runs: ${JSON.stringify(tally)}`);
  },
  40 * 60_000,
);
