/** French in the order of English: the names of its two hundred sentences need not be said twice in one script. */
import type { Plugin } from 'vite';
import { en } from '../widget/i18n/en.ts';
import { french } from '../widget/i18n/fr.ts';
import { forBuyers } from './for-buyers.ts';

const sentencesIn = (shape: object, language: object): string[] =>
  Object.entries(shape).flatMap(([name, part]) => {
    const own = (language as Record<string, object | string>)[name] ?? '';
    return typeof own === 'string' ? [own] : sentencesIn(part, own);
  });

const text = JSON.stringify(sentencesIn(en, french()).join('\n'));

export const frenchInOrder: Plugin = {
  name: 'french-in-order',
  apply: 'build',
  enforce: 'pre',
  applyToEnvironment: forBuyers,
  load: {
    filter: { id: /\/i18n\/fr\.ts$/ },
    handler: () => `
      import { en } from './en.ts';
      import { inOrder } from './in-order.ts';
      export const french = () => inOrder(en, ${text}.split('\\n').values());`,
  },
};
