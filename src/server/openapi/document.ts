/** The OpenAPI document: what the routes say of themselves, completed by what is true of all of them. */
import type { Context, Env, Hono } from 'hono';
import { type GenerateSpecOptions, generateSpecs } from 'hono-openapi';
import { type ProblemCode, problemStatus } from '../../contract/index.js';
import { complete } from './complete.js';
import { componentSchemas } from './components.js';
import { headers, parameters } from './parameters.js';
import { problemExample } from './problem-words.js';
import { tagsOf } from './tags.js';
import type { Operation } from './types.js';
import { webhookItems } from './webhooks.js';

const description = `
Payment links: the public part that a buyer’s browser calls, the merchant part that a merchant’s server calls with a
key, and the webhooks a merchant is told by.

**Money** is an integer in the currency’s minor unit beside an ISO 4217 code: \`2500\` EUR is 25.00 euros, \`25000\` XAF
is 25,000 francs. **Times** are ISO 8601 in UTC. **Unknown keys** in a body are refused; in an answer there may be
more one day, so ignore those you do not know.

**A key** belongs on a server: send it as \`Authorization: Bearer sk_…\`. \`npm run key\` makes one, and so does
\`POST /v1/api-keys\`. What is under \`/v1/public\` is called without.

**Twice is once**: a \`POST\` with an \`Idempotency-Key\` has one effect, and is answered alike for 24 hours, however
often it is sent; whoever got no answer sends it again with the same key.

**A change** (\`PATCH\`) keeps what is absent, and \`null\` clears. **Lists** are newest first: \`limit\` of them at a
time, and \`nextCursor\` is the \`cursor\` of the next request until it is null.

**Problems** are answered by RFC 9457; programs go by their \`code\`, which each operation lists. After 429 and 503
\`Retry-After\` says in seconds when another try is worth it.

**Webhooks** come at least once and are signed by the Standard Webhooks specification: verify them with one of its
libraries and the endpoint's \`whsec_\` secret. What failed is tried again for three days. Deliver
on \`checkout_session.completed\`, and each further period of a subscription on \`subscription.renewed\`.
`.trim();

const problemExamples = () =>
  Object.fromEntries(
    (Object.keys(problemStatus) as ProblemCode[]).map((code) => [
      code,
      { summary: code, value: problemExample(code) },
    ]),
  );

type Documentation = NonNullable<GenerateSpecOptions['documentation']>;

async function build<E extends Env>(app: Hono<E>, publicUrl: string, c: Context<E>) {
  const documentation = {
    openapi: '3.1.0',
    info: {
      title: 'PayLink',
      version: '1',
      description,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: publicUrl }],
    webhooks: webhookItems as unknown as Documentation['webhooks'],
    components: {
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          description: 'A secret key of the merchant, `sk_…`. It belongs on a server only.',
        },
      },
      schemas: componentSchemas(),
      parameters,
      headers,
      examples: problemExamples(),
    },
  } as Documentation;
  // A table has the ending of a file, and is made by a route all the same.
  const options = { documentation, excludeStaticFile: false };
  const { paths, ...document } = await generateSpecs(app, options, c);
  const items = paths as unknown as Record<string, Record<string, Operation>>;
  for (const [path, operations] of Object.entries(items))
    for (const [method, operation] of Object.entries(operations)) complete(method, path, operation);
  return { ...document, tags: tagsOf(Object.keys(items)), paths: items };
}

/** The document, built when it is first asked for. */
export function openApi<E extends Env>(app: Hono<E>, publicUrl: string) {
  let document: ReturnType<typeof build<E>> | undefined;
  return (c: Context<E>) => {
    document ??= build(app, publicUrl, c);
    return document;
  };
}
