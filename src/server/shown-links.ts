/**
 * Links as buyers are shown them. Whatever this process changes is seen at once; what another one has changed,
 * within a second: a link that a thousand buyers look at is read once a second, not a thousand times.
 */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { PublicLink } from '../contract/index.js';

export interface ShownLink {
  readonly id: string;
  /** JSON. */
  readonly text: string;
  readonly etag: string;
}

export interface ShownLinks {
  /** @throws what reading it throws; that is not kept */
  read(id: string): Promise<ShownLink>;
  /** Where it need not be read. */
  known(id: string): ShownLink | undefined;
  forget(id: string): void;
  forgetAll(): void;
}

interface Entry {
  readonly reading: Promise<ShownLink>;
  link?: ShownLink;
}

const most = 1_000;
const keptMs = 1_000;

export function createShownLinks(readLink: (id: string) => Promise<PublicLink>): ShownLinks {
  const entries = new LRUCache<string, Entry>({ max: most, ttl: keptMs });

  async function readShown(id: string): Promise<ShownLink> {
    const link = await readLink(id);
    return { id, text: JSON.stringify(link), etag: etagOf(link) };
  }

  return {
    read(id) {
      const before = entries.get(id);
      if (before) return before.reading;
      const entry: Entry = { reading: readShown(id) };
      entries.set(id, entry);
      entry.reading.then(
        (link) => {
          entry.link = link;
        },
        () => entries.delete(id),
      );
      return entry.reading;
    },
    known: (id) => entries.get(id)?.link,
    forget: (id) => void entries.delete(id),
    forgetAll: () => entries.clear(),
  };
}

/** Of what is shown; the server's time is not part of it. */
const etagOf = ({ now, ...link }: PublicLink): string =>
  `"${createHash('sha256').update(JSON.stringify(link)).digest('base64url').slice(0, 27)}"`;
