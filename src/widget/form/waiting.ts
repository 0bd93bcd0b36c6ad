/** The session is open: the buyer pays here, elsewhere, or is being taken there. */
import { html, nothing } from 'lit';
import type { Awaiting } from '../checkout/checkout-state.js';
import { isSafeAddress } from '../handoff.js';
import type { Speech } from '../i18n/speech.js';
import { framedPayment } from './framed-payment.js';
import { failureSentence, problemSentence, testNote } from './notice.js';
import { isOfPhone, operatorOf, phonePayment } from './phone-payment.js';
import { clock, held } from './time-left.js';

export interface WaitingView {
  readonly speech: Speech;
  readonly awaiting: Awaiting;
  /** As it is typed so far. */
  readonly phone: string;
  /** Milliseconds until then. */
  leftUntil(time: string): number;
  readonly onPhone: (phone: string) => void;
  readonly onConfirm: (event: Event) => void;
  readonly onFrame: (event: Event) => void;
  /** By leaving this page. */
  readonly onContinue: (event: Event) => void;
  readonly onChange: () => void;
  readonly onCancel: () => void;
  readonly onExtend: () => void;
}

export function waiting(view: WaitingView) {
  const { awaiting, speech } = view;
  const { session, handoff } = awaiting;
  if (session.status === 'processing') return processing(view);
  const isFramed = handoff === 'frame' || handoff === 'late';
  return [
    trouble(view),
    handoff === 'phone' ? phonePayment(view) : isFramed ? framedPayment(view) : away(view),
    handoff === 'leaving' ? nothing : waysBack(view),
    testNote(speech, session),
  ];
}

function processing({ speech, awaiting, phone, leftUntil }: WaitingView) {
  const { session, handoff } = awaiting;
  const { approvalExpiresAt, total, currency } = session;
  const left = approvalExpiresAt ? leftUntil(approvalExpiresAt) : 0;
  return html`<div class="waiting">
    <div class="spinner" aria-hidden="true"></div>
    <div role="status" tabindex="-1" data-focus>
      ${
        approvalExpiresAt
          ? html`<h3>${speech.say('approve', { total: speech.money(total, currency) })}</h3>
              <p>${speech.say('approveHow')}</p>`
          : html`<p>${speech.say('confirming')}</p>`
      }
    </div>
    ${handoff === 'phone' && phone ? html`<p class="hint">${[operatorOf(phone, session), phone].filter(Boolean).join(' · ')}</p>` : nothing}
    ${left ? html`<p class="hint">${speech.say('timeLeft', { time: clock(speech, left) })}</p>` : nothing}
    ${testNote(speech, session)}
  </div>`;
}

/** What became of the last thing that was asked, until the next one. */
function trouble({ speech, awaiting: { session, problem, handoff } }: WaitingView) {
  const { failure } = session;
  // Elsewhere it is told where the payment is.
  const failed = failure && handoff === 'phone' && failureSentence(speech, failure.code);
  const said = problem && !isOfPhone(problem) ? problemSentence(speech, problem) : failed;
  return said
    ? html`<p class="notice trouble" part="notice" role="alert" tabindex="-1" data-focus>${said}</p>`
    : nothing;
}

function away({ speech, awaiting: { session, handoff }, onContinue }: WaitingView) {
  if (!isSafeAddress(session.url))
    return html`<div class="waiting" role="alert" tabindex="-1" data-focus>
      <p>${problemSentence(speech, 'bad_answer')}</p>
    </div>`;
  const isBlocked = handoff === 'blocked';
  const words = isBlocked ? handoff : handoff === 'leaving' ? handoff : 'waiting';
  return html`<div class="waiting" role="status" tabindex="-1" data-focus>
    ${isBlocked ? nothing : html`<div class="spinner" aria-hidden="true"></div>`}
    <p>${speech.say(words)}</p>
    <a
      class="button"
      href=${session.url}
      target=${isBlocked ? '_blank' : '_top'}
      rel="noopener"
      @click=${isBlocked ? nothing : onContinue}
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
  </div>`;
}

/** The second half of a double press lands on what has come into the place of the button that pays. */
const once = (act: () => void) => (event: MouseEvent) => {
  if (event.detail < 2) act();
};

/** How long the place is held, and how to be rid of it. */
function waysBack(view: WaitingView) {
  const { speech, awaiting, onChange, onCancel } = view;
  return html`<div class="ways">
    ${held(view)}
    ${
      awaiting.order
        ? html`<button type="button" class="quiet back" @click=${once(onChange)}>
            ${speech.say('changeOrder')}
          </button>`
        : nothing
    }
    <button type="button" class="quiet back" @click=${once(onCancel)}>
      ${speech.say('cancelPayment')}
    </button>
  </div>`;
}
