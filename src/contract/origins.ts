/** The sites that may sell a link. They are written into headers as they stand, so nothing but an origin passes. */
import * as z from 'zod/mini';
import { lazy } from './lazy.js';

/** Scheme, host and port, nothing behind it; of a host the letters that browsers leave as they are. */
const isOrigin = (text: string): boolean => {
  try {
    return (
      new URL(text).origin === text && /^https?:\/\/(?:[\w.-]+|\[[\da-f:]+\])(?::\d+)?$/.test(text)
    );
  } catch {
    return false;
  }
};

export const originsSchema = lazy(() =>
  z
    .array(z.string().check(z.refine(isOrigin, 'an origin such as https://shop.example')))
    .check(z.maxLength(50)),
);
