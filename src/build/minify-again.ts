/** A second minifier sees what the first one leaves: together they save what either alone does not. */
import { minify } from 'terser';
import type { Plugin } from 'vite';

/**
 * Properties that never leave the script: by our habit of naming, and by name. What pages, the wire, the platform
 * or Lit may read keeps its name.
 */
const inner = new RegExp(
  `^(?:${[
    '(?:is(?!Optional|Active|UpdatePending)|has|on)[A-Z]\\w+',
    'apiOrigin|choices|continueAt|describedBy|extras|fallbackAddress|handDown|linkName',
    'mayRepeat|memoryKey|problemOf|reading|refusals|shownLink|slotOr|slotsForInner|speech|suggestion',
  ].join('|')})$`,
);

export const minifyAgain: Plugin = {
  name: 'minify-again',
  apply: 'build',
  applyToEnvironment: ({ config }) => config.consumer === 'client',
  async generateBundle(options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      const { code } = await minify(chunk.code, {
        ecma: 2020,
        module: options.format === 'es',
        compress: { passes: 3, unsafe_arrows: true, pure_getters: true },
        mangle: { properties: { regex: inner } },
        format: { ecma: 2020 },
      });
      chunk.code = code ?? chunk.code;
    }
  },
};
