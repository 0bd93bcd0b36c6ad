/** What middleware leaves on the context for handlers. */
import type { Backend } from '../backend.js';
import type { Wish } from '../store/idempotency.js';

export interface Env {
  Variables: {
    requestId: string;
    /** The address of the caller as a digest; undefined where it is not known. */
    caller: string | undefined;
    /** The backend as the caller's account sees it. */
    backend: Backend;
    /** Of a merchant: asked again by whoever answers for longer than a key or a desk may live. */
    isStillIn: () => Promise<boolean>;
    /** Of a request with an idempotency key. */
    wish?: Wish;
  };
}
