/** One sentence on the console for whoever builds the page, where something does not work that should. */

/** What buyers do and browsers block, and what is met at a link that closes or sells out, is no news. */
const isOrdinary = (code: string) =>
  /^(?:promo|link_[ie]|invalid_s|out|price|temp|rate|hand)/.test(code);

const whichLink = 'Set link to the id or address of a payment link.';

/** What to do about it. */
const advice: Readonly<Record<string, string>> = {
  network:
    'If that address opens in a tab, look for a connect-src policy, a blocker or missing CORS headers.',
  bad_answer: 'Look at what answers there: a proxy, or another version?',
  api_missing: 'Set api, or PayLink.api, to the origin of your PayLink server.',
  invalid_link: whichLink,
  link_not_found: whichLink,
  invalid_reference: 'Set reference to at most 200 letters, digits, - and _.',
};

const said = new Set<string>();

export function report(element: Element, code: string, error: unknown): void {
  if (isOrdinary(code)) return;
  const what = error instanceof Error ? error.message : `${element.outerHTML.split('>')[0]}>`;
  const next = advice[code] ?? 'See the log of that server.';
  const sentence = `PayLink: ${what} (${code}). ${next}`;
  // However often it is tried again, and by however many elements.
  if (!said.has(sentence)) console.error(sentence);
  said.add(sentence);
}
