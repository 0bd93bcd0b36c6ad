/** Entry of the classic script: the elements, and `window.PayLink`. */
import './index.js';
import { version } from './version.js';

// A page may have set `api` before the script came.
globalThis.PayLink = { ...globalThis.PayLink, version };
