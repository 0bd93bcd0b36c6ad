/** What OpenAPI says of a route, from the same schemas that read its body and shape its answer. */
import { describeRoute, resolver } from 'hono-openapi';
import * as z from 'zod/mini';
import { problemSchema } from '../../contract/index.js';

interface Operation {
  readonly summary: string;
  readonly body?: z.ZodMiniType;
  /** Whether it may be called without its body. */
  readonly bodyIsOptional?: boolean;
  readonly answer?: z.ZodMiniType;
  /** 200 where it is not said. */
  readonly status?: number;
  /** Of a list: its filters with their choices, null for an id. */
  readonly filters?: Readonly<Record<string, readonly string[] | null>>;
  /** Other texts of the query. */
  readonly query?: readonly string[];
  /** Called without a key. */
  readonly isPublic?: boolean;
}

const json = (schema: z.ZodMiniType) => ({ 'application/json': { schema: resolver(schema) } });

const inQuery = (name: string, schema: { type: 'integer' | 'string'; [key: string]: unknown }) =>
  ({ name, in: 'query', schema }) as const;

const listParameters = (filters: NonNullable<Operation['filters']>) => [
  inQuery('limit', { type: 'integer', minimum: 1, maximum: 100, default: 20 }),
  inQuery('cursor', { type: 'string' }),
  ...Object.entries(filters).map(([name, choices]) =>
    inQuery(name, { type: 'string', ...(choices && { enum: [...choices] }) }),
  ),
];

export const operation = ({
  summary,
  body,
  bodyIsOptional = false,
  answer,
  status = 200,
  filters,
  query = [],
  isPublic = false,
}: Operation) =>
  describeRoute({
    summary,
    parameters: [
      ...(filters ? listParameters(filters) : []),
      ...query.map((name) => inQuery(name, { type: 'string' })),
    ],
    security: isPublic ? [] : [{ key: [] }],
    ...(body && { requestBody: { required: !bodyIsOptional, content: json(body) } }),
    responses: {
      [status]: { description: summary, ...(answer && { content: json(answer) }) },
      default: {
        description: 'A problem, by RFC 9457',
        content: { 'application/problem+json': { schema: resolver(problemSchema()) } },
      },
    },
  });

export const listOf = (schema: z.ZodMiniType) =>
  z.object({ data: z.array(schema), nextCursor: z.nullable(z.string()) });
