/** Requests to every operation of the document: as it says they are, as its examples are, and with something wrong. */
import fc from 'fast-check';
import type { DocumentedOperation } from '../document.js';
import type { Json } from '../offers.js';
import {
  brokenText,
  contentTypes,
  oddHeaders,
  oddPaths,
  oddQueries,
  withFault,
} from './mutations.js';
import { valuesIn } from './values.js';

export interface FuzzRequest {
  readonly operationId: string;
  readonly method: string;
  /** With the query; places of ids are still to be filled in. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly hasKey: boolean;
}

const resolved = (document: Json, node: Json): Json =>
  node.$ref
    ? node.$ref
        .slice(2)
        .split('/')
        .reduce((at: Json, key: string) => at[key], document)
    : node;

/** One in `of`; nothing otherwise. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>, of: number): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: of - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const chance = (one: number, of: number): fc.Arbitrary<boolean> =>
  fc.nat({ max: of - 1 }).map((drawn) => drawn < one);

export function requestsTo(document: Json) {
  const values = valuesIn(document);

  /** Twice as often as an example shows it as the schema allows it. */
  function bodyOf({ requestBody }: Json): fc.Arbitrary<Json> {
    const { schema, examples } = requestBody.content['application/json'];
    const shown = Object.values<Json>(examples).map(({ value }) => value);
    const drawn = values(schema);
    const example = values({ examples: shown, enum: shown });
    return fc.oneof({ weight: 2, arbitrary: example }, { weight: 1, arbitrary: drawn });
  }

  function textOf(operation: Json): fc.Arbitrary<string | undefined> {
    if (!operation.requestBody) return seldom(brokenText('{"a":1}'), 20);
    const body = bodyOf(operation);
    const faulty = body.chain(withFault);
    const json = (value: Json) => JSON.stringify(value);
    return fc.oneof(
      { weight: 12, arbitrary: body.map(json) },
      { weight: 5, arbitrary: faulty.map(json) },
      { weight: 1, arbitrary: faulty.chain(withFault).map(json) },
      { weight: 1, arbitrary: body.map(json).chain(brokenText) },
      { weight: 1, arbitrary: fc.constant(undefined) },
    );
  }

  function pathOf({ path, operation }: DocumentedOperation): fc.Arbitrary<string> {
    const parameters: Json[] = operation.parameters.map((one: Json) => resolved(document, one));
    const inPath = parameters.filter((one) => one.in === 'path');
    const inQuery = parameters.filter((one) => one.in === 'query');
    const id = inPath.length
      ? fc.oneof({ weight: 9, arbitrary: values(inPath[0].schema) }, oddPaths)
      : fc.constant('');
    const query = fc.record(
      Object.fromEntries(inQuery.map(({ name, schema }) => [name, values(schema)])),
      { requiredKeys: [], noNullPrototype: true },
    );
    return fc
      .tuple(id, query, chance(1, 2), seldom(oddQueries, 12))
      .map(([filled, asked, isAsked, odd]) => {
        const text = new URLSearchParams(isAsked ? (asked as Record<string, string>) : {});
        const all = odd ?? text.toString();
        return path.replace(/\{\w+\}/, filled) + (all && `?${all}`);
      });
  }

  return (one: DocumentedOperation): fc.Arbitrary<FuzzRequest> =>
    fc
      .record({
        path: pathOf(one),
        body: textOf(one.operation),
        type: seldom(contentTypes, 25),
        odd: seldom(oddHeaders, 8),
        hasKey: chance(24, 25),
      })
      .map(({ path, body, type, odd, hasKey }) => ({
        operationId: one.operation.operationId,
        method: one.method,
        path,
        body: one.method === 'GET' ? undefined : body,
        hasKey,
        headers: {
          ...(body !== undefined && { 'content-type': type ?? 'application/json' }),
          ...odd,
        },
      }));
}
