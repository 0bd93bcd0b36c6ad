/** The far side of a provider as tests play it, whichever provider it is. */
import type { Provider } from '../../../src/server/provider/provider.js';

/** As the provider sends it. */
export interface Message {
  readonly body: string;
  readonly headers: Record<string, string>;
}

/** What a call meets: the line breaks before or after its effect, or an answer nobody can use. */
export type Fault = 'before' | 'after' | 'malformed' | 429 | 500;

export interface Payment {
  /** In our minor units; as it was asked for where it is not said. */
  readonly amount?: number;
  readonly currency?: string;
  /** Seconds since 1970, of the signature. */
  readonly at?: number;
}

export interface FarSide {
  readonly provider: Provider;
  /** How a server is told to sell by it. */
  readonly environment: Record<string, string>;
  /** Checkouts that were opened, ended or not. */
  count(): number;
  /** What is to be paid there, in our minor units. */
  amountOf(ref: string): number;
  statusOf(ref: string): 'open' | 'complete' | 'expired';
  /** Its own time is up. */
  expire(ref: string): void;
  /** The buyer pays there. @returns what tells it */
  pay(ref: string, payment?: Payment): Message;
  /** Complete there, and paid by somebody who is slow: by a debit, or by a phone. */
  delay(ref: string): Message;
  /** An attempt fails for want of money. */
  decline(ref: string): Message;
  /** Signed, of a checkout nobody of ours has opened. */
  unknown(): Message;
  /** What the next calls that open a checkout meet. */
  meet(...faults: Fault[]): void;
  /** What every call meets until it is said otherwise: a provider that is down, or one that hangs. */
  meetAlways(fault: Fault | 'hanging' | null): void;
  /** How often it was asked about something. */
  reads(): number;
  close(): Promise<void>;
}
