/** Where merchants want to hear of events. The signing secret is told once and kept sealed. */
import { randomBytes } from 'node:crypto';
import {
  type EventType,
  isLoopbackUrl,
  Problem,
  type WebhookEndpoint,
} from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { newId } from '../new-id.js';
import {
  deleteEndpoint,
  findEndpoint,
  insertEndpoint,
  listEndpoints,
  updateEndpoint,
} from '../store/events.js';
import type { Page } from '../store/paging.js';
import type { Row } from '../store/schema.js';

const notFound = () => new Problem('not_found', 'There is no webhook endpoint of this id.');

const view = (endpoint: Row<'webhookEndpoint'>): WebhookEndpoint => ({
  id: endpoint.id,
  object: 'webhook_endpoint',
  url: endpoint.url,
  eventTypes: endpoint.eventTypes,
  isEnabled: endpoint.isEnabled,
  createdAt: endpoint.createdAt,
});

/** https to a public address; http to loopback only where we are on loopback ourselves. */
function checkUrl({ publicUrl }: Backend, url: string): void {
  if (!isLoopbackUrl(url) || isLoopbackUrl(publicUrl)) return;
  throw new Problem('validation_failed', 'A webhook address is https on a public address.', {
    errors: [{ path: 'url', code: 'not_public', message: 'https on a public address' }],
  });
}

export async function createEndpoint(
  backend: Backend,
  { url, eventTypes = [] }: { url: string; eventTypes?: EventType[] | undefined },
): Promise<WebhookEndpoint> {
  checkUrl(backend, url);
  // 24 to 64 bytes, base64, by the Standard Webhooks specification ("Symmetric signatures").
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const endpoint = await insertEndpoint(backend.db, {
    id: newId('webhookEndpoint'),
    accountId: backend.account.id,
    url,
    eventTypes: JSON.stringify(eventTypes),
    secret: backend.sealer.seal(secret),
  });
  return { ...view(endpoint), secret };
}

/** @throws Problem `not_found` */
export async function readEndpoint({ db, account }: Backend, id: string): Promise<WebhookEndpoint> {
  const endpoint = await findEndpoint(db, account.id, id);
  if (!endpoint) throw notFound();
  return view(endpoint);
}

export async function readEndpoints({ db, account }: Backend, page: Page) {
  const { data, nextCursor } = await listEndpoints(db, account.id, page);
  return { data: data.map(view), nextCursor };
}

interface Changes {
  readonly url?: string | undefined;
  readonly eventTypes?: EventType[] | undefined;
  readonly isEnabled?: boolean | undefined;
}

export async function changeEndpoint(backend: Backend, id: string, changes: Changes) {
  const { url, eventTypes, isEnabled } = changes;
  if (url !== undefined) checkUrl(backend, url);
  const endpoint = await updateEndpoint(backend.db, backend.account.id, id, {
    ...(url !== undefined && { url }),
    ...(eventTypes !== undefined && { eventTypes: JSON.stringify(eventTypes) }),
    ...(isEnabled !== undefined && { isEnabled }),
  });
  if (!endpoint) throw notFound();
  return view(endpoint);
}

export async function removeEndpoint({ db, account }: Backend, id: string): Promise<void> {
  if (!(await deleteEndpoint(db, account.id, id))) throw notFound();
}
