/** The API reference, for people. */
import type { Context } from 'hono';
import type { Api } from '../pages/reference-document.js';
import { referencePage } from '../pages/reference-page.js';
import type { Env } from './env.js';
import { pageHeaders } from './page-headers.js';

/** Drawn once: the document never changes while the process lives. */
export function reference(publicUrl: string, document: (c: Context<Env>) => Promise<object>) {
  let page: string | undefined;
  return async (c: Context<Env>) => {
    page ??= String(await referencePage((await document(c)) as Api));
    pageHeaders(c, publicUrl, {});
    return c.html(page);
  };
}
