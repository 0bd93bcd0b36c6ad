/** Whether a code can be used, by what is known of it. */
import type { PromotionCode } from '../../contract/index.js';

export const codeStates = ['active', 'inactive', 'expired', 'exhausted'] as const;
export type CodeState = (typeof codeStates)[number];

type Known = Pick<PromotionCode, 'isActive' | 'expiresAt' | 'maxRedemptions' | 'redemptionCount'>;

/** @param now in milliseconds */
export function codeState(code: Known, now: number): CodeState {
  const { isActive, expiresAt, maxRedemptions, redemptionCount } = code;
  if (!isActive) return 'inactive';
  if (expiresAt && Date.parse(expiresAt) <= now) return 'expired';
  if (maxRedemptions !== null && redemptionCount >= maxRedemptions) return 'exhausted';
  return 'active';
}
