/** A call to the provider that came to nothing, and why, as far as its caller may know. */
import { Problem } from '../../contract/index.js';

/** What a provider's error says of the answer there was: Stripe's own errors name it otherwise than ours. */
interface Answered {
  readonly status?: unknown;
  readonly statusCode?: unknown;
}

function isRefusal(cause: unknown): boolean {
  const { status, statusCode } = (cause ?? {}) as Answered;
  const code = Number(statusCode ?? status);
  // Asked too often is asked again.
  return code >= 400 && code < 500 && code !== 429;
}

/** With the cause, which the operator reads in the log. */
export const providerTrouble = (cause: unknown): Problem =>
  new Problem(
    'provider_unavailable',
    isRefusal(cause)
      ? 'The payment provider refused it: the server’s log has its answer.'
      : 'The payment provider did not answer.',
    { cause },
  );
