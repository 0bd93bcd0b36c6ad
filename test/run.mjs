/** `npm test`: everything CI asks for, one step after the other, told in one closing line. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needBrowser } from './browser.mjs';

process.env.CHROME_PATH = needBrowser();
process.env.LAST_WORDS = join(mkdtempSync(join(tmpdir(), 'paylink-')), 'last-words');

const steps = [
  ['types', 'tsc', ['-b']],
  ['lint and format', 'biome', ['check', '--error-on-warnings', '.']],
  ['build', 'vite', ['build', '--app', '--logLevel', 'warn']],
  ['package', 'tsx', ['--tsconfig', 'src/package/tsconfig.json', 'src/package/write.ts']],
  ['size', process.execPath, ['test/size.mjs']],
  [
    'contract, server and journeys',
    'vitest',
    [
      'run',
      '--config',
      'test/vitest.config.ts',
      '--reporter=default',
      '--reporter=./test/last-words.ts',
    ],
  ],
  ['elements and stories', 'wtr', ['--config', 'test/web-test-runner.config.mjs']],
];

const failed = [];
for (const [name, command, args] of steps) {
  const start = Date.now();
  console.log(`\n── ${name}`);
  const path = `node_modules/.bin${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`;
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
    shell: process.platform === 'win32',
  });
  if (status !== 0) failed.push(name);
  console.log(
    `── ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - start) / 1000).toFixed(1)} s`,
  );
}

try {
  console.log(`\n${readFileSync(process.env.LAST_WORDS, 'utf8')}`);
} catch {
  console.log('\nThe tests of contract, server and journeys did not come to their end.');
}
if (failed.length) console.log(`\nFailed: ${failed.join(', ')}`);
console.log(`\nSteps: ${steps.length - failed.length} passed, ${failed.length} failed`);
process.exit(failed.length ? 1 : 0);
