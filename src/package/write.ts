/**
 * Completes `dist/` to the package `pay-link`: types, the manifest and what editors and frameworks read of it, all
 * made from the source. The modules themselves are Vite's.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { declarations } from './declarations.ts';
import { editorData } from './editors.ts';
import { frameworkTypes } from './frameworks.ts';
import { readManifest } from './manifest.ts';
import { packageJson } from './package-json.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = `${root}dist/`;
const project = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

const writeJson = (name: string, value: unknown) =>
  writeFileSync(folder + name, `${JSON.stringify(value, null, 2)}\n`);

const manifest = readManifest(root);
const types = {
  index: declarations(manifest, `${root}src/widget/index.ts`),
  ...frameworkTypes(manifest),
};

mkdirSync(`${folder}types`, { recursive: true });
mkdirSync(`${folder}editors`, { recursive: true });
for (const [name, text] of Object.entries(types))
  writeFileSync(`${folder}types/${name}.d.ts`, text);
writeJson('custom-elements.json', manifest);
for (const [name, data] of Object.entries(editorData(manifest, project.version)))
  writeJson(`editors/${name}.json`, data);
writeJson('server/server.cdx.json', serverBill());
writeJson('package.json', packageJson(project, Object.keys(types)));
copyFileSync(`${root}LICENSE`, `${folder}LICENSE`);
copyFileSync(`${root}docs/package.md`, `${folder}README.md`);

/** What the backend is installed with, from the lockfile; without what is another one at every run. */
function serverBill(): object {
  const asked = ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'];
  const {
    serialNumber: _,
    metadata,
    ...bill
  } = JSON.parse(execFileSync('npm', asked, { cwd: root, encoding: 'utf8', maxBuffer: 1e8 }));
  const { timestamp: __, ...rest } = metadata;
  return { ...bill, metadata: rest };
}
