/** What payments only name by its id, read once for all pages: links by their names, sessions with their buyers. */
import {
  type Id,
  type MerchantSession,
  merchantLinkSchema,
  merchantSessionSchema,
} from '../contract/index.js';
import type { Api } from './api.js';
import type { News } from './desk.js';

export interface NamedLink {
  readonly id: string;
  readonly name: string;
}

export interface NewestLinks {
  readonly links: readonly NamedLink[];
  readonly isAll: boolean;
}

const noLinks: NewestLinks = { links: [], isAll: true };

type Customer = MerchantSession['customer'];

/** Whoever looks through a list waits for no more than this at once. */
const atOnce = 4;

export class Known {
  readonly #names = new Map<string, string>();
  readonly #buyers = new Map<string, Customer>();
  #newest = noLinks;
  #reading: Promise<void> | undefined;
  #areSessionsRead = false;

  constructor(private readonly api: Api) {}

  /** Of one merchant nothing is left to the next. */
  forget(): void {
    this.#names.clear();
    this.#buyers.clear();
    this.#newest = noLinks;
    this.#reading = undefined;
    this.#areSessionsRead = false;
  }

  hear({ type, data }: News): void {
    if (!type.startsWith('payment_link.') || typeof data.name !== 'string') return;
    this.#names.set(String(data.id), data.name);
    this.#reading = undefined;
  }

  nameOf(linkId: string): string | undefined {
    return this.#names.get(linkId);
  }

  buyerOf(sessionId: string): Customer | undefined {
    return this.#buyers.get(sessionId);
  }

  keep({ id, customer }: Pick<MerchantSession, 'id' | 'customer'>): void {
    this.#buyers.set(id, customer);
  }

  /** A hundred at most, as they were read last. */
  get newestLinks(): NewestLinks {
    return this.#newest;
  }

  /** What cannot be read stays unknown. */
  async learnLinks(): Promise<void> {
    this.#reading ??= this.#readLinks().catch(() => {
      this.#reading = undefined;
    });
    await this.#reading;
  }

  async #readLinks(): Promise<void> {
    const query = { limit: 100 };
    const page = await this.api.list(merchantLinkSchema(), '/v1/payment-links', { query });
    const links = page.data.map(({ id, name }) => ({ id, name }));
    for (const { id, name } of links) this.#names.set(id, name);
    this.#newest = { links, isAll: page.nextCursor === null };
  }

  /** @throws Problem */
  async learnName(linkId: string): Promise<string> {
    const known = this.#names.get(linkId);
    if (known !== undefined) return known;
    const { name } = await this.api.get(merchantLinkSchema(), `/v1/payment-links/${linkId}`);
    this.#names.set(linkId, name);
    return name;
  }

  /** The names of these links. What cannot be read stays unknown: a list is no worse for it. */
  async learnNames(linkIds: Iterable<string>): Promise<void> {
    const isUnknown = (id: string) => !this.#names.has(id);
    const ids = [...new Set(linkIds)];
    if (ids.filter(isUnknown).length > 1) await this.learnLinks();
    await inTurn(ids.filter(isUnknown), (id) => this.learnName(id));
  }

  /** Who bought in these sessions: the newest sessions in one reading, then those that are older. */
  async learnBuyers(sessionIds: Iterable<string>): Promise<void> {
    const isUnknown = (id: string) => !this.#buyers.has(id);
    const ids = [...new Set(sessionIds)];
    if (!this.#areSessionsRead && ids.filter(isUnknown).length > 1) {
      this.#areSessionsRead = true;
      const query = { limit: 100 };
      await this.api
        .list(merchantSessionSchema(), '/v1/checkout-sessions', { query })
        .then(({ data }) => data.forEach((session) => void this.keep(session)))
        .catch(() => undefined);
    }
    await inTurn(ids.filter(isUnknown), async (id) => {
      const path = `/v1/checkout-sessions/${id as Id<'checkoutSession'>}`;
      this.keep(await this.api.get(merchantSessionSchema(), path));
    });
  }
}

/** A few at a time; what fails is left out. */
async function inTurn(ids: readonly string[], work: (id: string) => Promise<unknown>) {
  const waiting = [...ids];
  const lane = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift())
      await work(id).catch(() => undefined);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}
