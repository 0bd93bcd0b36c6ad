/** Kinds of columns. */
import type { ColumnType } from 'kysely';

export /** Read as the parsed value, written as JSON text. */
type Json<T> = ColumnType<T, string, string>;
export type Defaulted<T> = ColumnType<T, T | undefined, T>;
export type Texts = Record<string, string>;
