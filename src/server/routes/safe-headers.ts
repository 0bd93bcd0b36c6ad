/** Headers of every answer, whatever it is; a page brings a policy of its own and keeps it. */
import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/** What none of our pages uses, and nothing inside them is to use. */
const unused = [
  'accelerometer',
  'camera',
  'displayCapture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'usb',
] as const;

/**
 * No opener policy: browsers refuse a page that has one to a tab out of a sandboxed frame. Who may show us in a frame
 * says the policy of each page, and who may load our files their own resource policy.
 */
export const safeHeaders = (publicUrl: string): MiddlewareHandler =>
  secureHeaders({
    overwrite: false,
    contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    permissionsPolicy: Object.fromEntries(unused.map((feature) => [feature, false])),
    referrerPolicy: 'no-referrer',
    strictTransportSecurity: publicUrl.startsWith('https:') && 'max-age=31536000',
    xContentTypeOptions: true,
    crossOriginOpenerPolicy: false,
    crossOriginResourcePolicy: false,
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xFrameOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  });
