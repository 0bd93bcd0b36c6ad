/**
 * Values of a JSON Schema, as far as our document goes, as arbitraries of fast-check: one seed for all of a run.
 * An id is drawn as a place among the ids there are, and filled in when it is sent.
 */
import fc from 'fast-check';
import type { Json } from '../offers.js';

/** `plink_Place0000000000000000417` stands for an id of this kind. */
const placeOf = (prefix: string) =>
  fc.nat({ max: 999 }).map((place) => `${prefix}_Place${String(place).padStart(19, '0')}`);

/** Puts an id in each place. */
export const filled = (text: string, idAt: (prefix: string, place: number) => string): string =>
  text.replace(/\b([a-z]+)_Place(\d{19})/g, (_, prefix, place) => idAt(prefix, Number(place)));

const idPattern = /^\^([a-z]+)_(?:\[|$)/;

/** The ids of examples are nobody's: others take their place. */
const withPlaces = (value: Json): fc.Arbitrary<Json> => {
  const text = JSON.stringify(value);
  const ids = [...text.matchAll(/([a-z]+)_Example\d{17}/g)];
  return fc.tuple(...ids.map(([, prefix = '']) => placeOf(prefix))).map((places) => {
    let next = 0;
    return JSON.parse(text.replace(/[a-z]+_Example\d{17}/g, () => places[next++] as string));
  });
};

const instants = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

const currencies = fc.constantFrom('EUR', 'XAF', 'KWD', 'USD', 'XXX');
const addresses = fc.constantFrom(
  'https://shop.example/',
  'https://shop.example/thanks?session={CHECKOUT_SESSION_ID}',
  'http://127.0.0.1:9/hook',
  'javascript:alert(1)',
);

/** What a schema cannot say and the server asks for all the same. */
const byName: readonly [RegExp, fc.Arbitrary<Json>][] = [
  [/^(currency|minimumAmountCurrency)$/, currencies],
  [/(^url|Url)$/, addresses],
  [/^email$/, fc.constantFrom('anna@example.com', 'ben@example.org', 'nobody')],
];

const text = ({ pattern, format, minLength = 0, maxLength = 40 }: Json): fc.Arbitrary<string> => {
  const [, prefix] = idPattern.exec(pattern ?? '') ?? [];
  if (prefix) return placeOf(prefix);
  if (format === 'date-time') return instants;
  if (format === 'email') return fc.constantFrom('anna@example.com', 'ben@example.org');
  if (pattern) return fc.stringMatching(new RegExp(pattern)).map((all) => all.slice(0, maxLength));
  return fc.oneof(
    fc.string({ minLength, maxLength: Math.min(maxLength, 40), unit: 'grapheme' }),
    fc.lorem({ maxCount: 3 }).map((words) => words.slice(0, maxLength)),
  );
};

const integer = ({ minimum = -1000, maximum = 1e12 }: Json): fc.Arbitrary<number> => {
  const min = Math.max(minimum, -1e12);
  const max = Math.min(maximum, 1e12);
  return fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min, max: Math.min(max, min + 5_000) }) },
    { weight: 1, arbitrary: fc.constantFrom(min, max) },
  );
};

export function valuesIn(document: Json): (schema: Json, name?: string) => fc.Arbitrary<Json> {
  const known = new Map<string, fc.Arbitrary<Json>>();

  function named($ref: string): fc.Arbitrary<Json> {
    const found = known.get($ref);
    if (found) return found;
    const made = values(document.components.schemas[$ref.split('/').pop() ?? '']);
    known.set($ref, made);
    return made;
  }

  const object = ({ properties = {}, required = [], ...schema }: Json): fc.Arbitrary<Json> =>
    Object.keys(properties).length || schema.additionalProperties === false
      ? fc.record(
          Object.fromEntries(
            Object.entries<Json>(properties).map(([name, field]) => [name, values(field, name)]),
          ),
          { requiredKeys: required, noNullPrototype: true },
        )
      : fc.dictionary(
          schema.propertyNames ? values(schema.propertyNames) : fc.string({ maxLength: 10 }),
          values(schema.additionalProperties ?? {}),
          { maxKeys: 3, noNullPrototype: true },
        );

  function values(schema: Json, name = ''): fc.Arbitrary<Json> {
    if (schema.$ref) return named(schema.$ref);
    const special = byName.find(([pattern]) => pattern.test(name));
    if (special && schema.type === 'string') return special[1];
    const examples: Json[] = schema.examples ?? [];
    const drawn = plain(schema, name);
    return examples.length
      ? fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...examples).chain(withPlaces) }, drawn)
      : drawn;
  }

  function plain(schema: Json, name: string): fc.Arbitrary<Json> {
    if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one: Json) => values(one, name)));
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    switch (schema.type) {
      case 'object':
        return object(schema);
      case 'array':
        return fc.array(values(schema.items, name), {
          minLength: schema.minItems ?? 0,
          maxLength: Math.min(schema.maxItems ?? 3, Math.max(3, schema.minItems ?? 0)),
        });
      case 'integer':
        return integer(schema);
      case 'number':
        return fc.oneof(fc.integer({ min: 1, max: 100 }), fc.double({ noNaN: true }));
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'string':
        return text(schema);
      default:
        return fc.jsonValue() as fc.Arbitrary<Json>;
    }
  }

  return values;
}
