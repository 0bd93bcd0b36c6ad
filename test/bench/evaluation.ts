/** How long a page stands still while the script is read and run, against Lit's core alone. */
import { byTurns, type Finding } from './figures.js';
import type { Stage } from './stage.js';

export async function evaluation(stage: Stage): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const slower of [1, 4]) {
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
    const { ours, lit } = await byTurns(41, {
      ours: timeOf(stage.script),
      lit: timeOf(stage.bare),
    });
    findings.push({
      what: `Evaluating the script, processor at 1/${slower}`,
      figure: ours / lit,
      unit: '×',
      most: 5,
      by: `${ours.toFixed(2)} ms against ${lit.toFixed(2)} ms of Lit's core`,
    });
    await close();
  }
  return findings;
}
