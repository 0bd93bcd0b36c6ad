/** A promotion code and what it takes off, as they are being written. */

export interface DraftAmount {
  readonly key: number;
  readonly amount: string;
  readonly currency: string;
}

export interface DraftLimits {
  readonly maxRedemptions: string;
  /** As a field for local time writes it. */
  readonly expiresAt: string;
}

export interface CodeDraft extends DraftLimits {
  /** Of a coupon that is there already; empty: a new one is written. */
  readonly couponId: string;
  readonly kind: 'percent' | 'amount';
  readonly percent: string;
  readonly amounts: readonly DraftAmount[];
  readonly duration: 'once' | 'repeating' | 'forever';
  readonly months: string;
  readonly name: string;
  readonly code: string;
  readonly minimumAmount: string;
  readonly minimumCurrency: string;
  readonly firstTime: boolean;
}

let count = 0;

export const emptyAmount = (currency: string): DraftAmount => ({
  ...{ key: ++count, amount: '', currency },
});

export const emptyCode = (currency: string): CodeDraft => ({
  ...{ couponId: '', kind: 'percent', percent: '', amounts: [emptyAmount(currency)] },
  ...{ duration: 'once', months: '3', name: '', code: '', maxRedemptions: '', expiresAt: '' },
  ...{ minimumAmount: '', minimumCurrency: currency, firstTime: false },
});

/** Without what is easily taken for something else: 0 and O, 1, I and L. */
const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** A code nobody guesses. @param bytes at least eight, by chance */
export const codeFrom = (bytes: Uint8Array): string =>
  Array.from(bytes.slice(0, 8), (byte) => letters[byte % letters.length]).join('');
