/**
 * Follows a session by server-sent events, by asking again where those do not come. A page holds one line open, since
 * browsers allow six to a server; whoever comes second asks. Hidden pages do neither.
 */
import { type CheckoutSession, isFinal } from '../contract/index.js';

interface Watch {
  /** Address of the event stream. */
  readonly events: string;
  readonly ask: () => Promise<CheckoutSession>;
  readonly read: (text: string) => CheckoutSession | undefined;
  readonly onChange: (session: CheckoutSession) => void;
  readonly signal: AbortSignal | undefined;
}

/** In milliseconds: where no events come, and where they do, in case the line died without a sound. */
const often = 2500;
const seldom = 30_000;

let line: EventSource | undefined;

export function watch({ events, ask, read, onChange, signal }: Watch): void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pace = often;
  let told = '';
  let isOver = false;

  function tell(session: CheckoutSession | undefined) {
    const text = JSON.stringify(session);
    if (isOver || !session || text === told) return;
    told = text;
    if (isFinal(session.status)) end();
    onChange(session);
  }

  function hangUp() {
    source?.close();
    if (line === source) line = undefined;
    source = undefined;
    pace = often;
  }

  function pause() {
    hangUp();
    clearTimeout(timer);
  }

  function end() {
    isOver = true;
    pause();
    document.removeEventListener('visibilitychange', follow);
  }

  function askLater() {
    clearTimeout(timer);
    if (!isOver && !document.hidden) timer = setTimeout(poll, pace);
  }

  async function poll() {
    await ask().then(tell, () => undefined);
    askLater();
  }

  function follow() {
    pause();
    if (document.hidden || isOver) return;
    // Until the first event is here it is not known whether any will come: proxies keep them back.
    askLater();
    if (line) return;
    line = source = new EventSource(events);
    source.addEventListener('session', ({ data }) => {
      pace = seldom;
      askLater();
      tell(read(data));
    });
    // EventSource reconnects for ever, so the first failure ends it and asking takes over.
    source.onerror = () => {
      hangUp();
      poll();
    };
  }

  if (signal?.aborted) return;
  signal?.addEventListener('abort', end, { once: true });
  document.addEventListener('visibilitychange', follow);
  follow();
}
