/** The languages beside the script, as the JSON it fetches. */
import type { Plugin } from 'vite';
import type { Messages } from '../widget/i18n/en.ts';
import { ar } from '../widget/i18n/languages/ar.ts';
import { de } from '../widget/i18n/languages/de.ts';
import { es } from '../widget/i18n/languages/es.ts';
import { he } from '../widget/i18n/languages/he.ts';
import { hi } from '../widget/i18n/languages/hi.ts';
import { it } from '../widget/i18n/languages/it.ts';
import { ja } from '../widget/i18n/languages/ja.ts';
import { ko } from '../widget/i18n/languages/ko.ts';
import { nl } from '../widget/i18n/languages/nl.ts';
import { pl } from '../widget/i18n/languages/pl.ts';
import { pt } from '../widget/i18n/languages/pt.ts';
import { sw } from '../widget/i18n/languages/sw.ts';
import { tr } from '../widget/i18n/languages/tr.ts';
import { zh } from '../widget/i18n/languages/zh.ts';

const all = { ar, de, es, he, hi, it, ja, ko, nl, pl, pt, sw, tr, zh };
const languages: Record<string, Messages> = all;

const pathOf = (tag: string) => `locales/${tag}.json`;

export const locales: Plugin = {
  name: 'locales',
  applyToEnvironment: ({ name }) => !['module', 'server', 'desk'].includes(name),
  generateBundle() {
    for (const [tag, messages] of Object.entries(languages))
      this.emitFile({ type: 'asset', fileName: pathOf(tag), source: JSON.stringify(messages) });
  },
  configureServer({ middlewares }) {
    for (const [tag, messages] of Object.entries(languages))
      middlewares.use(`/${pathOf(tag)}`, (_request, response) => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(messages));
      });
  },
};
