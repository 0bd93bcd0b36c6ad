/** What OpenAPI says of a route, from the same schemas that read its body and shape its answer. */
import { type DescribeRouteOptions, describeRoute } from 'hono-openapi';
import * as z from 'zod/mini';
import type { ProblemCode } from '../../contract/index.js';
import { describedBy, pathOf } from '../openapi/components.js';
import { headerOf, parameter } from '../openapi/parameters.js';
import type { Operation } from '../openapi/types.js';
import { momentPattern } from './span.js';

export interface WholeNumber {
  readonly minimum: number;
  readonly maximum: number;
  readonly default: number;
  readonly description: string;
}

export interface Text {
  readonly maxLength: number;
  readonly description: string;
}

interface Told {
  /** Its name in clients that are generated. */
  readonly id: string;
  readonly summary: string;
  /** What happens, in plain words. */
  readonly description: string;
  readonly body?: z.ZodMiniType;
  /** An absent body means an empty one. */
  readonly isBodyOptional?: boolean;
  readonly answer?: z.ZodMiniType;
  /** 200 where it is not said. */
  readonly status?: number;
  /** Of a list: its filters with their choices, null for an id. */
  readonly filters?: Readonly<Record<string, readonly string[] | null>>;
  /** Filters of what is answered whole, without pages. */
  readonly choices?: Readonly<Record<string, readonly string[] | null>>;
  /** Whether it can be limited to a span of time, by `from` and `to`. */
  readonly span?: boolean;
  /** Other texts of the query, in words. */
  readonly query?: Readonly<Record<string, string>>;
  /** Texts of the query that are held to a length. */
  readonly texts?: Readonly<Record<string, Text>>;
  /** Whole numbers of the query. */
  readonly numbers?: Readonly<Record<string, WholeNumber>>;
  /** Called without a key. */
  readonly isPublic?: boolean;
  /** Problems of its own, besides those that every operation of its kind may meet (`complete.ts`). */
  readonly problems?: readonly ProblemCode[];
  /** Whether the answer has an `ETag`, and what can be asked of it. */
  readonly etag?: 'told' | 'ifMatch' | 'ifNoneMatch';
  /** Further answers that are no problem. */
  readonly others?: Readonly<Record<number, { summary: string; answer?: z.ZodMiniType }>>;
  /** Answers with server-sent events; what they look like. */
  readonly events?: string;
  /** Answers with a file of this kind. */
  readonly file?: { readonly type: string; readonly example: string };
}

const media = (schema: z.ZodMiniType) => {
  const lists = listed.get(schema);
  const { name, examples } = describedBy(lists ?? schema);
  const ref = { $ref: pathOf(name) };
  const shown = Object.entries(examples).map(([summary, value], index) => [
    `${index + 1}`,
    { summary, value: lists ? { data: [value], nextCursor: null } : value },
  ]);
  return {
    'application/json': {
      schema: lists ? pageOf(ref) : ref,
      ...(shown.length > 0 && { examples: Object.fromEntries(shown) }),
    },
  };
};

const pageOf = (items: { $ref: string }) =>
  ({
    type: 'object',
    properties: {
      data: { type: 'array', items, description: 'Newest first.' },
      nextCursor: {
        type: ['string', 'null'],
        description: 'The `cursor` of the next page; null at the end.',
      },
    },
    required: ['data', 'nextCursor'],
  }) as const;

const inQuery = (name: string, description: string, schema: object) =>
  ({ name, in: 'query', description, schema }) as const;

const filterParameters = (filters: NonNullable<Told['filters']>) =>
  Object.entries(filters).map(([name, choices]) =>
    choices
      ? inQuery(name, `Only those of this ${name}.`, { type: 'string', enum: [...choices] })
      : inQuery(name, ...idFilters[name as keyof typeof idFilters]),
  );

const listParameters = (filters: NonNullable<Told['filters']>) => [
  parameter('Limit'),
  parameter('Cursor'),
  ...filterParameters(filters),
];

const moment = {
  type: 'string',
  pattern: momentPattern.source,
  examples: ['2030-05-04', '2030-05-04T09:30:00Z'],
};

const spanParameters = [
  inQuery('from', 'Only those from this day (in UTC) or instant on.', moment),
  inQuery(
    'to',
    'Only those up to this day (in UTC), which counts, or before this instant.',
    moment,
  ),
];

const ofId = (what: string, pattern: string) =>
  [`Only those of this ${what}.`, { type: 'string', pattern }] as const;

const idFilters = {
  paymentLinkId: ofId('payment link', '^plink_'),
  checkoutSessionId: ofId('checkout session', '^cs_'),
  subscriptionId: ofId('subscription', '^sub_'),
  objectId: ofId('link, checkout session, payment or subscription', '^(plink|cs|pay|sub)_'),
};

const eventStream = (example: string) => ({
  'text/event-stream': { schema: { type: 'string' } as const, example },
});

const fileOf = ({ type, example }: NonNullable<Told['file']>) => ({
  [type]: { schema: { type: 'string' } as const, example },
});

export const operation = ({
  id,
  summary,
  description,
  body,
  isBodyOptional = false,
  answer,
  status = 200,
  filters,
  choices = {},
  span = false,
  query = {},
  texts = {},
  numbers = {},
  isPublic = false,
  problems = [],
  etag,
  others = {},
  events,
  file,
}: Told) => {
  const headers = { ...(etag && { ETag: headerOf('ETag') }) };
  const told: Operation = {
    operationId: id,
    summary,
    description,
    parameters: [
      ...(filters ? listParameters(filters) : []),
      ...filterParameters(choices),
      ...(span ? spanParameters : []),
      ...Object.entries(query).map(([name, words]) => inQuery(name, words, { type: 'string' })),
      ...Object.entries(texts).map(([name, { description: words, maxLength }]) =>
        inQuery(name, words, { type: 'string', minLength: 1, maxLength }),
      ),
      ...Object.entries(numbers).map(([name, { description: words, ...range }]) =>
        inQuery(name, words, { type: 'integer', ...range }),
      ),
      ...(etag === 'ifMatch' ? [parameter('IfMatch')] : []),
      ...(etag === 'ifNoneMatch' ? [parameter('IfNoneMatch')] : []),
      ...(events ? [parameter('LastEventId')] : []),
    ],
    security: isPublic ? [] : [{ key: [] }],
    ...(body && { requestBody: { required: !isBodyOptional, content: media(body) } }),
    responses: {
      [status]: {
        description: summary,
        headers,
        ...(answer && { content: media(answer) }),
        ...(events && { content: eventStream(events) }),
        ...(file && { content: fileOf(file) }),
      },
      ...Object.fromEntries(
        Object.entries(others).map(([code, { summary: words, answer: other }]) => [
          code,
          { description: words, ...(other && { content: media(other) }) },
        ]),
      ),
      ...(etag === 'ifNoneMatch' && { 304: { description: 'Nothing has changed.', headers } }),
    },
    'x-problems': problems,
  };
  return describeRoute(told as unknown as DescribeRouteOptions);
};

const listed = new WeakMap<z.ZodMiniType, z.ZodMiniType>();

export function listOf(schema: z.ZodMiniType): z.ZodMiniType {
  const list = z.object({ data: z.array(schema), nextCursor: z.nullable(z.string()) });
  listed.set(list, schema);
  return list;
}
