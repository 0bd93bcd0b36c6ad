/** `npm run size`: what the one script of a merchant's page weighs, against the limit in package.json and README. */
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = new URL('..', import.meta.url);
const script = readFileSync(new URL('dist/pay-link.js', root));
const { 'size-limit': limit } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
const brotli = brotliCompressSync(script, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: script.length,
  },
}).length;

console.log(
  `dist/pay-link.js: ${script.length} bytes, gzip ${gzipSync(script).length}, brotli ${brotli}; limit ${limit}`,
);
if (!(brotli <= limit)) {
  console.error(
    `The script is ${brotli - limit} bytes over its limit. Take something out, or raise "size-limit" in package.json in a commit that says why.`,
  );
  process.exitCode = 1;
}
if (!readFileSync(new URL('README.md', root), 'utf8').includes(`at most ${limit / 1000} kB`)) {
  console.error(`README.md promises another weight than ${limit / 1000} kB: write that there.`);
  process.exitCode = 1;
}
