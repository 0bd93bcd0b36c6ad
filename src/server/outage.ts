/** A database that is lost while we run is told of once, however many ask it in vain, and once more when it is back. */
import { DatabaseAway } from './store/database.js';

export interface Outage {
  /** @returns whether the error says that the database is away; then it has been told */
  note(error: unknown): boolean;
  stop(): void;
}

interface OutageOptions {
  readonly ask: () => Promise<unknown>;
  readonly tell: (sentence: string) => void;
}

const askEveryMs = 1_000;

export function createOutage({ ask, tell }: OutageOptions): Outage {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  function askLater(): void {
    timer = setTimeout(async () => {
      const isBack = await ask().then(
        () => true,
        () => false,
      );
      if (isStopped) return;
      if (!isBack) return askLater();
      timer = undefined;
      tell('The database answers again.');
    }, askEveryMs);
    timer.unref();
  }

  return {
    note(error) {
      if (!(error instanceof DatabaseAway)) return false;
      if (!timer && !isStopped) {
        tell(`The database does not answer (${error.message}): requests get 503 until it does.`);
        askLater();
      }
      return true;
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
