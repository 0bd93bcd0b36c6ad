/** The merchant's terms: read in a tab of their own, accepted before paying. */
import { html, nothing } from 'lit';
import { isSafeAddress } from '../handoff.js';
import { checkField } from './controls.js';
import type { FormView } from './view.js';

export function acceptance(view: FormView) {
  const { link, speech } = view;
  const { terms } = link.collect;
  if (!terms) return nothing;
  const words = speech.say('terms');
  const named = isSafeAddress(terms.url)
    ? html`<a href=${terms.url} target="_blank" rel="noopener noreferrer">${words}</a>`
    : words;
  const [before, after] = speech.messages.text.acceptTerms.split('{terms}');
  return checkField(view, 'terms', html`${before}${named}${after}`, true);
}
