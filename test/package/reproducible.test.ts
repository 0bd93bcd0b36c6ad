import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;
const digestOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

const script = (outDir: string) => `
  import { createBuilder } from 'vite';
  const environments = { script: { build: { outDir: ${JSON.stringify(outDir)} } } };
  const builder = await createBuilder({ logLevel: 'error', environments });
  await builder.build(builder.environments.script);`;

it('builds the same script, of the same parts, to the byte', async () => {
  const outDir = mkdtempSync(join(tmpdir(), 'paylink-build-'));
  // Whatever surrounds it: NODE_ENV is `test` here.
  execFileSync('node', ['--input-type=module', '--eval', script(outDir)], { cwd: root });
  for (const name of ['pay-link.js', 'pay-link.cdx.json', 'locales/ar.json'])
    expect(digestOf(join(outDir, name)), name).toBe(digestOf(join(root, 'dist', name)));
}, 60_000);

it('tells in CycloneDX what is in the script, and nothing that is not', () => {
  const bill = JSON.parse(readFileSync(join(root, 'dist/pay-link.cdx.json'), 'utf8'));
  expect([bill.bomFormat, bill.specVersion]).toEqual(['CycloneDX', '1.6']);
  const named = bill.components.map(
    ({ group, name, purl, licenses }: Record<string, string>) =>
      [group ? `${group}/${name}` : name, Boolean(purl), licenses?.length] as const,
  );
  expect(named.map(([name]: [string]) => name).sort()).toEqual([
    ...['@floating-ui/core', '@floating-ui/utils', '@lit/reactive-element'],
    ...['lit', 'lit-element', 'lit-html'],
  ]);
  expect(named.every(([, purl, licenses]: [string, boolean, number]) => purl && licenses)).toBe(
    true,
  );
});
