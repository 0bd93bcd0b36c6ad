/** The address if a browser may be sent there: http or https only, never `javascript:` or `data:`. */
export function webUrl(text: string | null | undefined): string | null {
  try {
    const url = new URL(text ?? '');
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}

/** An address of our own may come without its origin. */
export const ownUrl = (text: string): string =>
  /^\/(?![/\\])/.test(text) ? text : (webUrl(text) ?? '/');
