/** Where one is in the desk: the address names the page, so that Back, reload and a sent address work. */

export interface Place {
  readonly page: PageName;
  /** What the page is about, by its id. */
  readonly id?: string | undefined;
  readonly query: URLSearchParams;
}

const patterns = {
  links: /^\/?$|^\/links$/,
  newLink: /^\/links\/new$/,
  link: /^\/links\/(?<id>plink_[A-Za-z0-9]{24})$/,
  editLink: /^\/links\/(?<id>plink_[A-Za-z0-9]{24})\/edit$/,
  payments: /^\/payments$/,
  payment: /^\/payments\/(?<id>pay_[A-Za-z0-9]{24})$/,
  subscriptions: /^\/subscriptions$/,
  subscription: /^\/subscriptions\/(?<id>sub_[A-Za-z0-9]{24})$/,
  products: /^\/products$/,
  newProduct: /^\/products\/new$/,
  product: /^\/products\/(?<id>prod_[A-Za-z0-9]{24})$/,
  settings: /^\/settings$/,
  codes: /^\/settings\/codes$/,
  newCode: /^\/settings\/codes\/new$/,
  webhooks: /^\/settings\/webhooks$/,
  webhook: /^\/settings\/webhooks\/(?<id>we_[A-Za-z0-9]{24})$/,
  keys: /^\/settings\/keys$/,
} as const;

export type PageName = keyof typeof patterns | 'missing';

const root = '/dashboard';

export function placeOf(url: URL): Place {
  const path = url.pathname.slice(root.length).replace(/(.)\/$/, '$1');
  const query = url.searchParams;
  for (const [page, pattern] of Object.entries(patterns)) {
    const found = pattern.exec(path);
    if (found) return { page: page as PageName, id: found.groups?.id, query };
  }
  return { page: 'missing', query };
}

/** The address of a place of the desk: `addressOf('links', id, 'edit')`. */
export function addressOf(...parts: readonly string[]): string {
  return [root, ...parts].join('/');
}

/** In which part of the desk a page is, as the navigation names them. */
export function partOf(
  page: PageName,
): 'links' | 'payments' | 'subscriptions' | 'products' | 'settings' | null {
  if (/[lL]ink/.test(page)) return 'links';
  if (page.startsWith('payment')) return 'payments';
  if (page.startsWith('subscription')) return 'subscriptions';
  if (/[pP]roduct/.test(page)) return 'products';
  return page === 'missing' ? null : 'settings';
}
