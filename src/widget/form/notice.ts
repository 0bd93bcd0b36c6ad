/** What the buyer should know before going on, with the way to go on. */
import { html, nothing } from 'lit';
import type { Notice } from '../checkout/checkout-state.js';
import type { Speech } from '../i18n/speech.js';

interface NoticeActions {
  readonly currency: string;
  readonly retry: () => void;
  readonly dismiss: () => void;
  /** Address of the payment that can be continued, and what a press on it does. */
  readonly continueAt: string | undefined;
  readonly onContinue: (event: Event) => void;
  readonly onCancel: () => void;
}

export function notice(speech: Speech, shown: Notice | null, actions: NoticeActions) {
  if (!shown) return nothing;
  const isTrouble = shown.kind === 'problem' || shown.kind === 'not_paid';
  const canRetry = shown.kind === 'problem' && shown.isRetryable;
  const { continueAt, retry, dismiss, onContinue, onCancel } = actions;
  return html`<div
    class="notice ${isTrouble ? 'trouble' : ''}"
    part="notice"
    role=${isTrouble ? 'alert' : 'status'}
    tabindex="-1"
    data-focus
  >
    <p>${noticeText(speech, shown, actions.currency)}</p>
    <div class="actions">
      ${canRetry ? html`<button type="button" class="quiet" @click=${retry}>${speech.say('retry')}</button>` : nothing}
      ${
        continueAt
          ? html`<a class="button" href=${continueAt} target="_top" @click=${onContinue}>
                ${speech.say('continuePayment')}
              </a>
              <button type="button" class="quiet" @click=${onCancel}>
                ${speech.say('cancelPayment')}
              </button>`
          : nothing
      }
      ${
        canRetry || continueAt
          ? nothing
          : html`<button type="button" class="quiet" @click=${dismiss}>${speech.say('dismiss')}</button>`
      }
    </div>
  </div>`;
}

function noticeText(speech: Speech, shown: Notice, currency: string): string {
  switch (shown.kind) {
    case 'still_open':
      return speech.say('stillOpen');
    case 'canceled':
      return speech.say('wasCanceled');
    case 'expired':
      return speech.say('wasExpired');
    case 'price_changed':
      return speech.say('nowCosts', { total: speech.money(shown.total, currency) });
    case 'not_paid':
      return failureSentence(speech, shown.failure);
    case 'problem': {
      const { code, retryAfter, isRetryable } = shown;
      const wait = retryAfter ? speech.count('retryIn', retryAfter) : '';
      const kept = isRetryable ? speech.say('kept') : '';
      return [problemSentence(speech, code), wait, kept].filter(Boolean).join(' ');
    }
    default:
      return shown satisfies never;
  }
}

/** Wherever a buyer types or reads of money that does not move. */
export const testNote = (speech: Speech, { testMode }: { testMode: boolean }) =>
  testMode ? html`<p class="test">${speech.say('testMode')}</p>` : nothing;

/** Why a payment did not work; a code this version does not know is told as declined. */
export function failureSentence(speech: Speech, failure: string): string {
  const { failures } = speech.messages;
  return speech.say('didNotWork', { reason: known(failures, failure) ?? failures.declined });
}

/** Every code has a sentence; one this version does not know is told as trouble on our side. */
export const problemSentence = ({ messages }: Speech, code: string): string =>
  known(messages.problems, code) ?? messages.problems.internal;

const known = (sentences: Readonly<Record<string, string>>, code: string): string | undefined =>
  Object.hasOwn(sentences, code) ? sentences[code] : undefined;
