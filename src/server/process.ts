/** What every command of ours does around its work: one sentence on refusal, a clean stop on a signal. */
import { StartRefused } from './data-folder.js';

/** Runs a command; what the operator can mend is one sentence on stderr and exit code 1. */
export function command(work: () => Promise<void>): void {
  work().catch((error) => {
    console.error(error instanceof StartRefused ? error.message : error);
    process.exit(1);
  });
}

/** Ctrl-C and a supervisor's stop end the process once everything is closed; a second Ctrl-C ends it at once. */
export function stopOnSignal(
  stop: () => Promise<void>,
  log: (error: unknown) => void = logError,
): void {
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (isStopping) process.exit(130);
      isStopping = true;
      stop().then(
        () => process.exit(0),
        (error) => {
          log(error);
          process.exit(1);
        },
      );
    });
}

/** Errors without a request: the operator sees them, buyers do not. */
export const logError = (error: unknown, about?: string): void =>
  console.error(new Date().toISOString(), about ?? '', error);
