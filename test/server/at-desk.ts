/** A merchant's browser at the desk. */
import { expect } from 'vitest';
import type { Answer, House } from './house.js';

/** As a browser marks what one of our own pages asks. */
export const ownPage = { 'sec-fetch-site': 'same-origin' };

interface Asked {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly raw?: string;
}

export interface Browser {
  /** `name=value`, as it is sent back. */
  readonly cookie: string;
  /** As it was set. */
  readonly setCookie: string;
  readonly answer: Answer;
  /** From the desk itself, with the cookie and no key. */
  call(method: string, path: string, asked?: Asked): Promise<Answer>;
  /** From wherever `headers` say. */
  callFrom(
    headers: Record<string, string>,
    method: string,
    path: string,
    asked?: Asked,
  ): Promise<Answer>;
}

export const trySignIn = (
  house: House,
  key: string,
  headers: Record<string, string> = ownPage,
): Promise<Answer> => house.call('POST', '/dashboard/session', { key }, { key: null, headers });

export async function signIn(house: House, key = house.key): Promise<Browser> {
  const answer = await trySignIn(house, key);
  expect(answer.status, answer.text).toBe(200);
  const setCookie = answer.headers.get('set-cookie') ?? '';
  const cookie = setCookie.split(';')[0] ?? '';
  const callFrom: Browser['callFrom'] = (from, method, path, { body, headers, raw } = {}) =>
    house.call(method, path, body, {
      key: null,
      headers: { cookie, ...from, ...headers },
      ...(raw !== undefined && { raw }),
    });
  return {
    cookie,
    setCookie,
    answer,
    callFrom,
    call: (method, path, asked) => callFrom(ownPage, method, path, asked),
  };
}
