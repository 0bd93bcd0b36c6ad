/** Where merchants want to hear of events. The signing secret is told once and kept sealed. */
import { randomBytes } from 'node:crypto';
import {
  type EventType,
  type Id,
  isLoopbackUrl,
  Problem,
  type WebhookEndpoint,
} from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { readNow } from '../store/database.js';
import type { Page } from '../store/paging.js';
import {
  deleteEndpoint,
  findEndpoint,
  insertEndpoint,
  listEndpoints,
  rotateSecret,
  updateEndpoint,
} from '../store/webhook-endpoints.js';
import { faultOfAddress, type Reach, webhookPorts } from './webhook-address.js';

const notFound = () => new Problem('not_found', 'There is no webhook endpoint of this id.');

type EndpointRecord = NonNullable<Awaited<ReturnType<typeof findEndpoint>>>;

/** `now`, since a secret that signs no longer may not be swept away yet. */
const view = (endpoint: EndpointRecord, now: string): WebhookEndpoint => ({
  id: endpoint.id,
  object: 'webhook_endpoint',
  url: endpoint.url,
  eventTypes: endpoint.eventTypes,
  isEnabled: endpoint.isEnabled,
  disabledReason: endpoint.disabledReason,
  disabledAt: endpoint.disabledAt,
  failingSince: endpoint.failingSince,
  previousSecretExpiresAt:
    endpoint.previousSecretUntil && endpoint.previousSecretUntil > now
      ? endpoint.previousSecretUntil
      : null,
  createdAt: endpoint.createdAt,
});

/** Only who is on loopback may send there. */
export const reachOf = (publicUrl: string): Reach => ({
  loopback: isLoopbackUrl(publicUrl),
  ports: webhookPorts,
});

/** What its name leads to is checked at every connection; here, what can be seen of the address itself. */
function checkUrl({ publicUrl }: Backend, url: string): void {
  const message = faultOfAddress(reachOf(publicUrl), url);
  if (!message) return;
  throw new Problem('validation_failed', `We cannot send there: ${message}.`, {
    errors: [{ path: 'url', code: 'not_public', message }],
  });
}

/** 24 to 64 bytes, base64, by the Standard Webhooks specification ("Symmetric signatures"). */
export const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;

export async function createEndpoint(
  backend: Backend,
  id: Id<'webhookEndpoint'>,
  { url, eventTypes = [] }: { url: string; eventTypes?: EventType[] | undefined },
): Promise<WebhookEndpoint> {
  checkUrl(backend, url);
  const secret = newSecret();
  await insertEndpoint(backend.db, {
    id,
    accountId: backend.account.id,
    url,
    eventTypes: JSON.stringify(eventTypes),
    secret: backend.sealer.seal(secret),
    deletedAt: null,
  });
  return readWithSecret(backend, id);
}

/** For whoever has not been shown it. @throws Problem `not_found` */
export async function readWithSecret(
  backend: Backend,
  id: Id<'webhookEndpoint'>,
): Promise<WebhookEndpoint> {
  const { secret } = await theEndpoint(backend, id);
  return { ...(await readEndpoint(backend, id)), secret: backend.sealer.open(secret) };
}

/** @throws Problem `not_found` */
export async function theEndpoint({ db, account }: Backend, id: string) {
  const endpoint = await findEndpoint(db, account.id, id);
  if (!endpoint) throw notFound();
  return endpoint;
}

/** @throws Problem `not_found` */
export const readEndpoint = async (backend: Backend, id: string): Promise<WebhookEndpoint> =>
  view(await theEndpoint(backend, id), await readNow(backend.db));

export async function readEndpoints({ db, account }: Backend, page: Page) {
  const { data, nextCursor } = await listEndpoints(db, account.id, page);
  const now = await readNow(db);
  return { data: data.map((endpoint) => view(endpoint, now)), nextCursor };
}

interface Changes {
  readonly url?: string | undefined;
  readonly eventTypes?: EventType[] | undefined;
  readonly isEnabled?: boolean | undefined;
}

/** Enabled again, it gets what has waited for it. @throws Problem `not_found` */
export async function changeEndpoint(backend: Backend, id: string, changes: Changes) {
  const { url, eventTypes, isEnabled } = changes;
  if (url !== undefined) checkUrl(backend, url);
  const changed = await updateEndpoint(backend.db, backend.account.id, id, {
    url,
    eventTypes: eventTypes && JSON.stringify(eventTypes),
    isEnabled,
  });
  if (!changed) throw notFound();
  return readEndpoint(backend, id);
}

/** A new secret; the one before signs beside it for 24 h, so that no delivery fails while it is exchanged. */
export async function rotate(backend: Backend, id: string): Promise<WebhookEndpoint> {
  const secret = newSecret();
  const sealed = backend.sealer.seal(secret);
  if (!(await rotateSecret(backend.db, backend.account.id, id, sealed))) throw notFound();
  return { ...(await readEndpoint(backend, id)), secret };
}

export async function removeEndpoint({ db, account }: Backend, id: string): Promise<void> {
  if (!(await deleteEndpoint(db, account.id, id))) throw notFound();
}
