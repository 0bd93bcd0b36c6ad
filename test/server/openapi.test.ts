import { beforeAll, describe, expect, it } from 'vitest';
import { requirements, sessionStatuses, submitTypes } from '../../src/contract/index.js';
import { publicUrl, useHouse } from './house.js';
import type { Json } from './offers.js';

const house = useHouse();
let document: Json;
beforeAll(async () => {
  document = (await house().call('GET', '/openapi.json', undefined, { key: null })).body;
});

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
`
  .trim()
  .split('\n')
  .map((line) => line.trim().replace(/\s+/, ' '));

describe('the OpenAPI document', () => {
  it('is of version 3.1 and names its server and its key', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    expect(document.servers).toEqual([{ url: publicUrl }]);
    expect(document.components.securitySchemes.key).toEqual({ type: 'http', scheme: 'bearer' });
  });

  it('lists every route of the surface', () => {
    const listed = operations().map(([method, path]) => `${method} ${path}`);
    expect(surface.filter((route) => !listed.includes(route))).toEqual([]);
  });

  it('lists every route of the API there is', () => {
    const listed = operations().map(([method, path]) => `${method} ${path}`);
    const routes = house()
      .app.routes.filter(({ path, method }) => path.startsWith('/v1/') && method !== 'ALL')
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    expect(new Set(routes).size).toBeGreaterThanOrEqual(surface.length);
    expect([...new Set(routes)].sort()).toEqual(listed.sort());
  });

  it('says for each route what it answers, and that a problem may come instead', () => {
    for (const [method, path, { summary, responses, security }] of operations()) {
      const told = `${method} ${path}`;
      expect([told, typeof summary]).toEqual([told, 'string']);
      const statuses = Object.keys(responses);
      expect([told, statuses.some((status) => /^2\d\d$/.test(status))]).toEqual([told, true]);
      const problem = responses.default.content['application/problem+json'].schema;
      expect(JSON.stringify(problem)).toContain('"errors"');
      for (const response of Object.values<Json>(responses))
        expect([told, typeof response.description]).toEqual([told, 'string']);
      const isPublic = /^\/v1\/(public|sandbox)\//.test(path);
      expect([told, security]).toEqual([told, isPublic ? [] : [{ key: [] }]]);
    }
  });

  it('declares each parameter of each path', () => {
    for (const [method, path, { parameters = [] }] of operations()) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = parameters.filter((parameter: Json) => parameter.in === 'path');
      expect([method, path, declared.map(({ name }: Json) => name)]).toEqual([method, path, named]);
      for (const { required, schema } of declared) {
        expect(required).toBe(true);
        expect(schema.type).toBe('string');
      }
    }
  });

  it('declares what a list can be asked for', () => {
    const filters: Record<string, string[]> = {
      '/v1/products': [],
      '/v1/payment-links': ['status', 'type'],
      '/v1/checkout-sessions': ['paymentLinkId', 'status'],
      '/v1/payments': ['paymentLinkId', 'status'],
      '/v1/payments/{id}/refunds': [],
      '/v1/subscriptions': ['paymentLinkId', 'status'],
      '/v1/webhook-endpoints': [],
      '/v1/webhook-endpoints/{id}/deliveries': ['status'],
      '/v1/events': ['paymentLinkId', 'type'],
    };
    for (const [path, names] of Object.entries(filters)) {
      const parameters = document.paths[path].get.parameters.filter(
        (parameter: Json) => parameter.in !== 'path',
      );
      const declared = parameters.map(({ name }: Json) => name).sort();
      expect([path, declared]).toEqual([path, ['limit', 'cursor', ...names].sort()]);
      for (const parameter of parameters)
        expect(parameter).toMatchObject({ in: 'query', schema: { type: expect.any(String) } });
    }
  });

  it('has a schema for every body, strict as the server is, and no loose end', () => {
    for (const [method, path, { requestBody }] of operations())
      if (requestBody) {
        const { schema } = requestBody.content['application/json'];
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
      document.paths[path][method].responses[status].content['application/json'].schema;
    const [amountLink] = answerOf('/v1/public/payment-links/{id}', 'get', 200).anyOf;
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
});
