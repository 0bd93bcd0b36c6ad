/** Regular expressions of merchants, matched in linear time whatever they are: RE2 never backtracks. */
import { RE2JS } from 're2js';

const whole = (pattern: string) => `^(?:${pattern})$`;

export const fitsPattern = (pattern: string, text: string): boolean =>
  RE2JS.compile(whole(pattern)).matches(text);

/** One that both we and browsers understand. */
export function isPattern(pattern: string): boolean {
  try {
    RE2JS.compile(whole(pattern));
    new RegExp(whole(pattern), 'u');
    return true;
  } catch {
    return false;
  }
}
