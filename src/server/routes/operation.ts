/** What OpenAPI says of a route, from the same schemas that read its body and shape its answer. */
import { describeRoute, resolver } from 'hono-openapi';
import * as z from 'zod/mini';
import { problemSchema } from '../../contract/index.js';

interface Operation {
  readonly summary: string;
  readonly body?: z.ZodMiniType;
  readonly answer?: z.ZodMiniType;
  /** 200 where it is not said. */
  readonly status?: number;
  /** Called without a key. */
  readonly isPublic?: boolean;
}

const json = (schema: z.ZodMiniType) => ({ 'application/json': { schema: resolver(schema) } });

export const operation = ({ summary, body, answer, status = 200, isPublic = false }: Operation) =>
  describeRoute({
    summary,
    security: isPublic ? [] : [{ key: [] }],
    ...(body && { requestBody: { required: true, content: json(body) } }),
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
