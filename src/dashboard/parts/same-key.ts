/**
 * The key by which the server knows a wish again: one as long as the wish stays the same, so that who presses again
 * after a lost answer does not make a second one.
 */
import { newKey } from '../api.js';

export class SameKey {
  #wish = '';
  #key = '';

  headers(wish: unknown): { readonly 'idempotency-key': string } {
    const text = JSON.stringify(wish);
    if (text !== this.#wish) {
      this.#wish = text;
      this.#key = newKey();
    }
    return { 'idempotency-key': this.#key };
  }
}
