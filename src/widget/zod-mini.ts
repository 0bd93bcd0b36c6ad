/**
 * What the built script has in place of `zod/mini`: the few schemas that public answers are written in. The
 * contract stays the one source of their shapes; a sixth of the script goes, and what it costs to evaluate.
 *
 * One thing differs. A page may keep a script that is newer than its backend, so here what is absent is nothing:
 * null where that is allowed, false, an empty list. What a backend of today promises stays whole in the contract.
 */

class Mismatch extends Error {}

interface Schema {
  /** The value with unknown keys left out; throws a `Mismatch` where it is not as described. */
  read(value: unknown): unknown;
  check(...more: ((value: never) => boolean)[]): Schema;
  safeParse(value: unknown): { success: true; data: unknown } | { success: false; error: Mismatch };
}

const schema = (read: Schema['read']): Schema => ({
  read,
  check: (...more) =>
    schema((value) => {
      const known = read(value);
      must(more.every((holds) => holds(known as never)));
      return known;
    }),
  safeParse(value) {
    try {
      return { success: true, data: read(value) };
    } catch (error) {
      return { success: false, error: error as Mismatch };
    }
  },
});

function must(holds: boolean): void {
  if (!holds) throw new Mismatch();
}

const when = (holds: (value: unknown) => boolean): Schema =>
  schema((value) => {
    must(holds(value));
    return value;
  });

const entriesOf = (value: unknown): Record<string, unknown> => {
  must(typeof value === 'object' && value !== null && !Array.isArray(value));
  return value as Record<string, unknown>;
};

export const string = () => when((value) => typeof value === 'string');
export const boolean = () =>
  schema((value: unknown = false) => {
    must(typeof value === 'boolean');
    return value;
  });
export const number = () => when(Number.isFinite);
export const int = () => when(Number.isSafeInteger);
export const literal = (one: unknown) => when((value) => value === one);
const oneOf = (values: readonly unknown[]) => when((value) => values.includes(value));

export { oneOf as enum };

export const nullable = (inner: Schema) =>
  schema((value: unknown = null) => (value === null ? value : inner.read(value)));
export const optional = (inner: Schema) =>
  schema((value) => (value === undefined ? value : inner.read(value)));

export const array = (inner: Schema) =>
  schema((value: unknown = []) => {
    must(Array.isArray(value));
    return (value as unknown[]).map(inner.read);
  });

const fallback = (inner: Schema, value: unknown) =>
  schema((given) => {
    const read = inner.safeParse(given);
    return read.success ? read.data : value;
  });

export { fallback as catch };

export const record = (_key: Schema, inner: Schema) =>
  schema((value) =>
    Object.fromEntries(
      Object.entries(entriesOf(value)).map(([key, one]) => [key, inner.read(one)]),
    ),
  );

export const object = (shape: Record<string, Schema>) =>
  schema((value) => {
    const given = entriesOf(value);
    const known: Record<string, unknown> = {};
    for (const [key, inner] of Object.entries(shape)) {
      const read = inner.read(given[key]);
      if (read !== undefined) known[key] = read;
    }
    return known;
  });

export const union = (all: readonly Schema[]) =>
  schema((value) => {
    for (const one of all) {
      const read = one.safeParse(value);
      if (read.success) return read.data;
    }
    throw new Mismatch();
  });

export const regex = (pattern: RegExp) => (value: string) => pattern.test(value);
export const minimum = (bound: number) => (value: number) => value >= bound;
export const maximum = (bound: number) => (value: number) => value <= bound;

// Requests are the server's to read: what only their schemas use is named for the build, and shaken out of it.
export const maxLength = (bound: number) => (value: string) => value.length <= bound;
export const minLength = (bound: number) => (value: string) => value.length >= bound;
export const refine = <Check>(holds: Check): Check => holds;
export const trim = () => () => true;
export const iso = { datetime: string };
export { object as looseObject, object as strictObject };
