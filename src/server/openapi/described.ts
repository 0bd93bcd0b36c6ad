/** What the document says of a schema beyond its shape: its name, what it is, its fields in words, examples. */
import type * as z from 'zod/mini';

type Fields<Value> = Partial<Record<Value extends unknown ? keyof Value : never, string>>;

export interface Described {
  readonly schema: z.ZodMiniType;
  /** As it is named in `#/components/schemas`. */
  readonly name: string;
  readonly description: string;
  /** Fields that mean something else here than their name does everywhere (`field-words.ts`). */
  readonly fields: Readonly<Record<string, string>>;
  /** By a name in words. */
  readonly examples: Readonly<Record<string, unknown>>;
}

interface Words<Schema extends z.ZodMiniType> {
  readonly description: string;
  readonly fields?: Fields<z.output<Schema>>;
  readonly examples?: Readonly<Record<string, z.output<Schema>>>;
}

/** Fields and examples are held against the schema by the compiler: what is gone from one is missed in the other. */
export const described = <Schema extends z.ZodMiniType>(
  name: string,
  schema: Schema,
  { description, fields = {}, examples = {} }: Words<Schema>,
): Described => ({
  schema,
  name,
  description,
  fields: fields as Record<string, string>,
  examples,
});
