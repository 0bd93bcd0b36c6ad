import { writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

const line = (verdict: string, test: TestCase): string =>
  [
    `${verdict}  ${test.module.relativeModuleId}: ${test.fullName}`,
    ...(test.result().errors ?? []).map(
      (error) => `    ${error.message.split('\n').slice(0, 12).join('\n    ')}`,
    ),
  ].join('\n');

/** Of a long log its end is what is read: keeps for it which tests failed, and which passed only at a second try. */
export default class LastWords implements Reporter {
  onTestRunEnd(
    modules: ReadonlyArray<TestModule>,
    unhandled: ReadonlyArray<{ message: string }>,
  ): void {
    if (!process.env.LAST_WORDS) return;
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const words = [
      ...tests
        .filter((test) => test.result().state === 'failed')
        .map((test) => line('FAILED', test)),
      ...tests.filter((test) => test.diagnostic()?.flaky).map((test) => line('UNSTEADY', test)),
      ...modules.flatMap((module) =>
        module.errors().map((error) => `FAILED  ${module.relativeModuleId}\n    ${error.message}`),
      ),
      ...unhandled.map((error) => `FAILED  outside of any test: ${error.message}`),
    ];
    writeFileSync(process.env.LAST_WORDS, words.map((word) => `${word}\n`).join(''));
  }
}
