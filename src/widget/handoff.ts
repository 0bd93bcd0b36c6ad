/** How a buyer gets from the form to the page where the session is paid. */

export type Handoff = 'leaving' | 'elsewhere' | 'blocked';

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

/** A frame without an origin may not touch the top window: its tab is opened while the press still counts. */
export function openTabEarly(): Window | null {
  const isOpaque = window !== window.top && self.origin === 'null';
  return isOpaque ? window.open('about:blank', '_blank') : null;
}

/** Leaves the top window for the address; in an opaque frame the tab of the press goes there. */
export function redirect(address: string, tab: Window | null): Handoff {
  if (!isSafeAddress(address)) {
    tab?.close();
    return 'blocked';
  }
  if (tab) {
    tab.location.href = address;
    return 'elsewhere';
  }
  if (window !== window.top && self.origin === 'null') return 'blocked';
  try {
    (window.top ?? window).location.href = address;
    return 'leaving';
  } catch {
    return 'blocked';
  }
}
