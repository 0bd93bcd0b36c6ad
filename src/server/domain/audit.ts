/** The auditor: holds the books against what they promise, so that a bug is heard of before a merchant finds it. */
import type { Backend } from '../backend.js';
import { claimAudit, noteAudit } from '../store/audit.js';
import { type Broken, findBroken } from '../store/promises.js';

/** For the operator: which promises are broken, and where. */
export class BooksBroken extends Error {
  override readonly name = 'BooksBroken';

  constructor(readonly broken: readonly Broken[]) {
    const names = broken.map(({ promise, id }) => `${promise} (${id})`);
    super(`The books are not as promised: ${names.join('; ')}`);
  }
}

interface Occasion {
  /** Also where the last audit was less than an hour ago. */
  readonly isAnyway?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Looks through what has changed since the books were last found sound; on the first time through everything.
 * @throws BooksBroken
 */
export async function audit(
  { db, provider }: Backend,
  { isAnyway = false, signal }: Occasion = {},
): Promise<void> {
  const since = await claimAudit(db, { isAnyway });
  if (since === undefined) return;
  const start = performance.now();
  const broken = await findBroken(db, since, provider, signal);
  if (signal?.aborted) return;
  const milliseconds = Math.round(performance.now() - start);
  await noteAudit(db, { broken: broken.length, milliseconds });
  if (broken.length) throw new BooksBroken(broken);
}
