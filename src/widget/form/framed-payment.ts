/** The payment page inside the form, where the merchant's site is listed for it. */
import { html, nothing } from 'lit';
import { openedIn } from '../handoff.js';
import type { WaitingView } from './waiting.js';

export function framedPayment({ speech, awaiting, onFrame, onContinue }: WaitingView) {
  const { session, handoff } = awaiting;
  return html`
    ${
      handoff === 'late'
        ? html`<p class="notice trouble" part="notice" role="alert">
            ${speech.say('blocked')}
            <a class="button" href=${session.url} target="_top" @click=${onContinue}>
              ${speech.say('continuePayment')}
            </a>
          </p>`
        : nothing
    }
    <iframe
      title=${speech.say('paymentPage')}
      src=${openedIn('embed', session.url)}
      data-focus
      @load=${onFrame}
    ></iframe>
  `;
}
