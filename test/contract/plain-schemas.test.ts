/**
 * What the script reads answers with, against zod itself: what the contract promises is read alike, and beyond it
 * nothing is forgiven but what an older backend leaves out.
 */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import * as withZod from '../../src/contract/index.js';
import * as cast from '../../stories/cast.js';

vi.resetModules();
vi.doMock('zod/mini', () => import('../../src/widget/zod-mini.js'));
const contract = { ...withZod };
const plain: typeof contract = await import('../../src/contract/index.js');

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const refusal = {
  type: 'x',
  title: 'x',
  status: 409,
  code: 'price_changed',
  detail: 'x',
  errors: [{ path: 'amount', code: 'required', message: 'x' }],
  totals: cast.session().totals,
};

const branding = { accent: '#7a1f3d', radius: 4, font: 'serif' } as const;

const answers = {
  publicLinkSchema: [
    cast.amountLink({ branding }),
    cast.donationLink(),
    cast.productLink([cast.shirt()]),
    cast.membershipLink(14),
    cast.closedLink(),
  ],
  sessionSchema: [
    cast.session(),
    cast.session(cast.membershipLink(), { failure: { code: 'declined' } }),
  ],
  totalsSchema: [cast.session().totals],
  problemSchema: [refusal],
} satisfies Partial<Record<keyof typeof contract, unknown[]>>;

/** Every place of a value, as a list of keys. */
function* placesOf(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) yield* placesOf(inner, [...path, key]);
}

function changed(value: Json, [key, ...rest]: readonly string[], to: Json | undefined): unknown {
  if (key === undefined) return to;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    string,
    unknown
  >;
  copy[key] = changed(copy[key] as Json, rest, to);
  if (copy[key] === undefined && !Array.isArray(copy)) delete copy[key];
  return copy;
}

/** The answer with what was left out of it as it was read. */
function completed(answer: unknown, read: unknown): unknown {
  if (answer === undefined) return read;
  if (typeof answer !== 'object' || typeof read !== 'object' || !answer || !read) return answer;
  if (Array.isArray(answer))
    return answer.map((one, index) => completed(one, (read as unknown[])[index]));
  const known = Object.entries(read).map(([key, one]) => [
    key,
    completed((answer as Record<string, unknown>)[key], one),
  ]);
  return { ...answer, ...Object.fromEntries(known) };
}

const replacements = fc.oneof(
  fc.constantFrom(
    undefined,
    null,
    true,
    0,
    -1,
    1.5,
    2 ** 60,
    '',
    'amount',
    'active',
    '#ffffff',
    40,
  ),
  fc.jsonValue({ maxDepth: 1 }),
  fc.constantFrom({ toString: 1 }, [], {}, [null]),
);

describe('the schemas of the built script', () => {
  for (const [name, samples] of Object.entries(answers) as [keyof typeof answers, Json[]][])
    it(`read as zod reads: ${name}`, () => {
      for (const sample of samples) {
        const wire = JSON.parse(JSON.stringify(sample)) as Json;
        expect(plain[name]().safeParse(wire)).toEqual({ success: true, data: wire });
        const places = fc.constantFrom(...placesOf(wire));
        fc.assert(
          fc.property(places, replacements, (place, to) => {
            const answer = changed(wire, place, to as Json);
            const byZod = contract[name]().safeParse(answer);
            const here = plain[name]().safeParse(answer);
            const isForgiven = here.success && !byZod.success;
            const promised = isForgiven
              ? contract[name]().safeParse(completed(answer, here.data))
              : byZod;
            expect({ answer, ok: here.success }).toEqual({ answer, ok: promised.success });
            if (promised.success) expect(here.data).toEqual(promised.data);
          }),
          { numRuns: 500 },
        );
      }
    });

  it('leaves out what a newer server adds', () => {
    const answer = JSON.parse(JSON.stringify({ ...cast.amountLink(), mood: 'sunny' }));
    expect(plain.publicLinkSchema().safeParse(answer).data).not.toHaveProperty('mood');
  });

  it('takes what an older backend leaves out for nothing', () => {
    const { branding, allowPromotionCodes, collect, ...link } = cast.amountLink();
    const { customFields, terms, billingAddress, shippingAddress, ...asked } = collect;
    const older = JSON.parse(JSON.stringify({ ...link, collect: asked }));
    expect(withZod.publicLinkSchema().safeParse(older).success).toBe(false);
    expect(plain.publicLinkSchema().safeParse(older).data).toEqual(cast.amountLink());
  });

  it.each(['id', 'name', 'currency', 'url', 'now', 'type', 'status', 'collect'])(
    'never takes %s for granted',
    (key) => {
      const answer = { ...cast.amountLink(), [key]: undefined };
      expect(plain.publicLinkSchema().safeParse(answer).success).toBe(false);
    },
  );
});
