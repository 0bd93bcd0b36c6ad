/** What is random and long is kept as its plain SHA-256: nobody can try them all, so no slow hash is needed. */
import { createHash } from 'node:crypto';

export const digestOf = (secret: string): string =>
  createHash('sha256').update(secret).digest('hex');
