/**
 * What a page pays for a checkout of somebody else's: their published scripts, of the versions named here, beside ours
 * and beside Lit's core, in one run. Each as its manual says to use it for one product or amount; what comes as modules
 * is bundled and minified as an application would. They do more and less than ours, each in its way: the table says what
 * they weigh, not what they are worth.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { evaluationOf } from './evaluation.js';
import { byTurns, type Finding } from './figures.js';
import type { Stage } from './stage.js';

interface Peer {
  readonly name: string;
  readonly version: string;
  /** A module that takes what a button or a form needs. */
  readonly entry: string;
}

const peers: readonly Peer[] = [
  {
    ...{ name: '@shopify/buy-button-js', version: '3.0.6' },
    entry: `import '@shopify/buy-button-js/dist/buybutton.min.js';`,
  },
  {
    ...{ name: '@commercelayer/drop-in.js', version: '2.27.0' },
    entry: `import { defineCustomElements } from '@commercelayer/drop-in.js/dist/esm/loader.js';
      import * as parts from '@commercelayer/drop-in.js/dist/esm/cl-add-to-cart_13.entry.js';
      globalThis.parts = parts; defineCustomElements();`,
  },
  {
    ...{ name: '@foxy.io/elements', version: '1.53.3' },
    entry: `import '@foxy.io/elements/dist/cdn/foxy-donation.js';`,
  },
  {
    ...{ name: '@adyen/adyen-web', version: '6.45.2' },
    entry: `import { AdyenCheckout, Card, Dropin } from '@adyen/adyen-web';
      globalThis.adyen = { AdyenCheckout, Card, Dropin };`,
  },
  {
    ...{ name: 'braintree-web-drop-in', version: '1.48.0' },
    entry: `import dropin from 'braintree-web-drop-in/dist/browser/dropin.js'; globalThis.dropin = dropin;`,
  },
  {
    ...{ name: '@justifi/webcomponents', version: '6.14.3' },
    entry: `import { defineCustomElement } from '@justifi/webcomponents/dist/module/justifi-checkout.js';
      defineCustomElement();`,
  },
];

const folder = new URL('../../.cache/peers/', import.meta.url).pathname;

/** From the registry, without running a line of theirs. */
function install(): void {
  const dependencies = Object.fromEntries(peers.map(({ name, version }) => [name, version]));
  const wanted = JSON.stringify({ private: true, dependencies }, null, 2);
  const known = `${folder}package.json`;
  if (
    existsSync(known) &&
    existsSync(`${folder}node_modules`) &&
    readFileSync(known, 'utf8') === wanted
  )
    return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(known, wanted);
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps'];
  execFileSync('npm', ['install', ...options], { cwd: folder, stdio: 'inherit' });
}

async function bundled({ entry }: Peer): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: folder },
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'chrome109',
    conditions: ['production', 'browser'],
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    // Pictures and styles beside it are not counted.
    loader: { '.css': 'empty', '.svg': 'empty', '.png': 'empty' },
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

const kilobytes = (text: string) => brotliCompressSync(text).length / 1000;

/** From the script's tag in a page that waits for it to a button that can be pressed. */
async function toButton(stage: Stage, tag: string, src: string): Promise<number> {
  const { page, close } = await stage.open(`<${tag} label="Pay" link="plink_1"></${tag}>`, {
    slower: 4,
  });
  const time = await page.evaluate(
    async ([name, address]) => {
      const element = document.querySelector(name) as HTMLElement;
      const start = performance.now();
      const script = document.createElement('script');
      script.src = address;
      document.head.append(script);
      while (!element.shadowRoot?.querySelector('button')?.offsetHeight)
        await new Promise((resolve) => requestAnimationFrame(resolve));
      return performance.now() - start;
    },
    [tag, src] as const,
  );
  await close();
  return time;
}

export async function besidePeers(stage: Stage): Promise<Finding[]> {
  install();
  const scripts: Record<string, string> = { ours: stage.script };
  for (const peer of peers) scripts[peer.name] = await bundled(peer);
  const findings: Finding[] = Object.entries(scripts).map(([name, script]) => ({
    what: `${name}: size with brotli`,
    figure: kilobytes(script),
    unit: ' kB',
    by: `${(script.length / 1000).toFixed(0)} kB before compression`,
  }));
  for (const slower of [1, 4]) {
    const measured: Record<string, string> = { ...scripts, lit: stage.bare };
    const times = await evaluationOf(stage, measured, { slower, turns: 15 });
    for (const name of Object.keys(scripts))
      findings.push({
        what: `${name}: evaluation, processor at 1/${slower}`,
        figure: (times[name] ?? Number.NaN) / (times.lit ?? Number.NaN),
        unit: '×',
        by: `${times[name]?.toFixed(1)} ms against ${times.lit?.toFixed(2)} ms of Lit's core`,
      });
  }
  const { ours, lit } = await byTurns(15, {
    ours: () => toButton(stage, 'pay-link-button', '/pay-link.js'),
    lit: () => toButton(stage, 'bare-button', '/bare.js'),
  });
  findings.push({
    what: 'ours: from the script to a usable button, processor at 1/4',
    figure: ours / lit,
    unit: '×',
    by: `${ours.toFixed(0)} ms against ${lit.toFixed(0)} ms of a button on Lit's core`,
  });
  return findings;
}
