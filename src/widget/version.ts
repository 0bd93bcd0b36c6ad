/** Put in by the build from package.json; sources run as they are in tests, where there is none. */
declare const __PAY_LINK_VERSION__: string | undefined;

export const version: string =
  typeof __PAY_LINK_VERSION__ === 'undefined' ? '0.0.0' : (__PAY_LINK_VERSION__ as string);
