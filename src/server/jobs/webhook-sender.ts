/** Sends one event to one endpoint, signed by Standard Webhooks, and says how it went. */
import { performance } from 'node:perf_hooks';
import { Webhook } from 'standardwebhooks';
import type { Sealer } from '../sealer.js';
import { type Outbound, Refused } from './outbound.js';

export interface Message {
  readonly eventId: string;
  /** The same bytes at every attempt. */
  readonly body: string;
  readonly url: string;
  /** Sealed: the secret of the endpoint and, for a while after a rotation, the one before. */
  readonly secrets: readonly string[];
}

export interface Outcome {
  readonly responseStatus: number | null;
  readonly durationMs: number;
  /** Null after a 2xx. Our own words, or a code of the network's: nothing the receiver wrote. */
  readonly error: string | null;
}

export interface Sender {
  /** What goes wrong out there is an outcome. @throws only where a secret of ours cannot be opened */
  send(message: Message, signal?: AbortSignal): Promise<Outcome>;
}

interface SenderDeps {
  readonly sealer: Sealer;
  readonly outbound: Pick<Outbound, 'post'>;
  /** Wall time, for the signature only: receivers refuse a timestamp five minutes away from theirs. */
  readonly now: () => Date;
}

const timeoutMs = 15_000;

const isSuccess = (status: number) => status >= 200 && status < 300;

export function createSender({ sealer, outbound, now }: SenderDeps): Sender {
  function headersOf({ eventId, body, secrets }: Message): Record<string, string> {
    const at = now();
    const signatures = secrets.map((sealed) =>
      new Webhook(sealer.open(sealed)).sign(eventId, at, body),
    );
    return {
      'content-type': 'application/json',
      'user-agent': 'PayLink-Webhooks/1',
      'webhook-id': eventId,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': signatures.join(' '),
    };
  }

  return {
    async send(message, breaking) {
      const late = AbortSignal.timeout(timeoutMs);
      const signal = breaking ? AbortSignal.any([breaking, late]) : late;
      const start = performance.now();
      const outcome = (responseStatus: number | null, error: string | null): Outcome => ({
        responseStatus,
        error,
        durationMs: Math.round(performance.now() - start),
      });
      const headers = headersOf(message);
      try {
        const status = await outbound.post(message.url, { headers, body: message.body, signal });
        return outcome(status, isSuccess(status) ? null : `answered ${status}`);
      } catch (error) {
        return outcome(null, late.aborted ? 'no answer in time' : reasonOf(error));
      }
    },
  };
}

/** What merchants may read of a failure: a refusal of ours, or a code such as `ECONNREFUSED`. */
function reasonOf(error: unknown): string {
  if (error instanceof Refused) return `refused: ${error.message}`;
  const { name, code } = error as { name?: string; code?: unknown };
  const reason = typeof code === 'string' ? code : (name ?? 'failed');
  return reason.slice(0, 100);
}
