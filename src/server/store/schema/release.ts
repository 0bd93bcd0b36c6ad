/** What buyers' browsers were given. */
import type { Generated } from 'kysely';

export interface ReleaseTable {
  hash: string;
  version: string;
  bytes: Uint8Array;
  firstServedAt: Generated<string>;
}
