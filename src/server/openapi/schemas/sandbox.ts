import {
  playSchema,
  refundPlaySchema,
  renewalPlaySchema,
  renewedSchema,
} from '../../routes/sandbox-wishes.js';
import { described } from '../described.js';
import { minute, storyId } from '../story.js';

export const sandboxWishes = [
  described('SandboxOutcome', playSchema(), {
    description: 'What the buyer, or their bank, does.',
    fields: {
      outcome:
        '`declined` and `timed_out` leave the session open with a `failure`; `canceled` ends it.',
      reason: 'Why it is declined.',
      delayMs: 'Until the events come; the answer does not wait for them.',
      duplicates: 'How many more times each event is delivered.',
    },
    examples: {
      Paid: { outcome: 'succeeded' },
      'Too little money': { outcome: 'declined', reason: 'insufficient_funds' },
    },
  }),
  described('SandboxRefundOutcome', refundPlaySchema(), {
    description: 'How the provider answers the next refunds.',
    fields: { outcome: 'What happens to a refund.', reason: 'Why it is declined.' },
    examples: { 'An answer that comes later': { outcome: 'pending' } },
  }),
  described('SandboxRenewed', renewedSchema(), {
    description: 'How the subscription stands by now.',
    fields: { nextChargeAt: 'When the next period is charged; null where it has ended.' },
    examples: {
      Renewed: { id: storyId('subscription'), status: 'active', nextChargeAt: minute },
    },
  }),
  described('SandboxRenewal', renewalPlaySchema(), {
    description: 'How the next renewals go, and whether one is due now.',
    fields: {
      outcome: 'What happens to a charge; holds until it is said otherwise.',
      reason: 'Why it is declined.',
      renewNow: 'Charges the next period now, or tries one that failed again. Its dates stay.',
    },
    examples: {
      'The next one': { renewNow: true },
      'One that fails': { outcome: 'declined', reason: 'insufficient_funds', renewNow: true },
    },
  }),
];
