/** Names the minifier shortens must not be those of the wire, of pages, of storage: they would be lost without a word. */
import { describe, expect, it } from 'vitest';
import { inner } from '../src/build/minify-again.js';
import {
  addressFormSchema,
  problemSchema,
  publicLinkSchema,
  sessionRequestSchema,
  sessionSchema,
  totalsSchema,
} from '../src/contract/index.js';
import { startDraft } from '../src/widget/checkout/draft.js';
import { en } from '../src/widget/i18n/en.js';
import { amountLink, session, ticketLink } from '../stories/cast.js';

interface Def {
  readonly shape?: Record<string, { _zod: { def: Def } }>;
  readonly [part: string]: unknown;
}

/** Every key a schema knows, however deep. */
function* keysOf(value: unknown, seen = new Set<unknown>()): Generator<string> {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  const def = (value as { _zod?: { def: Def } })._zod?.def;
  if (def?.shape) yield* Object.keys(def.shape);
  const inside = def ? [...Object.values(def), ...Object.values(def.shape ?? {})] : [];
  for (const part of Array.isArray(value) ? value : inside) yield* keysOf(part, seen);
}

function* namesIn(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  yield* Object.keys(value);
  for (const part of Object.values(value)) yield* namesIn(part);
}

const wire = {
  link: publicLinkSchema(),
  totals: totalsSchema(),
  session: sessionSchema(),
  problem: problemSchema(),
  address: addressFormSchema(),
  request: sessionRequestSchema(),
};

describe('a shortened name', () => {
  it.each(Object.entries(wire))('is none of the wire: %s', (_, schema) => {
    const keys = [...keysOf(schema)];
    expect(keys.length).toBeGreaterThan(5);
    expect(keys.filter((key) => inner.test(key))).toEqual([]);
  });

  it('is none of the words a page may replace', () => {
    expect([...namesIn(en)].filter((key) => inner.test(key))).toEqual([]);
  });

  it('is none of the places that values take in a sentence', () => {
    const places = [...JSON.stringify(en).matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    expect(places.length).toBeGreaterThan(20);
    expect(places.filter((name) => inner.test(name))).toEqual([]);
  });

  it('is none of what the session storage keeps', () => {
    const draft = startDraft(ticketLink(), { region: 'FR' }, 'en');
    expect([...namesIn(draft)].filter((key) => inner.test(key))).toEqual([]);
  });

  it('is none of what events tell', () => {
    const told = { link: amountLink(), session: session(), selection: {}, totals: {}, status: '' };
    const more = { reason: '', code: '', message: '', retryable: true, field: '' };
    expect([...namesIn({ ...told, ...more })].filter((key) => inner.test(key))).toEqual([]);
  });
});
