/** The buyer is being taken to the payment, pays elsewhere, or must press once more. */
import { html, nothing } from 'lit';
import type { Awaiting } from '../checkout/checkout-state.js';
import { isSafeAddress } from '../handoff.js';
import type { Speech } from '../i18n/speech.js';
import { problemSentence } from './notice.js';

interface WaitingActions {
  readonly onContinue: (event: Event) => void;
  readonly onChange: () => void;
}

export function waiting(
  speech: Speech,
  { session, handoff, order }: Awaiting,
  actions: WaitingActions,
) {
  if (session.status === 'processing')
    return html`<div class="waiting" role="status" tabindex="-1" data-focus>
      <div class="spinner" aria-hidden="true"></div>
      <p>${speech.say('confirming')}</p>
    </div>`;
  if (!isSafeAddress(session.url))
    return html`<div class="waiting" role="alert" tabindex="-1" data-focus>
      <p>${problemSentence(speech, 'bad_answer')}</p>
    </div>`;
  const isBlocked = handoff === 'blocked';
  const words = { leaving: 'leaving', elsewhere: 'waiting', blocked: 'blocked' } as const;
  return html`<div class="waiting" role="status" tabindex="-1" data-focus>
    ${isBlocked ? nothing : html`<div class="spinner" aria-hidden="true"></div>`}
    <p>${speech.say(words[handoff])}</p>
    <a
      class="button"
      href=${session.url}
      target=${isBlocked ? '_blank' : '_top'}
      rel="noopener"
      @click=${isBlocked ? nothing : actions.onContinue}
    >
      ${speech.say('continuePayment')}
    </a>
    ${
      isBlocked
        ? html`<div class="field">
            <label for="address">${speech.say('copyAddress')}</label>
            <div class="box">
              <input
                id="address"
                readonly
                .value=${session.url}
                @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
              />
            </div>
          </div>`
        : nothing
    }
    ${
      order
        ? html`<button type="button" class="quiet" @click=${actions.onChange}>
            ${speech.say('changeOrder')}
          </button>`
        : nothing
    }
  </div>`;
}
