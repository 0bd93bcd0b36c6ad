/** Who came, as sums. */
import type { Id } from '../../../contract/index.js';

export interface LinkVisitTable {
  paymentLinkId: Id<'paymentLink'>;
  testMode: boolean;
  day: string;
  kind: 'host' | 'source';
  name: string;
  seen: number;
  opened: number;
  submitted: number;
  paid: number;
}
