/** The suite of elements as `npm test` runs it, in the engine that `ENGINE` names. */
import { writeFileSync } from 'node:fs';
import { defaultReporter } from '@web/test-runner';
import config from '../web-test-runner.config.mjs';
import { engineLauncher } from './wtr-launcher.mjs';

const { ENGINE = 'firefox', TALLY } = process.env;

const count = ({ tests, suites }) => {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, skipped } of tests)
    sum[skipped ? 'skipped' : passed ? 'passed' : 'failed'] += 1;
  for (const one of suites.map(count)) for (const key of Object.keys(sum)) sum[key] += one[key];
  return sum;
};

/** Leaves the figures where `npm run test:engines` reads them. */
const tally = {
  onTestRunFinished({ sessions }) {
    if (!TALLY) return;
    const sum = { passed: 0, failed: 0, skipped: 0 };
    for (const { testResults, passed } of sessions) {
      const found = testResults ? count(testResults) : sum;
      for (const key of Object.keys(sum)) if (testResults) sum[key] += found[key];
      // A file that never came to its tests.
      if (!passed && !found.failed) sum.failed += 1;
    }
    writeFileSync(TALLY, JSON.stringify(sum));
  },
};

export default {
  ...config,
  files: ['test/widget/**/*.test.ts'],
  reporters: [defaultReporter(), tally],
  ...(ENGINE !== 'chromium' && { browsers: [engineLauncher(ENGINE)] }),
};
