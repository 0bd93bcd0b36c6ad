/** Follows a session by server-sent events, by asking again where those fail. Hidden pages hold no line open. */
import { type CheckoutSession, isFinal } from '../contract/index.js';

interface Watch {
  /** Address of the event stream. */
  readonly events: string;
  readonly ask: () => Promise<CheckoutSession>;
  readonly read: (text: string) => CheckoutSession | undefined;
  readonly onChange: (session: CheckoutSession) => void;
  readonly signal: AbortSignal | undefined;
}

const pollEvery = 2500;

export function watch({ events, ask, read, onChange, signal }: Watch): void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told = '';
  let isOver = false;

  function tell(session: CheckoutSession | undefined) {
    const text = JSON.stringify(session);
    if (isOver || !session || text === told) return;
    told = text;
    if (isFinal(session.status)) end();
    onChange(session);
  }

  function pause() {
    source?.close();
    source = undefined;
    clearTimeout(timer);
  }

  function end() {
    isOver = true;
    pause();
    document.removeEventListener('visibilitychange', follow);
  }

  async function poll() {
    await ask().then(tell, () => undefined);
    clearTimeout(timer);
    if (!isOver && !document.hidden) timer = setTimeout(poll, pollEvery);
  }

  function follow() {
    pause();
    if (document.hidden || isOver) return;
    source = new EventSource(events);
    source.addEventListener('session', ({ data }) => tell(read(data)));
    // EventSource reconnects for ever, so the first failure ends it and asking takes over.
    source.onerror = () => {
      source?.close();
      poll();
    };
  }

  if (signal?.aborted) return;
  signal?.addEventListener('abort', end, { once: true });
  document.addEventListener('visibilitychange', follow);
  follow();
}
