/** The one script of our own pages; every page works without it. */
export { default as pageScript } from './pages.js?raw';
