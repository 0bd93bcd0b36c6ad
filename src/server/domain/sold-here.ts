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

/** Whose it is instead, for a sentence that begins with what it is. */
export function elsewhereInWords({ provider }: Pick<Backend, 'provider'>, sold: Sold): string {
  const of =
    sold.provider === 'sandbox' ? 'the sandbox' : `${sold.provider}’s ${sideOf(sold)} side`;
  const here =
    sold.provider === provider.name
      ? `on the ${sideOf(provider)} side`
      : `by ${provider.name === 'sandbox' ? 'the sandbox' : provider.name}`;
  return `is of ${of}, and the server sells ${here}`;
}

const sideOf = ({ testMode }: Pick<Sold, 'testMode'>) => (testMode ? 'test' : 'live');
