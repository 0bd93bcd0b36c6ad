/** The package as an application gets it: packed, installed somewhere else, read by a compiler and by Node. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;
const dist = `${root}dist`;
const app = mkdtempSync(join(tmpdir(), 'pay-link-app-'));

const run = (command: string, args: readonly string[], cwd = app): string => {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(' ')}\n${stdout}\n${stderr}`);
  }
};

beforeAll(() => {
  run('npm', ['pack', '--silent', '--pack-destination', app], dist);
  writeFileSync(join(app, 'package.json'), '{ "name": "app", "private": true, "type": "module" }');
  const { version } = JSON.parse(readFileSync(`${dist}/package.json`, 'utf8'));
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', `./pay-link-${version}.tgz`]);
}, 60_000);

it('brings nothing along', () => {
  const { dependencies, packages } = JSON.parse(
    readFileSync(join(app, 'package-lock.json'), 'utf8'),
  );
  expect(dependencies).toBeUndefined();
  expect(Object.keys(packages)).toEqual(['', 'node_modules/pay-link']);
});

it('is packed without a fault that publint or “Are the types wrong?” know', () => {
  expect(run(`${root}node_modules/.bin/publint`, ['--strict', dist])).toContain('All good');
  run(`${root}node_modules/.bin/attw`, ['--pack', dist, '--profile', 'esm-only']);
}, 60_000);

it('is imported where there is no DOM, and defines nothing', () => {
  const script = `
    const module = await import('pay-link');
    module.configure({ api: 'https://pay.example.com' });
    console.log(JSON.stringify([Object.keys(module).sort(), typeof customElements]));`;
  expect(JSON.parse(run('node', ['--input-type=module', '--eval', script]))).toEqual([
    ['PayLinkButton', 'PayLinkForm', 'PayLinkModal', 'Problem', 'configure', 'version'],
    'undefined',
  ]);
});

const consumer = `
import { configure, Problem, type Client, type PayLinkButton, type PayLinkEvent } from 'pay-link';
configure({ api: 'https://pay.example.com' });
const button: PayLinkButton = document.createElement('pay-link-button');
button.link = 'plink_x';
button.showPrice = true;
button.prefillAmount = 2500;
button.metadata = { order: '17' };
button.messages = { text: { pay: 'Go' } };
button.addEventListener('pay-link-complete', ({ detail }) => {
  const total: number = detail.session.totals.total;
  const lines: readonly { readonly quantity: number }[] = detail.session.totals.lines;
  const status: 'open' | 'processing' | 'complete' | 'expired' | 'canceled' = detail.session.status;
  console.log(total, lines, status);
});
button.addEventListener('pay-link-ready', (event: PayLinkEvent<'pay-link-ready'>) => {
  const { link } = event.detail;
  if (link.status === 'active' && link.type === 'amount') console.log(link.suggestedAmounts?.length);
  if (link.status === 'active' && link.type !== 'amount') console.log(link.items[0]?.variants[0]?.stock);
});
document.addEventListener('pay-link-cancel', ({ detail }) => console.log(detail.session.id));
const isOpen: boolean = document.createElement('pay-link-modal').show();
declare const client: Client;
client.paymentLink('plink_x').catch((error) => error instanceof Problem && console.log(error.code));
console.log(isOpen, window.PayLink?.version);
// @ts-expect-error there is no such theme
button.theme = 'blue';
// @ts-expect-error the element writes it
button.state = 'done';
// @ts-expect-error there is no such event
const wrong: PayLinkEvent<'pay-link-paid'> = new CustomEvent('pay-link-paid');
`;

const config = (types: string[]) => ({
  compilerOptions: {
    ...{ strict: true, noEmit: true, skipLibCheck: false, exactOptionalPropertyTypes: true },
    ...{ target: 'ES2022', module: 'NodeNext', moduleResolution: 'NodeNext', types },
    lib: ['ES2022', 'DOM', 'DOM.Iterable'],
  },
  include: ['src'],
});

it('tells a strict compiler all of it, by itself', () => {
  mkdirSync(join(app, 'src'));
  writeFileSync(join(app, 'src/main.ts'), consumer);
  writeFileSync(join(app, 'tsconfig.json'), JSON.stringify(config([])));
  expect(run(`${root}node_modules/.bin/tsc`, ['--project', app])).toBe('');
}, 60_000);
