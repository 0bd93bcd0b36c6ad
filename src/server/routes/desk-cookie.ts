/** The cookie that stands for a key in the merchant's own browser. No page can read it, and only we are sent it. */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { CookieOptions } from 'hono/utils/cookie';

const name = 'paylink-desk';
const maxAge = 12 * 3600;

/** `__Host-` keeps other hosts of the domain from setting one in its place; browsers take it over https alone. */
const optionsOf = (publicUrl: string): CookieOptions => ({
  path: '/',
  httpOnly: true,
  sameSite: 'Lax',
  ...(publicUrl.startsWith('https:') && { prefix: 'host', secure: true }),
});

/** As it was sent, where it can be one of ours. */
export function deskToken(c: Context, publicUrl: string): string | undefined {
  const token = getCookie(c, name, optionsOf(publicUrl).prefix);
  return token && /^[\w-]{43}$/.test(token) ? token : undefined;
}

export const setDeskToken = (c: Context, publicUrl: string, token: string): void =>
  setCookie(c, name, token, { ...optionsOf(publicUrl), maxAge });

export const clearDeskToken = (c: Context, publicUrl: string): void =>
  void deleteCookie(c, name, optionsOf(publicUrl));
