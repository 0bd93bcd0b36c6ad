/**
 * Names the steps of a payment's path as each ends, on a diagnostics channel of Node's. Nobody listens in a running
 * server, and then it costs nothing; the crash proof ends the process at each of them.
 */
import { channel } from 'node:diagnostics_channel';

/** `… written` and its like lie inside a transaction, `… committed` behind it. */
export const steps = [
  'key claimed',
  'capacity taken',
  'session written',
  'session committed',
  'checkout opened',
  'answer kept',
  'attempt begun',
  'attempt told',
  'event received',
  'event noted',
  'payment moved',
  'session completed',
  'reservation confirmed',
  'event applied',
  'event committed',
  'event told',
  'event delivered',
  'checkout expired',
  'session ended',
  'reservation released',
  'end committed',
  'reservation taken again',
  'money without use',
  'return decided',
  'return committed',
  'refund decided',
  'refund answered',
  'refund settled',
  'reservation given back',
  'refund committed',
  'renewal begun',
  'charge answered',
  'subscription moved on',
  'subscription ended',
  'renewal committed',
  'delivery written',
  'delivery claimed',
  'delivery sent',
  'delivery noted',
] as const;

export type Step = (typeof steps)[number];

const passed = channel('paylink:step');

export function step(name: Step): void {
  if (passed.hasSubscribers) passed.publish(name);
}
