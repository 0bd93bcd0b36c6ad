/**
 * Links as buyers are shown them. Whatever this process changes is seen at once; what another one has changed,
 * within a second: a link that a thousand buyers look at is read once a second, not a thousand times.
 */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { PublicLink } from '../contract/index.js';

export interface ShownLink {
  /** JSON. */
  readonly text: string;
  readonly etag: string;
}

export interface ShownLinks {
  /** @throws what reading it throws; that is not kept */
  read(id: string): Promise<ShownLink>;
  forget(id: string): void;
  forgetAll(): void;
}

const most = 1_000;
const keptMs = 1_000;

export function createShownLinks(readLink: (id: string) => Promise<PublicLink>): ShownLinks {
  const links = new LRUCache<string, Promise<ShownLink>>({ max: most, ttl: keptMs });
  return {
    read(id) {
      const known = links.get(id);
      if (known) return known;
      const shown = readLink(id).then((link) => ({
        text: JSON.stringify(link),
        etag: etagOf(link),
      }));
      links.set(id, shown);
      shown.catch(() => links.delete(id));
      return shown;
    },
    forget: (id) => void links.delete(id),
    forgetAll: () => links.clear(),
  };
}

/** Of what is shown; the server's time is not part of it. */
const etagOf = ({ now, ...link }: PublicLink): string =>
  `"${createHash('sha256').update(JSON.stringify(link)).digest('base64url').slice(0, 27)}"`;
