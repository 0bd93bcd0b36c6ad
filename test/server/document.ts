/** The OpenAPI document as a judge: whether an answer, and the request it took, are as the document says. */
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Json } from './offers.js';

const methods = ['get', 'post', 'patch', 'delete'] as const;

export interface DocumentedOperation {
  readonly method: string;
  /** As OpenAPI writes it. */
  readonly path: string;
  readonly operation: Json;
}

export const operationsOf = (document: Json): DocumentedOperation[] =>
  Object.entries<Json>(document.paths).flatMap(([path, item]) =>
    methods
      .filter((method) => item[method])
      .map((method) => ({ method: method.toUpperCase(), path, operation: item[method] })),
  );

export interface Exchange {
  readonly method: string;
  readonly path: string;
  /** What was sent, as text. */
  readonly sent: string;
  readonly status: number;
  readonly headers: Headers;
  /** Absent of a stream, which has no end to wait for. */
  readonly text: string | undefined;
}

/** Says what is wrong with the exchange, or nothing. */
export type Judge = (exchange: Exchange) => string | undefined;

const escaped = (part: string) => part.replaceAll('~', '~0').replaceAll('/', '~1');

/** To the outside answers are open, for what may come one day; here they have to be known. */
function close(node: Json): void {
  if (typeof node !== 'object' || node === null) return;
  if (node.type === 'object' && node.properties && node.additionalProperties === undefined)
    node.additionalProperties = false;
  for (const inner of Object.values(node)) close(inner);
}

function validatorOf(document: Json) {
  const ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: false });
  addFormats(ajv);
  ajv.addSchema(document, 'openapi');
  const known = new Map<string, Json>();
  return (place: readonly string[], value: unknown): string | undefined => {
    const $ref = `openapi#/${place.map((part) => encodeURIComponent(escaped(part))).join('/')}`;
    const validate = known.get($ref) ?? ajv.compile({ $ref });
    known.set($ref, validate);
    return validate(value) ? undefined : ajv.errorsText(validate.errors, { dataVar: '' });
  };
}

export function judgeBy(document: Json): Judge {
  const open = validatorOf(document);
  const strict = structuredClone(document);
  close(strict);
  const closed = validatorOf(strict);
  const known = operationsOf(document).map((one) => {
    const source = one.path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+');
    return { ...one, pattern: new RegExp(`^${source}$`) };
  });
  // What is spelt out comes before what takes anything for an id.
  known.sort((one, other) => Number(one.path.includes('{')) - Number(other.path.includes('{')));

  const eventFault = (event: Json) =>
    open(
      ['webhooks', event.type, 'post', 'requestBody', 'content', 'application/json', 'schema'],
      event,
    );

  return ({ method, path, sent, status, headers, text }) => {
    const found = known.find((one) => one.method === method && one.pattern.test(path));
    const type = headers.get('content-type')?.split(';')[0] ?? '';
    if (!headers.get('x-request-id')) return 'no X-Request-Id';
    // Who asks, whether again, and how large the body is, is looked at before where it is to go.
    if (status === 405 && headers.get('allow')) return undefined;
    if (!found)
      return type === 'application/problem+json' && [401, 404, 409, 413, 422].includes(status)
        ? undefined
        : `undocumented: ${status} ${type}`;
    const { operation } = found;
    const answer = operation.responses[status];
    if (!answer) return `the status ${status} is undocumented`;
    const isReplay = headers.has('idempotent-replayed');
    if (answer.headers?.ETag && !isReplay && !headers.has('etag')) return 'no ETag';
    if (status === 429 && !headers.has('retry-after')) return 'no Retry-After';
    if (!answer.content)
      return text === '' ? undefined : `${status} has a body that is undocumented`;
    if (!answer.content[type]) return `the content type ${type} of ${status} is undocumented`;
    if (text === undefined || type === 'text/event-stream') return undefined;
    const at = ['paths', found.path, method.toLowerCase()];
    const body = JSON.parse(text);
    const fault = closed([...at, 'responses', String(status), 'content', type, 'schema'], body);
    if (fault) return `the body of ${status} is off its schema: ${fault}`;
    if (found.path === '/v1/events' && status === 200)
      for (const event of body.data) {
        const wrong = eventFault(event);
        if (wrong) return `${event.type} is off its schema: ${wrong}`;
      }
    if (status < 300 && operation.requestBody && sent) {
      const taken = open(
        [...at, 'requestBody', 'content', 'application/json', 'schema'],
        JSON.parse(sent),
      );
      if (taken) return `took what is off the schema of the request: ${taken}`;
    }
    return undefined;
  };
}
