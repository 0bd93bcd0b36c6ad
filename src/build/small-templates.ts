/** Takes the layout of the sources out of Lit's `html` and `css` templates: a fifth of the script is indentation. */
import type { Plugin } from 'vite';
import { forBuyers } from './for-buyers.ts';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

const css = (text: string) =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/;}/g, '}')
    .trim();

/** Space that spans lines is layout; between tags nothing depends on it, elsewhere one space stays. */
const html = (text: string) =>
  text
    .replace(/>\s*\n\s*</g, '><')
    .replace(/>\s*\n\s*$/, '>')
    .replace(/^\s*\n\s*</, '<')
    .replace(/^\s*\n\s*$/, '')
    .replace(/\s*\n\s*>/g, '>')
    .replace(/\s*\n\s*/g, ' ');

const minifiers: Record<string, (text: string) => string> = { css, html, svg: html };

function* taggedTemplates(value: unknown): Generator<{ tag: string; quasis: Node[] }> {
  if (Array.isArray(value)) for (const one of value) yield* taggedTemplates(one);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const node = value as Node;
  const tag = (node.tag as { name?: string } | undefined)?.name;
  if (node.type === 'TaggedTemplateExpression' && tag && tag in minifiers)
    yield { tag, quasis: (node.quasi as { quasis: Node[] }).quasis };
  for (const child of Object.values(node)) yield* taggedTemplates(child);
}

export const smallTemplates: Plugin = {
  name: 'small-templates',
  apply: 'build',
  applyToEnvironment: forBuyers,
  enforce: 'post',
  transform: {
    filter: { id: /src\/widget\/.*\.ts$/, code: /\b(?:html|css|svg)`/ },
    handler(code) {
      const texts = [...taggedTemplates(this.parse(code))].flatMap(({ tag, quasis }) =>
        quasis.map((quasi) => ({ minify: minifiers[tag], quasi })),
      );
      let small = code;
      for (const { minify, quasi } of texts.sort((a, b) => b.quasi.start - a.quasi.start)) {
        const raw = (quasi.value as { raw: string }).raw;
        const start = code.indexOf(raw, quasi.start);
        small = small.slice(0, start) + minify?.(raw) + small.slice(start + raw.length);
      }
      return { code: small, map: null };
    },
  },
};
