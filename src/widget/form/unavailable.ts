/** Why there is nothing to pay here, in the merchant's words where given, and what can be done. */
import { html, nothing } from 'lit';
import type { Unavailable } from '../checkout/checkout-state.js';
import { isSafeAddress } from '../handoff.js';
import type { Speech } from '../i18n/speech.js';
import { problemSentence } from './notice.js';

const sentences = {
  inactive: 'inactive',
  expired: 'expired',
  exhausted: 'exhausted',
  temporarily_sold_out: 'temporarilySoldOut',
  not_found: 'notFound',
} as const;

interface WaysOn {
  readonly retry: () => void;
  /** The link's own page: it can read a backend that is newer than this script. */
  readonly page: string;
}

export function unavailable(speech: Speech, closed: Unavailable, { retry, page }: WaysOn) {
  const { link, reason, code, isRetryable } = closed;
  const isFailure = reason === 'failed';
  const said = isFailure
    ? `${isRetryable ? `${speech.say('failed')} ` : ''}${problemSentence(speech, code)}`
    : speech.say(sentences[reason]);
  const words =
    reason === 'temporarily_sold_out' || !link?.inactiveMessage ? said : link.inactiveMessage;
  const wanted = code === 'bad_answer' ? page : link?.fallbackUrl;
  const elsewhere = wanted && isSafeAddress(wanted) ? wanted : null;
  return html`<div class="closed" part="notice" role="status" tabindex="-1" data-focus>
    ${link ? html`<div class="name">${link.name}</div>` : nothing}
    <p>${words}</p>
    ${
      isRetryable
        ? html`<button type="button" class="quiet" @click=${retry}>${speech.say('retry')}</button>`
        : nothing
    }
    ${
      elsewhere
        ? html`<a class="button" href=${elsewhere} target="_top" rel="noreferrer">
            ${speech.say('continueElsewhere', { host: new URL(elsewhere).host })}
          </a>`
        : nothing
    }
  </div>`;
}
