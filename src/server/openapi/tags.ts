/** The parts of the API, in the order in which a reader meets them. */
interface Part {
  readonly name: string;
  readonly description: string;
  readonly paths: readonly string[];
}

const parts: readonly Part[] = [
  {
    name: 'Payment links',
    description: 'What a merchant sends or embeds to be paid: made, changed, and how they do.',
    paths: ['/v1/payment-links'],
  },
  {
    name: 'Products',
    description: 'The catalogue: products, their SKUs with stock, and their prices.',
    paths: ['/v1/products', '/v1/skus', '/v1/prices'],
  },
  {
    name: 'Promotions',
    description: 'Coupons say what is taken off; promotion codes are the words that grant it.',
    paths: ['/v1/coupons', '/v1/promotion-codes'],
  },
  {
    name: 'Sales',
    description:
      'Checkout sessions, payments, refunds and subscriptions, as the merchant reads them.',
    paths: ['/v1/checkout-sessions', '/v1/payments', '/v1/subscriptions', '/v1/exports'],
  },
  {
    name: 'Events',
    description: 'What happened, in order: as a list, as a stream, and told to webhook endpoints.',
    paths: ['/v1/events', '/v1/webhook-endpoints'],
  },
  {
    name: 'Buyers',
    description: 'What a merchant does about a person.',
    paths: ['/v1/buyers'],
  },
  {
    name: 'Settings',
    description: 'What is settled once for all links, and the keys that open the API.',
    paths: ['/v1/settings', '/v1/api-keys'],
  },
  {
    name: 'Public',
    description:
      'What a buyer’s browser calls: no key, no cookie, any origin. Everything it is told may be known by anybody who has the link.',
    paths: ['/v1/public'],
  },
  {
    name: 'Sandbox',
    description:
      'Plays the buyer and the bank where the provider is the sandbox; called without a key.',
    paths: ['/v1/sandbox'],
  },
  {
    name: 'Operations',
    description: 'What whoever runs the backend asks it.',
    paths: ['/'],
  },
];

export const webhooksTag = {
  name: 'Webhooks',
  description:
    'What is sent to webhook endpoints, signed by the Standard Webhooks specification; verify it with one of its libraries. Any answer of 2xx within 15 seconds takes it; else it is tried again.',
};

/** Of what is there: the sandbox is not, where there is another provider. */
export function tagsOf(paths: readonly string[]) {
  const names = new Set(paths.map(tagOf));
  const used = parts.filter(({ name }) => names.has(name));
  return [...used.map(({ name, description }) => ({ name, description })), webhooksTag];
}

export const tagOf = (path: string): string =>
  parts.find(({ paths }) => paths.some((beginning) => path.startsWith(beginning)))?.name ?? '';
