/** The payment providers there are: one entry each, with the variables it is set up by. */
import type { Provider } from './provider.js';
import { createStripe } from './stripe/stripe.js';
import { createYabetoo } from './yabetoo/yabetoo.js';

export interface Variable {
  readonly name: string;
  readonly pattern: RegExp;
  /** What it must be, as the end of a sentence; its value is never told. */
  readonly form: string;
}

/** What an entry's variables say. */
export interface ProviderKeys {
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** The API's origin, for a stand-in. */
  readonly apiUrl: string | undefined;
}

export interface ProviderEntry {
  readonly name: string;
  readonly secretKey: Variable;
  readonly webhookSecret: Variable;
  readonly apiUrl: string;
  isLive(secretKey: string): boolean;
  make(keys: ProviderKeys): Provider;
}

const stripe: ProviderEntry = {
  name: 'stripe',
  secretKey: {
    name: 'STRIPE_SECRET_KEY',
    pattern: /^[sr]k_(test|live)_[A-Za-z0-9_]{8,250}$/,
    form: 'a key of the API: sk_test_…, sk_live_…, or a restricted one: rk_test_…, rk_live_…',
  },
  webhookSecret: {
    name: 'STRIPE_WEBHOOK_SECRET',
    pattern: /^whsec_[\x21-\x7e]{6,250}$/,
    form: 'the signing secret of the webhook endpoint: whsec_…',
  },
  apiUrl: 'STRIPE_API_URL',
  isLive: (key) => key.includes('_live_'),
  make: createStripe,
};

const yabetoo: ProviderEntry = {
  name: 'yabetoo',
  secretKey: {
    name: 'YABETOO_SECRET_KEY',
    pattern: /^sk_(test|live)_[\x21-\x7e]{6,250}$/,
    form: 'a secret key of the API: sk_test_… or sk_live_…',
  },
  webhookSecret: {
    name: 'YABETOO_WEBHOOK_SECRET',
    pattern: /^[\x21-\x7e]{8,250}$/,
    form: 'the secret of the webhook, at least 8 visible characters without spaces',
  },
  apiUrl: 'YABETOO_API_URL',
  isLive: (key) => key.startsWith('sk_live_'),
  make: (keys) => createYabetoo({ ...keys, now: () => Date.now() }),
};

/** All but the sandbox, which is no house of its own and needs no keys. */
export const providers: readonly ProviderEntry[] = [stripe, yabetoo];

export const variablesOf = ({ secretKey, webhookSecret, apiUrl }: ProviderEntry): string[] => [
  secretKey.name,
  webhookSecret.name,
  apiUrl,
];
