import type { Backend } from '../backend.js';

interface Sold {
  readonly provider: string;
  readonly testMode: boolean;
}

/**
 * Whether it is by the provider we sell by, and on the same side of it. Of others we hear nothing, and could ask
 * nothing: a live key knows no checkout of the test side.
 */
export const isSoldHere = ({ provider }: Pick<Backend, 'provider'>, sold: Sold): boolean =>
  sold.provider === provider.name && sold.testMode === provider.testMode;
