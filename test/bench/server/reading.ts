/** Reading one public link, beside a route that answers the same bytes without having to find them. */
import { readFileSync } from 'node:fs';
import { byTurns, type Finding } from '../figures.js';
import { type RunningBackend, startConstant } from './backend.js';
import { callerOf, from, rateOf } from './load.js';
import { createLink } from './opening.js';

const seconds = 2;
const callers = 16;

export async function reading(store: string, backend: RunningBackend): Promise<Finding[]> {
  const caller = callerOf(backend.origin, callers);
  const path = `/v1/public/payment-links/${await createLink(backend, caller)}`;
  const constant = await startConstant(await caller.call(path));
  const other = callerOf(constant.origin, callers);
  const read = (times: number) =>
    rateOf(callers, times, async () => void (await caller.call(path, { headers: from() })));
  try {
    await read(2);
    const etag = await etagOf(backend.origin + path);
    const known = () => ({ headers: { 'if-none-match': etag, ...from() }, status: 304 });
    const rates = await byTurns(5, {
      constant: () => rateOf(callers, seconds, async () => void (await other.call('/constant'))),
      read: () => read(seconds),
      unchanged: () =>
        rateOf(callers, seconds, async () => void (await caller.call(path, known()))),
    });
    const before = residentMb(backend.pid);
    const hundred = 100_000;
    for (let count = 0; count < hundred; count += callers)
      await Promise.all(
        Array.from({ length: callers }, () => caller.call(path, { headers: from() })),
      );
    const grown = residentMb(backend.pid) / before;
    const by = (rate: number) => `${Math.round(rate)}/s against ${Math.round(rates.constant)}/s`;
    return [
      {
        what: `${store}, reading a link, share of a constant route`,
        ...{ figure: rates.read / rates.constant, unit: '×', least: 0.6, by: by(rates.read) },
      },
      {
        what: `${store}, reading a link that has not changed (304), share of a constant route`,
        ...{ figure: rates.unchanged / rates.constant, unit: '×', least: 0.6 },
        by: by(rates.unchanged),
      },
      {
        what: `${store}, memory after ${hundred} reads, share of before`,
        ...{ figure: grown, unit: '×', most: 1.15, by: `from ${Math.round(before)} MB` },
      },
    ];
  } finally {
    await Promise.all([caller.close(), other.close()]);
    await constant.stop();
  }
}

const etagOf = async (url: string): Promise<string> =>
  (await fetch(url)).headers.get('etag') as string;

const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
