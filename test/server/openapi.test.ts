import { beforeAll, describe, expect, it } from 'vitest';
import {
  eventTypes,
  type ProblemCode,
  problemStatus,
  requirements,
  sessionStatuses,
  submitTypes,
} from '../../src/contract/index.js';
import { publicUrl, useHouse } from './house.js';
import { lint } from './lint.js';
import type { Json } from './offers.js';

const house = useHouse();
let document: Json;
beforeAll(async () => {
  document = (await house().call('GET', '/openapi.json', undefined, { key: null })).body;
});

/** What a `$ref` stands for. */
const resolved = (node: Json): Json =>
  node?.$ref === undefined
    ? node
    : node.$ref
        .slice(2)
        .split('/')
        .reduce((at: Json, key: string) => at?.[key], document);

const operations = (): [string, string, Json][] =>
  Object.entries<Json>(document.paths).flatMap(([path, methods]) =>
    Object.entries<Json>(methods).map(([method, operation]): [string, string, Json] => [
      method.toUpperCase(),
      path,
      operation,
    ]),
  );

const surface = `
  GET    /v1/public/payment-links/{id}
  POST   /v1/public/payment-links/{id}/quote
  POST   /v1/public/payment-links/{id}/sessions
  GET    /v1/public/checkout-sessions/{id}
  POST   /v1/public/checkout-sessions/{id}/confirm
  POST   /v1/public/checkout-sessions/{id}/extend
  POST   /v1/public/checkout-sessions/{id}/cancel
  GET    /v1/public/checkout-sessions/{id}/events
  POST   /v1/sandbox/checkout-sessions/{id}
  POST   /v1/products
  GET    /v1/products
  GET    /v1/products/{id}
  PATCH  /v1/products/{id}
  POST   /v1/products/{id}/archive
  PATCH  /v1/skus/{id}
  POST   /v1/prices
  POST   /v1/prices/{id}/archive
  POST   /v1/payment-links
  GET    /v1/payment-links
  GET    /v1/payment-links/{id}
  PATCH  /v1/payment-links/{id}
  GET    /v1/payment-links/{id}/stats
  GET    /v1/checkout-sessions
  GET    /v1/checkout-sessions/{id}
  GET    /v1/payments
  GET    /v1/payments/{id}
  POST   /v1/payments/{id}/refunds
  GET    /v1/payments/{id}/refunds
  POST   /v1/sandbox/checkout-sessions/{id}/refunds
  DELETE /v1/buyers/{email}
  GET    /v1/exports/payments.csv
  GET    /v1/subscriptions
  GET    /v1/subscriptions/{id}
  POST   /v1/webhook-endpoints
  GET    /v1/webhook-endpoints
  PATCH  /v1/webhook-endpoints/{id}
  DELETE /v1/webhook-endpoints/{id}
  POST   /v1/webhook-endpoints/{id}/rotate
  POST   /v1/webhook-endpoints/{id}/test
  GET    /v1/webhook-endpoints/{id}/deliveries
  GET    /v1/events
  GET    /v1/events/{id}
  POST   /v1/events/{id}/resend
  GET    /v1/events/stream
  POST   /v1/api-keys
  GET    /v1/api-keys
  POST   /v1/api-keys/{id}/revoke
  DELETE /v1/api-keys/{id}
  GET    /v1/settings
  PATCH  /v1/settings
`
  .trim()
  .split('\n')
  .map((line) => line.trim().replace(/\s+/, ' '));

describe('the OpenAPI document', () => {
  it('is of version 3.1 and names its server and its key', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    expect(document.servers).toEqual([{ url: publicUrl }]);
    expect(document.components.securitySchemes.key).toMatchObject({
      type: 'http',
      scheme: 'bearer',
    });
  });

  it('lists every route of the surface', () => {
    const listed = operations().map(([method, path]) => `${method} ${path}`);
    expect(surface.filter((route) => !listed.includes(route))).toEqual([]);
  });

  it('lists every route of the API there is', () => {
    const listed = operations()
      .map(([method, path]) => `${method} ${path}`)
      .filter((route) => route.includes(' /v1/'));
    const routes = house()
      .app.routes.filter(({ path, method }) => path.startsWith('/v1/') && method !== 'ALL')
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    expect(new Set(routes).size).toBeGreaterThanOrEqual(surface.length);
    expect([...new Set(routes)].sort()).toEqual(listed.sort());
  });

  it('says for each route what it is, who may call it, what it answers and which problems may come', () => {
    const ids = operations().map(([, , { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const tags = document.tags.map(({ name }: Json) => name);
    for (const [method, path, { summary, description, responses, ...rest }] of operations()) {
      const told = `${method} ${path}`;
      expect([told, typeof summary, typeof description]).toEqual([told, 'string', 'string']);
      expect([told, tags.includes(rest.tags[0]), rest.tags.length]).toEqual([told, true, 1]);
      const isPublic = !path.startsWith('/v1/') || /^\/v1\/(public|sandbox)\//.test(path);
      expect([told, rest.security]).toEqual([told, isPublic ? [] : [{ key: [] }]]);
      const statuses = Object.keys(responses);
      expect([told, statuses.some((status) => /^2\d\d$/.test(status))]).toEqual([told, true]);
      expect([told, statuses.includes('500')]).toEqual([told, true]);
      expect([told, statuses.includes('401')]).toEqual([told, !isPublic]);
      // Nobody is refused the news of how the process is.
      if (path.startsWith('/v1/'))
        expect([told, statuses.some((status) => /^4\d\d$/.test(status))]).toEqual([told, true]);
      expect(statuses).not.toContain('default');
    }
  });

  it('names for each problem its code, by the status it comes with', () => {
    for (const [, path, { responses }] of operations())
      for (const [status, { content, headers }] of Object.entries<Json>(responses)) {
        expect([path, status, resolved(headers['X-Request-Id'])?.schema.format]).toEqual([
          path,
          status,
          'uuid',
        ]);
        const problem = content?.['application/problem+json'];
        if (!problem) continue;
        const codes: ProblemCode[] = problem.schema.allOf[1].properties.code.enum;
        expect(codes.map((code) => String(problemStatus[code]))).toEqual(codes.map(() => status));
        expect(Object.keys(problem.examples)).toEqual(codes);
      }
    const all = Object.keys(problemStatus);
    const named = JSON.stringify(document.paths);
    expect(all.filter((code) => !named.includes(`"${code}"`))).toEqual([]);
  });

  it('says a word on every field, and shows an example of every body and answer', () => {
    const silent: string[] = [];
    (function look(node: Json, at: string): void {
      if (typeof node !== 'object' || node === null) return;
      for (const [name, field] of Object.entries<Json>(node.properties ?? {}))
        if (!field.description) silent.push(`${at}.${name}`);
      for (const [key, inner] of Object.entries(node))
        if (!/^examples?$/.test(key)) look(inner, `${at}.${key}`);
    })(document.components.schemas, '');
    expect(silent).toEqual([]);
    for (const [method, path, { requestBody, responses }] of operations())
      for (const { content } of [requestBody ?? {}, ...Object.values<Json>(responses)])
        for (const { examples, example } of Object.values<Json>(content ?? {}))
          expect([method, path, Boolean(examples ?? example)]).toEqual([method, path, true]);
  });

  it('shows every type of event as a webhook, with its object and its link', () => {
    expect(Object.keys(document.webhooks)).toEqual([...eventTypes]);
    for (const [type, { post }] of Object.entries<Json>(document.webhooks)) {
      const { example } = post.requestBody.content['application/json'];
      expect(example.type).toBe(type);
      expect(example.data).toMatchObject({
        object: type.split('.')[0],
        paymentLinkId: expect.stringMatching(/^plink_[A-Za-z0-9]{24}$/),
      });
      expect('refund' in example.data).toBe(type.startsWith('payment.refund'));
    }
  });

  it('names no type of event that does not exist, and knows none that does not come', () => {
    const types = new Set<string>(eventTypes);
    const objects = new Set(eventTypes.map((type) => type.split('.')[0]));
    const named = [...JSON.stringify(document).matchAll(/[`"]([a-z_]+)\.([a-z_]+)[`"]/g)]
      .filter(([, object]) => objects.has(object))
      .map(([, object, what]) => `${object}.${what}`);
    expect(new Set(named).size).toBeGreaterThanOrEqual(eventTypes.length);
    expect(named.filter((type) => !types.has(type))).toEqual([]);
    expect(document.info.description).not.toMatch(/do(es)? not come|does not renew|\byet\b/);
    expect(document.info.description).toContain('`subscription.renewed`');
  });

  it('declares each parameter of each path', () => {
    for (const [method, path, { parameters = [] }] of operations()) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = parameters
        .map(resolved)
        .filter((parameter: Json) => parameter.in === 'path');
      expect([method, path, declared.map(({ name }: Json) => name)]).toEqual([method, path, named]);
      for (const { required, schema } of declared) {
        expect(required).toBe(true);
        expect(schema.type).toBe('string');
      }
    }
  });

  it('declares what a list can be asked for', () => {
    const span = ['from', 'to'];
    const filters: Record<string, string[]> = {
      '/v1/products': [],
      '/v1/payment-links': ['status', 'type', 'search'],
      '/v1/checkout-sessions': [...span, 'paymentLinkId', 'status'],
      '/v1/payments': [
        ...span,
        ...['checkoutSessionId', 'paymentLinkId', 'status', 'subscriptionId'],
      ],
      '/v1/payments/{id}/refunds': [],
      '/v1/subscriptions': [...span, 'paymentLinkId', 'status'],
      '/v1/webhook-endpoints': [],
      '/v1/webhook-endpoints/{id}/deliveries': ['status'],
      '/v1/events': ['objectId', 'paymentLinkId', 'type'],
      '/v1/api-keys': [],
    };
    for (const [path, names] of Object.entries(filters)) {
      const parameters = document.paths[path].get.parameters
        .map(resolved)
        .filter((parameter: Json) => parameter.in !== 'path');
      const declared = parameters.map(({ name }: Json) => name).sort();
      expect([path, declared]).toEqual([path, ['limit', 'cursor', ...names].sort()]);
      for (const parameter of parameters)
        expect(parameter).toMatchObject({ in: 'query', schema: { type: expect.any(String) } });
    }
  });

  it('has a schema for every body, strict as the server is, and no loose end', () => {
    for (const [method, path, { requestBody }] of operations())
      if (requestBody) {
        const schema = resolved(requestBody.content['application/json'].schema);
        expect([method, path, schema.type]).toEqual([method, path, 'object']);
        expect([method, path, schema.additionalProperties]).toEqual([method, path, false]);
      }
    for (const [, ref = ''] of JSON.stringify(document).matchAll(/"\$ref":"(#[^"]+)"/g)) {
      const target = ref
        .slice(2)
        .split('/')
        .reduce((at, key) => at?.[key], document);
      expect([ref, typeof target]).toEqual([ref, 'object']);
    }
  });

  it('promises whole what buyers read, whatever their script could do without', () => {
    const answerOf = (path: string, method: string, status: number): Json =>
      resolved(document.paths[path][method].responses[status].content['application/json'].schema);
    const [amountLink] = answerOf('/v1/public/payment-links/{id}', 'get', 200).anyOf.map(resolved);
    const { collect } = amountLink.properties;
    const session = answerOf('/v1/public/checkout-sessions/{id}', 'get', 200);
    for (const { properties, required } of [amountLink, collect, session]) {
      const optional = Object.keys(properties).filter((key) => !required.includes(key));
      expect(optional).toEqual(properties === collect.properties ? ['callingCodes'] : []);
    }
    expect(collect.properties.email.enum).toEqual(requirements);
    expect(amountLink.properties.submitType.enum).toEqual(submitTypes);
    expect(session.properties.status.enum).toEqual(sessionStatuses);
  });

  const patience = { timeout: 120_000 };

  it('is faultless to a linter by the strict set of its rules', patience, async () => {
    expect(await lint(JSON.stringify(document))).toEqual([]);
  });

  it('is linted with all its examples: one that does not fit is found', patience, async () => {
    const broken = JSON.stringify(document).replaceAll(
      '"stockQuantity":50',
      '"stockQuantity":"fifty"',
    );
    const rules = (await lint(broken)).map(({ ruleId }) => ruleId);
    expect(rules).toContain('no-invalid-media-type-examples');
  });
});
