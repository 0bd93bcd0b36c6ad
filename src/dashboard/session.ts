/** Who sits at the desk: a key is exchanged for a cookie that scripts cannot read. */
import ky, { HTTPError } from 'ky';
import { problemOf } from './api.js';

export interface SignedIn {
  readonly name: string;
  readonly testMode: boolean;
  /** Null: as the browser has it. */
  readonly locale: string | null;
  readonly expiresAt: string;
}

const path = '/dashboard/session';

/** Null where nobody is signed in. @throws where the server does not answer */
export async function signedIn(): Promise<SignedIn | null> {
  const answer = await ky(path, { throwHttpErrors: false, retry: 1 });
  return answer.status === 200 ? answer.json<SignedIn>() : null;
}

/** How signing in ended; `away`: no answer. */
export type SignInOutcome = SignedIn | 'wrong' | 'too_often' | 'away';

export async function signIn(key: string): Promise<SignInOutcome> {
  try {
    return await ky.post(path, { json: { key }, retry: 0 }).json<SignedIn>();
  } catch (error) {
    if (!(error instanceof HTTPError)) return 'away';
    const { status } = error.response;
    if (status === 429) return 'too_often';
    return status === 401 || status === 422 ? 'wrong' : 'away';
  }
}

/** @throws Problem where the server did not do it: the cookie still opens the desk */
export async function signOut(): Promise<void> {
  try {
    await ky.delete(path, { retry: 0 });
  } catch (error) {
    throw await problemOf(error);
  }
}
