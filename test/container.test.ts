/** What cannot be run everywhere is read: the image and the composition name nothing that is not there. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { providers, variablesOf } from '../src/server/provider/registry.js';

const root = new URL('..', import.meta.url);
const textOf = (path: string) => readFileSync(new URL(path, root), 'utf8');

const known = [
  ...['settings', 'provider-settings'].flatMap((name) =>
    [...textOf(`src/server/${name}.ts`).matchAll(/value\('([A-Z_]+)'\)/g)].map(
      ([, variable = '']) => variable,
    ),
  ),
  ...providers.flatMap(variablesOf),
];
const compose = textOf('compose.yaml');
/** The environment of the one service that is ours. */
const given = [
  ...(/environment:\n([\s\S]*?)\n {4}\w/.exec(compose)?.[1] ?? '').matchAll(/^ {6}([A-Z_]+):/gm),
].map(([, name = '']) => name);

it('the composition sets variables that the server reads', () => {
  expect(given).toContain('DATABASE_URL');
  expect(given.filter((name) => !known.includes(name))).toEqual([]);
  const image = [...textOf('Dockerfile').matchAll(/\b([A-Z_]{4,})=\S/g)].map(
    ([, name = '']) => name,
  );
  expect(image.filter((name) => name !== 'NODE_ENV' && !known.includes(name))).toEqual([]);
});

it('the composition has no secret of its own', () => {
  const ours = /^ +(POSTGRES_PASSWORD|SECRET_KEY|DATABASE_URL):.*\$.*$/gm;
  const secrets = compose.match(ours) ?? [];
  expect(secrets.length).toBe(3);
  for (const line of secrets) expect(line).toMatch(/\$\{(POSTGRES_PASSWORD|SECRET_KEY):\?/);
  for (const { secretKey, webhookSecret } of providers)
    for (const { name } of [secretKey, webhookSecret])
      expect(compose).toContain(`\n      ${name}: \${${name}:-}\n`);
});

it('the README tells of every variable that the server reads', () => {
  const readme = textOf('README.md');
  expect(known.length).toBeGreaterThan(12);
  expect(known.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

it('the image is made of files that are there and that the build may see', () => {
  const ignored = textOf('.dockerignore');
  const copied = [...textOf('Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
    ([, files = '']) => files.split(' '),
  );
  expect(copied.length).toBeGreaterThan(5);
  for (const file of copied) {
    expect([file, existsSync(new URL(file, root))]).toEqual([file, true]);
    expect(ignored).toContain(`\n!${file}\n`);
  }
});
