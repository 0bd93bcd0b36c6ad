/** The address forms of the countries chosen so far, asked for once each, in the buyer's language. */
import type { AddressForm, OpenLink } from '../../contract/index.js';
import type { Client } from '../client.js';
import { type Draft, typedIn } from './draft.js';
import { addressNames, isAddressTyped } from './reading-buyer.js';

interface Asking {
  readonly client: Client;
  readonly locale: string;
}

export class AddressShelf {
  /** By country; null where a form could not be had. */
  readonly forms = new Map<string, AddressForm | null>();
  readonly #asked = new Set<string>();

  constructor(private readonly onCome: () => void) {}

  /** The forms of the countries that are chosen; resolves when each is there, or cannot be had. */
  need(asking: Asking, { collect }: OpenLink, draft: Draft): Promise<unknown> {
    const asked = addressNames.filter((name) => isAddressTyped(collect, draft, name));
    const countries = asked.map((name) => typedIn(draft, `${name}.country`));
    return Promise.all([...new Set(countries)].map((country) => this.#ask(asking, country)));
  }

  /** Those that could not be had will be asked for again. */
  forgetMissing(): void {
    for (const [country, form] of this.forms)
      if (!form) {
        this.forms.delete(country);
        this.#asked.clear();
      }
  }

  async #ask({ client, locale }: Asking, country: string): Promise<void> {
    const key = `${locale} ${country}`;
    if (this.#asked.has(key)) return;
    this.#asked.add(key);
    const form = await client.addressForm?.(country, locale).catch(() => null);
    // Better the labels of another language than none.
    if (form || !this.forms.has(country)) this.forms.set(country, form ?? null);
    this.onCome();
  }
}
