/**
 * Puts together what is asked for while the last batch is under way: whoever waits then shares one statement, one
 * lock and one commit. Who comes alone is served at once.
 */
export type Settled<Out> = PromiseSettledResult<Out>;

interface Waiting<In, Out> {
  readonly input: In;
  readonly resolve: (output: Out) => void;
  readonly reject: (reason: unknown) => void;
}

/** A batch has no more, so that the first of many need not wait for the last. */
const most = 128;

/**
 * One lane for each key, side by side; within a lane one batch after the other.
 * @param run answers each input, in their order; where it throws, all of the batch fail
 */
export function createBatches<In, Out>(
  run: (key: string, inputs: readonly In[]) => Promise<readonly Settled<Out>[]>,
): (key: string, input: In) => Promise<Out> {
  const lanes = new Map<string, Waiting<In, Out>[]>();

  async function serve(key: string, lane: Waiting<In, Out>[]): Promise<void> {
    // All that arrives in this turn of the loop belongs to the first batch.
    await new Promise((resolve) => setImmediate(resolve));
    while (lane.length) await answer(key, lane.splice(0, most));
    lanes.delete(key);
  }

  async function answer(key: string, batch: readonly Waiting<In, Out>[]): Promise<void> {
    try {
      const results = await run(
        key,
        batch.map(({ input }) => input),
      );
      batch.forEach(({ resolve, reject }, index) => {
        const result = results[index];
        if (result?.status === 'fulfilled') resolve(result.value);
        else reject(result ? result.reason : new Error('A batch answered too little.'));
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  return (key, input) =>
    new Promise((resolve, reject) => {
      const waiting = { input, resolve, reject };
      const lane = lanes.get(key);
      if (lane) lane.push(waiting);
      else {
        const begun = [waiting];
        lanes.set(key, begun);
        void serve(key, begun);
      }
    });
}

export const fulfilled = <Out>(value: Out): Settled<Out> => ({ status: 'fulfilled', value });
export const rejected = (reason: unknown): PromiseRejectedResult => ({
  status: 'rejected',
  reason,
});
