/** Public ids: 24 characters of `[A-Za-z0-9]` by a CSPRNG with rejection sampling. */
import { customAlphabet } from 'nanoid';
import { type Id, type IdKind, idLength, idPrefixes } from '../contract/index.js';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** The random part of an id. */
export const newIdText = customAlphabet(alphabet, idLength);

export const newId = <Kind extends IdKind>(kind: Kind, text = newIdText()): Id<Kind> =>
  `${idPrefixes[kind]}_${text}` as Id<Kind>;

/** A promotion code nobody thought of: letters and digits that are not taken for one another. */
export const newCode = customAlphabet('ABCDEFGHJKMNPQRSTUVWXYZ23456789', 10);

/** A key or reference of our own: 40 characters carry 238 bits. */
export const newToken = customAlphabet(alphabet, 40);
