/** How a buyer gets from the form to the payment: in the page, in a window before it, or by leaving it. */
import type { CheckoutSession } from '../contract/index.js';

const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Only https, or http on this machine: anything else is never navigated to. */
export function isSafeAddress(address: string): boolean {
  try {
    const { protocol, hostname } = new URL(address);
    return protocol === 'https:' || (protocol === 'http:' && loopback.test(hostname));
  } catch {
    return false;
  }
}

/** Apps that show pages in a view of their own, where windows do not open and frames lose their storage. */
const apps = /FBA[NV]\/|FB_IAB|Instagram|WhatsApp|musical_ly|Bytedance|TikTok|trill_|GSA\//;
const isInApp = () => apps.test(navigator.userAgent);

/** Without an origin of its own a frame may not touch the top window, nor look into those it opens. */
const isOpaque = () => window !== window.top && self.origin === 'null';

export type Mode = 'auto' | 'embed' | 'popup' | 'redirect';
/** What is known of a link or a session. */
export interface Ways {
  readonly methods?: CheckoutSession['methods'] | undefined;
  readonly embeddable?: boolean;
  readonly url?: string;
  readonly totals?: CheckoutSession['totals'];
  readonly total?: number;
}

/** The next way to pay in the page after `from`; undefined where the page is to be left. */
export function placeFor(
  mode: Mode,
  { methods, embeddable, url = '', totals, total }: Ways,
  from?: string,
): 'phone' | 'frame' | undefined {
  if (isInApp()) return undefined;
  // No phone is asked for nothing.
  const isFree = total === 0 && !totals?.recurring;
  if (mode === 'auto' && !from && !isFree && methods?.includes('mobile_money')) return 'phone';
  const isNext = (!from || from === 'phone') && embeddable && isSafeAddress(url);
  return isNext && (mode === 'auto' || mode === 'embed') ? 'frame' : undefined;
}

/**
 * The window a payment may need, opened while the press still counts: a pop-up where the page wants one, a tab out of
 * a frame without an origin.
 * @param words what is read there until the payment comes
 */
export function openEarly(mode: Mode, ways: Ways, words: string): Window | null {
  const isPopup = mode === 'popup' && !isInApp();
  if (!isPopup && (!isOpaque() || placeFor(mode, ways))) return null;
  const opened = open('', '_blank', isPopup ? 'popup,width=480,height=720' : '');
  if (opened && !isOpaque()) opened.document.body.textContent = words;
  return opened;
}

/** Our own payment page, told that the merchant's page is still there around it or behind it. */
export const openedIn = (place: 'embed' | 'popup', address: string): string => {
  const url = new URL(address);
  url.searchParams.set(place, '1');
  return url.href;
};

/** The window of the press goes to the address, else the top window does. */
export function redirect(
  address: string,
  opened: Window | null,
): 'leaving' | 'elsewhere' | 'blocked' {
  if (!isSafeAddress(address)) {
    opened?.close();
    return 'blocked';
  }
  if (opened && !opened.closed) {
    if (!isOpaque()) opened.opener = null;
    opened.location.href = address;
    return 'elsewhere';
  }
  if (isOpaque()) return 'blocked';
  try {
    (window.top ?? window).location.href = address;
    return 'leaving';
  } catch {
    return 'blocked';
  }
}
