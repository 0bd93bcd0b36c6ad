/** Entry of the classic script: the elements, and `window.PayLink`. */
import { define } from './tags.js';
import { version } from './version.js';

// What stands before it in the built script has seen that the tags are free.
define();

// A page may have set `api` before the script came.
globalThis.PayLink = { ...globalThis.PayLink, version };
