/** How long a page stands still while the script is read and run, against Lit's core alone. */
import { byTurns, type Finding } from './figures.js';
import type { Stage } from './stage.js';

interface Conditions {
  /** The processor runs at one in so many. */
  readonly slower: number;
  readonly turns: number;
}

/** @returns the median time of each, in milliseconds, by turns in one page */
export async function evaluationOf<Name extends string>(
  stage: Stage,
  scripts: Readonly<Record<Name, string>>,
  { slower, turns }: Conditions,
): Promise<Record<Name, number>> {
  const { page, close } = await stage.open('<body>', { slower });
  let run = 0;
  const timeOf = (code: string) => () =>
    page.evaluate(
      // A realm of its own, and a source never seen before: nothing is compiled in advance.
      ([text, mark, origin]) => {
        const frame = document.createElement('iframe');
        document.body.append(frame);
        const inner = frame.contentDocument as Document;
        const script = inner.createElement('script');
        // As where it was loaded by its address.
        Object.defineProperty(inner, 'currentScript', {
          value: { src: `${origin}/pay-link.js` },
        });
        script.textContent = `${text}\n//${mark}`;
        const start = performance.now();
        inner.head.append(script);
        const time = performance.now() - start;
        frame.remove();
        return time;
      },
      [code, String(run++), stage.origin] as const,
    );
  const measured = Object.fromEntries(
    Object.entries<string>(scripts).map(([name, code]) => [name, timeOf(code)]),
  ) as Record<Name, () => Promise<number>>;
  const times = await byTurns(turns, measured);
  await close();
  return times;
}

export async function evaluation(stage: Stage): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const slower of [1, 4]) {
    const { ours, lit } = await evaluationOf(
      stage,
      { ours: stage.script, lit: stage.bare },
      { slower, turns: 41 },
    );
    findings.push({
      what: `Evaluating the script, processor at 1/${slower}`,
      figure: ours / lit,
      unit: '×',
      most: 5,
      by: `${ours.toFixed(2)} ms against ${lit.toFixed(2)} ms of Lit's core`,
    });
  }
  return findings;
}
