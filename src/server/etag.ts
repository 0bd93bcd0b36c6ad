/**
 * Whether a condition (`If-Match`, `If-None-Match`) names this version. It may list several, and `W/` before one
 * is no difference to us: proxies that compress put it there.
 */
export const namesVersion = (condition: string | undefined, etag: string): boolean =>
  (condition ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === etag || tag === '*');
