/** Duties that are done one after the other, and again a while after the last of them. */
export type Duty = () => Promise<unknown> | undefined;

export interface Rounds {
  /** All of them once. */
  once(): Promise<void>;
  /** @param onRound called after each round while it goes on */
  start(onRound: () => void): void;
  /** Waits for a round under way. */
  stop(): Promise<void>;
}

const everyMs = 1_000;

/** One that fails keeps no other from its turn. */
export function createRounds(duties: readonly Duty[], onError: (error: unknown) => void): Rounds {
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> = Promise.resolve();

  async function once(): Promise<void> {
    for (const duty of duties)
      try {
        await duty();
      } catch (error) {
        onError(error);
      }
  }

  return {
    once,
    start(onRound) {
      const tick = () => {
        underWay = once().then(() => {
          if (!timer) return;
          onRound();
          timer = setTimeout(tick, everyMs);
        });
      };
      timer = setTimeout(tick, 0);
    },
    async stop() {
      clearTimeout(timer);
      timer = undefined;
      await underWay;
    },
  };
}
