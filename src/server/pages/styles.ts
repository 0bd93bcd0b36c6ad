/** The style sheet of our own pages, and what the API reference has besides. */
import controls from './controls.css?raw';
import hosted from './hosted.css?raw';
import frame from './pages.css?raw';
import payment from './payment.css?raw';
import subscription from './subscription.css?raw';

export { default as referenceCss } from './reference.css?raw';

export const pageCss: string = [frame, controls, payment, hosted, subscription].join('\n');
