/** A link as buyers would be shown it, before its merchant has made or changed it: by the same rules, and nothing is kept. */
import type { LinkUpdate, NewLink, PublicLink } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { newId } from '../new-id.js';
import { type Queries, tried } from '../store/database.js';
import { findPublicLink, type LinkRecord } from '../store/payment-links.js';
import { publicLink } from './link-view.js';
import { writeChanges, writeNew } from './payment-link.js';

const shown = async (backend: Backend, db: Queries, id: string): Promise<PublicLink> =>
  publicLink(backend, (await findPublicLink(db, id)) as LinkRecord);

/** Its ids lead nowhere. @throws as `createLink` does */
export const previewNewLink = (backend: Backend, link: NewLink): Promise<PublicLink> =>
  tried(backend.db, async (tx) => {
    const id = newId('paymentLink');
    await writeNew(backend, tx, id, link);
    return shown(backend, tx, id);
  });

/** @throws as `changeLink` does */
export const previewChanges = (
  backend: Backend,
  id: string,
  changes: LinkUpdate,
): Promise<PublicLink> =>
  tried(backend.db, async (tx) => {
    await writeChanges(backend, tx, id, changes);
    return shown(backend, tx, id);
  });
