/** An endpoint as it is being written, and said to the server. */
import {
  type EventType,
  eventTypes,
  newEndpointSchema,
  type WebhookEndpoint,
} from '../../contract/index.js';
import type { Said } from '../parts/typed.js';
import type { Words } from '../words/words.js';

export interface EndpointDraft {
  readonly url: string;
  readonly hearsAll: boolean;
  /** Kept while everything is heard, in case it was a slip. */
  readonly eventTypes: readonly EventType[];
}

export const emptyEndpoint: EndpointDraft = { url: '', hearsAll: true, eventTypes: [] };

export const endpointDraftOf = ({ url, eventTypes }: WebhookEndpoint): EndpointDraft => ({
  url,
  hearsAll: eventTypes.length === 0,
  eventTypes,
});

export interface EndpointBody {
  readonly url: string;
  readonly eventTypes: readonly EventType[];
}

/** No types means all of them to the server; a merchant who has ticked none has forgotten to. */
export function endpointBody(
  draft: EndpointDraft,
  { problems, webhooks }: Words,
): Said<EndpointBody> {
  const chosen = eventTypes.filter((type) => draft.eventTypes.includes(type));
  const body = { url: draft.url.trim(), eventTypes: draft.hearsAll ? [] : chosen };
  const mistakes: Record<string, string> = {};
  const isAddress = newEndpointSchema().safeParse({ url: body.url }).success;
  if (!body.url) mistakes.url = problems.required;
  else if (!isAddress) mistakes.url = problems.url;
  if (!draft.hearsAll && !chosen.length) mistakes.eventTypes = webhooks.chooseSome;
  return { body, mistakes };
}
