/** Headers of every page: a policy that allows only our own files, and frames only where they are wanted. */
import type { Context } from 'hono';

/** What none of our pages uses, and nothing inside them is to use. */
const unused = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'usb',
];
const permissions = unused.map((feature) => `${feature}=()`).join(', ');

export interface PagePolicy {
  /** Source list of `frame-ancestors`; nobody where it is not given. */
  readonly frameAncestors?: string;
  /** Where a form of the page may end up: browsers check redirects behind a form against the policy too. */
  readonly formTargets?: readonly (string | null)[];
  /** In a frame of another site, which may be isolated from all that does not agree to it. */
  readonly isFramed?: boolean;
}

export function pageHeaders(c: Context, publicUrl: string, policy: PagePolicy): void {
  const { frameAncestors = "'none'", formTargets = ['https:'] } = policy;
  const targets = formTargets.flatMap((target) => {
    if (target === null) return [];
    return target.endsWith(':') ? [target] : [new URL(target).origin];
  });
  const loopbackImages = publicUrl.startsWith('http:') ? ' http:' : '';
  const directives = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' https: data:${loopbackImages}`,
    "connect-src 'self'",
    // A payment page inside the form on a link's page.
    "frame-src 'self'",
    `form-action 'self' ${[...new Set(targets)].join(' ')}`.trim(),
    `frame-ancestors ${frameAncestors}`,
    "base-uri 'none'",
  ];
  c.header('Content-Security-Policy', directives.join('; '));
  c.header('Permissions-Policy', permissions);
  // No opener policy: browsers refuse a page that has one to a tab out of a sandboxed frame.
  if (policy.isFramed) {
    c.header('Cross-Origin-Resource-Policy', 'cross-origin');
    // Not `require-corp`: pictures of the merchant's say nothing about it.
    c.header('Cross-Origin-Embedder-Policy', 'credentialless');
  }
  c.header('Cache-Control', 'no-store');
}
