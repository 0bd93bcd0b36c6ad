/** Headers and parameters that many operations share. */
const text = (description: string, more: object = {}) => ({
  description,
  schema: { type: 'string', ...more } as const,
});

const header = (name: string, description: string, more: object = {}) => ({
  name,
  in: 'header',
  ...text(description, more),
});

export const parameters = {
  IdempotencyKey: header(
    'Idempotency-Key',
    'Made up by the caller, one for each thing to be done: a request that comes again with it within 24 hours is answered as the first was, and has no further effect. Only answers of 2xx are kept.',
    { minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$', examples: ['order-17'] },
  ),
  IfMatch: header(
    'If-Match',
    'The `ETag` of what was read: changes it only if nobody else has meanwhile.',
  ),
  IfNoneMatch: header(
    'If-None-Match',
    'The `ETag` of what is known: answers 304 where nothing has changed since.',
  ),
  LastEventId: header(
    'Last-Event-ID',
    'The `id` of the last event that was received: what came after it follows. Browsers send it by themselves.',
  ),
  Limit: {
    name: 'limit',
    in: 'query',
    description: 'How many to a page.',
    schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
  },
  Cursor: {
    name: 'cursor',
    in: 'query',
    ...text('`nextCursor` of the page before; absent for the newest.'),
  },
} as const;

export const headers = {
  RequestId: text('Names this answer in the log of the backend.', { format: 'uuid' }),
  ETag: text('The version of what is answered.'),
  RetryAfter: {
    description: 'Seconds until another try is worth it.',
    schema: { type: 'integer', minimum: 0 },
  },
  IdempotentReplayed: text('`true` where this is the answer to an earlier request of this key.', {
    const: 'true',
  }),
} as const;

export const parameter = (name: keyof typeof parameters) => ({
  $ref: `#/components/parameters/${name}`,
});
export const headerOf = (name: keyof typeof headers) => ({ $ref: `#/components/headers/${name}` });
