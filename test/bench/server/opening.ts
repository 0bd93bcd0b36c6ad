/**
 * Opening sessions on one hot link over HTTP, beside the plain way without HTTP: one guarded UPDATE of the counter
 * and one INSERT in a transaction for each buyer, on the same kind of database in the same run.
 */
import { byTurns, type Finding } from '../figures.js';
import type { RunningBackend } from './backend.js';
import { type Caller, callerOf, from, rateOf } from './load.js';
import type { PlainWay } from './plain-way.js';

const seconds = 3;
const body = JSON.stringify({ customer: { email: 'buyer@example.com' } });

export const createLink = async (
  { key }: RunningBackend,
  { call }: Caller,
  more: object = {},
): Promise<string> => {
  const made = await call('/v1/payment-links', {
    method: 'POST',
    status: 201,
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ type: 'amount', name: 'Hot', currency: 'EUR', amount: 5_000, ...more }),
  });
  return JSON.parse(made).id;
};

export const open = ({ call }: Caller, id: string) =>
  call(`/v1/public/payment-links/${id}/sessions`, {
    method: 'POST',
    status: 201,
    headers: from(),
    body,
  });

export async function opening(
  store: string,
  backend: RunningBackend,
  plain: PlainWay,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const callers of [16, 64]) {
    const caller = callerOf(backend.origin, callers);
    const hot = await createLink(backend, caller, { maxRedemptions: 1_000_000 });
    const many = await Promise.all(
      Array.from({ length: 8 }, () => createLink(backend, caller, { maxRedemptions: 1_000_000 })),
    );
    let turn = 0;
    await rateOf(callers, 1, async () => void (await open(caller, hot)));
    const rates = await byTurns(3, {
      plain: () => plain.rate(callers, seconds),
      hot: () => rateOf(callers, seconds, async () => void (await open(caller, hot))),
      many: () =>
        rateOf(callers, seconds, async () => {
          turn += 1;
          await open(caller, many[turn % many.length] as string);
        }),
    });
    await caller.close();
    const by = `${Math.round(rates.hot)}/s against ${Math.round(rates.plain)}/s`;
    findings.push(
      {
        what: `${store}, ${callers} buyers at once on one limited link, share of the plain way`,
        figure: rates.hot / rates.plain,
        unit: '×',
        least: 1,
        by,
      },
      {
        what: `${store}, ${callers} buyers at once on eight links, share of one link`,
        figure: rates.many / rates.hot,
        unit: '×',
        least: 0.7,
        by: `${Math.round(rates.many)}/s`,
      },
    );
  }
  return findings;
}
