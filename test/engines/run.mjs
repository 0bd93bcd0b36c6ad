/** `npm run test:engines`: the elements and a purchase of each kind in every engine, told in a table at the end. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { installFirefox, installWebKit, needBrowser } from '../browser.mjs';

const engines = {
  chromium: { get: needBrowser, wants: 'Chromium, or CHROME_PATH' },
  firefox: { get: installFirefox, wants: 'Firefox (Debian: firefox-esr), or FIREFOX_PATH' },
  webkit: { get: installWebKit, wants: 'WebKitGTK (Debian: webkit2gtk-driver and xvfb)' },
};

const suites = {
  elements: {
    command: ['wtr', '--config', 'test/engines/web-test-runner.config.mjs'],
    figures: (tally) => tally,
  },
  purchases: {
    command: [
      ...['vitest', 'run', '--config', 'test/vitest.engines.config.ts'],
      ...['--reporter=default', '--reporter=json'],
    ],
    outputs: (path) => [`--outputFile.json=${path}`],
    figures: ({ numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites }) => ({
      passed: numPassedTests,
      // A file that did not come to its tests has none that failed.
      failed: numFailedTests || Number(numFailedTestSuites > 0),
      skipped: numPendingTests,
    }),
  },
};

const path = `node_modules/.bin${delimiter}${process.env.PATH}`;
const run = ([command, ...args], env = {}) =>
  spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...env, PATH: path },
    shell: process.platform === 'win32',
  }).status;

/** @returns the engine, or why there is none */
function getEngine({ get, wants }) {
  try {
    return get() ? undefined : wants;
  } catch (error) {
    return `${wants} (${error.message})`;
  }
}

function prove(engine, { command, outputs = () => [], figures }) {
  const folder = mkdtempSync(join(tmpdir(), 'paylink-engines-'));
  const tally = join(folder, 'tally.json');
  const status = run([...command, ...outputs(tally)], { ENGINE: engine, TALLY: tally });
  let found = { passed: 0, failed: 1, skipped: 0 };
  try {
    found = figures(JSON.parse(readFileSync(tally, 'utf8')));
  } catch {
    console.log('It did not come to its end.');
  }
  rmSync(folder, { recursive: true });
  return status === 0 ? found : { ...found, failed: found.failed || 1 };
}

const start = Date.now();
if (run(['vite', 'build', '--app', '--logLevel', 'warn']) !== 0) process.exit(1);

const rows = [];
const missing = [];
// One name, or several, after `--`: only these.
const wanted = process.argv.slice(2);
for (const [engine, how] of Object.entries(engines)) {
  if (wanted.length && !wanted.includes(engine)) continue;
  const lack = getEngine(how);
  if (lack) missing.push(`${engine}: install ${lack}`);
  for (const [suite, what] of Object.entries(suites)) {
    if (lack) {
      rows.push({ engine, suite, passed: 0, failed: 0, skipped: 'ALL', seconds: 0 });
      continue;
    }
    console.log(`\n── ${suite} in ${engine}`);
    const begun = Date.now();
    const figures = prove(engine, what);
    rows.push({ engine, suite, ...figures, seconds: Math.round((Date.now() - begun) / 1000) });
  }
}

console.log();
console.table(rows);
const failed = rows.filter((row) => row.failed).map(({ engine, suite }) => `${suite} in ${engine}`);
for (const one of missing) console.log(`SKIPPED, nothing of it was tested: ${one}`);
if (failed.length) console.log(`Failed: ${failed.join(', ')}`);
const proven = rows.filter(({ failed, skipped }) => !failed && skipped !== 'ALL').length;
console.log(
  `\nEngines and suites: ${proven} passed, ${failed.length} failed, ${2 * missing.length} SKIPPED, in ${Math.round((Date.now() - start) / 1000)} s`,
);
process.exit(failed.length || !proven ? 1 : 0);
