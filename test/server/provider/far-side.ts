/** The far side of a provider as tests play it, whichever provider it is. */
import type { Provider } from '../../../src/server/provider/provider.js';
import type { House } from '../house.js';

/** As the provider sends it. */
export interface Message {
  readonly body: string;
  readonly headers: Record<string, string>;
}

/** What a call meets: the line breaks before or after its effect, no answer at all, or one that nobody can use. */
export type Fault = 'before' | 'after' | 'never' | 'malformed' | 429 | 500;

export interface Payment {
  /** In our minor units; as it was asked for where it is not said. */
  readonly amount?: number;
  readonly currency?: string;
  /** Seconds since 1970, of the signature. */
  readonly at?: number;
}

type Soon<Value> = Value | Promise<Value>;

export interface FarSide {
  /** None where it is the one that the house has by itself. */
  readonly provider?: Provider;
  /** Once the house is there. */
  enter?(house: House): void;
  /** Where its messages come another way than over HTTP. @returns the status that would answer */
  deliver?(message: Message): Promise<number>;
  /** Checkouts that were opened, ended or not. */
  count(): Soon<number>;
  /** What is to be paid there, in our minor units. */
  amountOf(ref: string): Soon<number>;
  statusOf(ref: string): Soon<'open' | 'complete' | 'expired'>;
  /** Its own time is up. */
  expire(ref: string): Soon<void>;
  /** The buyer pays there. @returns what tells it */
  pay(ref: string, payment?: Payment): Soon<Message>;
  /** An attempt fails for want of money. */
  decline(ref: string): Soon<Message>;
  /** Signed, of a checkout that is not ours, though it may name the same session. */
  elsewhere(ref: string): Soon<Message>;
  /** Signed, of a checkout nobody of ours has opened. */
  unknown(): Message;
  /** What the next calls that open a checkout meet. */
  meet(...faults: Fault[]): void;
  /** What the next call to ask how this checkout stands meets, whoever asks. */
  meetReading(ref: string, ...faults: Fault[]): void;
  close(): Promise<void>;
}

/** One that is asked over a network. */
export interface AfarSide extends FarSide {
  readonly provider: Provider;
  /** How a server is told to sell by it. */
  readonly environment: Record<string, string>;
  /** Complete there, and paid by somebody who is slow: by a debit, or by a phone. */
  delay(ref: string): Message;
  /** What every call meets until it is said otherwise: a provider that is down, or one that hangs. */
  meetAlways(fault: Fault | 'hanging' | null): void;
  /** How often it was asked about something. */
  reads(): number;
}
