/** A second minifier sees what the first one leaves: together they save what either alone does not. */
import { minify } from 'terser';
import type { Plugin } from 'vite';
import { forBuyers } from './for-buyers.ts';

/**
 * Properties that never leave the script: by our habit of naming, and by name. What pages, the wire, the session
 * storage or the platform may read keeps its name.
 */
export const inner = new RegExp(
  `^(?:${[
    '(?:is(?!Optional|Active|Included)|has|on(?!Accent))[A-Z]\\w+',
    'abandon|action|apiOrigin|around|ask|beside|brand|caption|checkout|choices|chosen|continueAt|describedBy|draft|edit|expect',
    'draw|during|extras|fallbackAddress|fill|follow|following|forgetProblem|forms|goElsewhere|handDown|handOff|hint|kind|leave|leftUntil|legend|linkName|look',
    'mayRepeat|memoryKey|money|needWords|notice|noteFrame|noteOpened|order|owner|paying|placeFor|prefill|problemOf|reading|refusals|report|restart|resume|retryForms',
    'root|rootClass|say|setClock|showFirstProblem|shown|shownLink|sign|slotOr|slotsForInner|speech|tell|tellAloud|watch',
    // What Lit and floating-ui call among themselves.
    '_\\$\\w+|addController|createProperty|createRenderRoot|elementStyles|enableUpdating|finalize',
    'getPropertyDescriptor|hostConnected|hostDisconnected|performUpdate|renderOptions|shadowRootOptions',
    'updated|willUpdate',
    'floating|getDimensions|getElementRects|placement|platform|strategy',
  ].join('|')})$`,
);

export const minifyAgain: Plugin = {
  name: 'minify-again',
  apply: 'build',
  applyToEnvironment: forBuyers,
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
