/** What a letter knows: handed in whole, so a letter is a function of it. */
import type { Interval, Totals } from '../../contract/index.js';

export interface LetterView {
  readonly kind: 'purchase' | 'renewal' | 'refund';
  readonly recipient: 'buyer' | 'merchant';
  /** As it was asked for; letters speak what the pages speak. */
  readonly locale: string | null;
  readonly merchantName: string;
  readonly linkName: string;
  readonly totals: Totals;
  /** What was taken, or given back. */
  readonly amount: number;
  readonly at: string;
  readonly recurring: LetterRecurring | null;
  readonly customer: { readonly email: string | null; readonly name: string | null };
  readonly reference: string | null;
  readonly sessionId: string;
  readonly confirmationUrl: string | null;
  readonly manageUrl: string | null;
  readonly testMode: boolean;
}

export interface LetterRecurring {
  readonly amount: number;
  readonly interval: Interval;
  readonly intervalCount: number;
  readonly nextChargeAt: string;
  readonly trialEndsAt: string | null;
  /** Once a discount has ended. */
  readonly later: { readonly fullAmount: number; readonly discountEndsAt: string } | null;
}
