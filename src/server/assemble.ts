/** Puts the parts together, for the process and for tests: store → provider → app → worker. */
import { setMaxListeners } from 'node:events';
import { createApp } from './app.js';
import type { Backend } from './backend.js';
import { createBatches, fulfilled } from './batch.js';
import { createCallerOf } from './caller.js';
import { readLink } from './domain/checkout.js';
import { publicLink } from './domain/link-view.js';
import { createOpening, openEach } from './domain/opening.js';
import { remember } from './domain/release.js';
import { applyProviderEvent } from './domain/settlement.js';
import { reachOf } from './domain/webhook-endpoint.js';
import type { MailLine } from './jobs/mail-delivery.js';
import { createMailer } from './jobs/mailer.js';
import { createOutbound } from './jobs/outbound.js';
import { createQueue } from './jobs/queue.js';
import type { Resolve } from './jobs/resolve.js';
import { createSender } from './jobs/webhook-sender.js';
import { createWorker, type Worker } from './jobs/worker.js';
import { createLimits, noLimits } from './limits.js';
import type { MailSettings } from './mail-settings.js';
import { createMetrics } from './metrics.js';
import { newToken } from './new-id.js';
import { createOutage } from './outage.js';
import type { Provider } from './provider/provider.js';
import { createSandbox, type NewCheckout } from './provider/sandbox.js';
import type { Files } from './routes/files.js';
import type { RequestLine } from './routes/observe.js';
import { createSealer } from './sealer.js';
import { createShownLinks } from './shown-links.js';
import { theAccount } from './store/accounts.js';
import { type DatabasePlace, openDatabase, readNow } from './store/database.js';
import { readFigures } from './store/figures.js';
import { createIdempotencyKeys } from './store/idempotency.js';
import { createSandboxBook } from './store/sandbox.js';
import { addVisits, countsVisits } from './store/visits.js';
import { createVisits } from './visits.js';

export interface Parts {
  readonly place: DatabasePlace;
  readonly publicUrl: string;
  readonly secretKey: string;
  readonly files: Files;
  /** What a new account is called. */
  readonly accountName?: string | undefined;
  readonly log: (error: unknown, about?: string) => void;
  readonly onRequest?: ((line: RequestLine) => void) | undefined;
  /** How many proxies of the operator's stand before us; none where it is not said. */
  readonly trustProxy?: number | undefined;
  /** Yes where it is not said. */
  readonly isLimited?: boolean | undefined;
  /** Never where it is not said. */
  readonly retentionDays?: number | undefined;
  /** With it whoever has it may read metrics. */
  readonly metricsToken?: string | undefined;
  /** Nothing is sent by e-mail where it is not said. */
  readonly mail?: MailSettings | undefined;
  readonly onMail?: ((line: MailLine) => void) | undefined;
  /** The sandbox where none is given. */
  readonly provider?: Provider | undefined;
  /** What tests play: chance, and who says which addresses stand behind a name. */
  readonly random?: (() => number) | undefined;
  readonly resolve?: Resolve | undefined;
}

export interface Assembled {
  readonly app: ReturnType<typeof createApp>;
  readonly backend: Backend;
  readonly worker: Worker;
  /** Ends what would wait for ever. */
  beginStop(): void;
  close(): Promise<void>;
}

const unknownProxy =
  'A proxy stands before this server and TRUST_PROXY is 0: set it to the number of proxies, so that limits know who calls.';

const noAddress =
  'The entry of X-Forwarded-For that TRUST_PROXY points at is no address: such callers count as their proxy.';

/** Where nobody keeps a line for each letter, of those that were not taken at least. */
function tellInVain({ outcome, kind, about, to, error }: MailLine, log: Parts['log']): void {
  if (outcome !== 'accepted') log(`Mail to the ${to} (${kind} ${about}) ${outcome}: ${error}.`);
}

export async function assemble(parts: Parts): Promise<Assembled> {
  const { place, publicUrl, secretKey, files, onRequest, random = Math.random, resolve } = parts;
  const { trustProxy = 0, isLimited = true, retentionDays = 0 } = parts;
  const db = await openDatabase(place);
  const outage = createOutage({ ask: () => readNow(db), tell: (sentence) => parts.log(sentence) });
  const log: Parts['log'] = (error, about) => {
    if (!outage.note(error)) parts.log(error, about);
  };
  const queue = await createQueue({ db, onError: log });
  const timers = new Set<NodeJS.Timeout>();
  const book = createSandboxBook(db);
  const openCheckouts = createBatches(async (_, checkouts: readonly NewCheckout[]) => {
    await book.openAll(checkouts);
    return checkouts.map(() => fulfilled(undefined));
  });
  const sandbox = createSandbox({
    book: { ...book, open: (checkout) => openCheckouts('', checkout) },
    newId: newToken,
    tell: (event) => applyProviderEvent(backend, event),
    wakeIn: (delayMs) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        sandbox.deliverDue().catch(log);
      }, delayMs);
      timers.add(timer);
    },
  });
  // A command serves nothing.
  if (files.script) await remember({ db }, files.script);
  const account = await theAccount(db, parts.accountName);
  const { metricsToken } = parts;
  const metrics = metricsToken
    ? createMetrics({ readFigures: () => readFigures(db), onError: log })
    : undefined;
  const sealer = createSealer(secretKey);
  const outbound = createOutbound({ reach: reachOf(publicUrl), resolve });
  const sender = createSender({ sealer, outbound, now: () => new Date() });
  const provider = parts.provider ?? sandbox;
  const { testMode } = provider;
  const visits = createVisits({
    isOn: await countsVisits(db, account.id),
    write: (gained) => addVisits(db, { accountId: account.id, testMode }, gained),
    log,
  });
  const end = new AbortController();
  // Every stream listens for the stop, and there may be thousands.
  setMaxListeners(0, end.signal);
  const backend: Backend = {
    db,
    queue,
    provider,
    sealer,
    sender,
    sendsReceipts: parts.mail !== undefined,
    tally: (happening, times) => metrics?.count(happening, times),
    limits: isLimited ? createLimits({ db, digest: sealer.digest, log }) : noLimits,
    account,
    publicUrl,
    openTogether: createOpening((orders, options) => openEach(backend, orders, options)),
    keys: createIdempotencyKeys(db),
    shownLinks: createShownLinks(async (id) => publicLink(backend, await readLink(backend, id))),
    visits,
    stopping: end.signal,
  };
  const onAnswered = (line: RequestLine) => {
    onRequest?.(line);
    metrics?.request(line);
  };
  const callerOf = createCallerOf({
    trustProxy,
    digest: sealer.digest,
    onUnknownProxy: () => log(unknownProxy),
    onNoAddress: () => log(noAddress),
  });
  const app = createApp({
    ...backend,
    store: { db, queue },
    files,
    callerOf,
    log,
    onRequest: onAnswered,
    metrics: metrics && { token: metricsToken ?? '', read: metrics.read },
  });
  const worker = createWorker({
    ...{ backend, onError: log, random, retentionDays },
    isEmbedded: place === 'memory' || 'folder' in place,
    mailer: parts.mail && createMailer({ settings: parts.mail, publicUrl }),
    onMail: parts.onMail ?? ((line) => tellInVain(line, log)),
  });
  return {
    app,
    backend,
    worker,
    beginStop: () => end.abort(),
    async close() {
      end.abort();
      for (const timer of timers) clearTimeout(timer);
      await worker.stop();
      await visits.stop();
      await queue.stop().catch(log);
      outage.stop();
      await outbound.close();
      await db.destroy();
    },
  };
}
