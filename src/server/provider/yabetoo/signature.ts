/**
 * Who signed a message of Yabetoo's: HMAC-SHA256 in hex, by the shared secret, of `{timestamp}.{body}`. The signature
 * is written `v1=…` beside a header for the time, or `t=…,v1=…` in one.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface Signed {
  readonly body: string;
  /** `X-Yabetoo-Webhook-Signature`. */
  readonly signature: string;
  /** `X-Yabetoo-Webhook-Timestamp`, where there is one. */
  readonly timestamp: string | undefined;
}

/** Either side of now: what is older was heard before, or is played again. */
const windowMs = 5 * 60_000;

export function isSigned({ body, signature, timestamp }: Signed, secret: string, now: number) {
  const parts = signature.split(',').map((part) => part.trim().split('='));
  const given = (name: string) => parts.find(([key]) => key === name)?.[1];
  const time = given('t') ?? timestamp ?? '';
  if (!/^\d{9,14}$/.test(time) || Math.abs(millisecondsOf(time) - now) > windowMs) return false;
  const wanted = createHmac('sha256', secret).update(`${time}.${body}`).digest();
  const shown = Buffer.from(given('v1') ?? '', 'hex');
  return shown.length === wanted.length && timingSafeEqual(shown, wanted);
}

/** Seconds have ten digits until the year 2286, milliseconds thirteen. */
const millisecondsOf = (time: string): number => Number(time) * (time.length > 11 ? 1 : 1_000);
