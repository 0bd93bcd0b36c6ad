import manifest from 'virtual:custom-elements-manifest';
import type { Preview } from '@storybook/web-components-vite';
import { configure } from '../../src/widget/api-origin.js';
import { fetched } from '../../src/widget/i18n/languages.js';
import { argTypesOf, declarationOf } from './arg-types.js';

// The languages lie beside the stories.
configure({ api: location.origin });

/** Theme and language reach the elements as they do on a merchant's page: by `color-scheme` and `lang`. */
const preview: Preview = {
  globalTypes: {
    scheme: {
      description: 'Colour scheme of the page',
      toolbar: { icon: 'contrast', items: ['light', 'dark'], dynamicTitle: true },
    },
    lang: {
      description: 'Language of the page',
      toolbar: { icon: 'globe', items: ['en', 'fr', ...fetched], dynamicTitle: true },
    },
  },
  initialGlobals: { scheme: 'light', lang: 'en' },
  decorators: [
    (story, { globals }) => {
      const { documentElement: page, body } = document;
      page.lang = globals.lang;
      page.style.colorScheme = globals.scheme;
      body.style.background = 'Canvas';
      return story();
    },
  ],
  parameters: {
    layout: 'padded',
    controls: { disable: true },
    actions: { disable: true },
    docs: {
      extractArgTypes: (tag: string) => {
        const found = declarationOf(manifest, tag);
        return found && argTypesOf(found);
      },
      extractComponentDescription: (tag: string) => {
        const { summary, description } = declarationOf(manifest, tag) ?? {};
        return [summary, description].filter(Boolean).join('\n\n');
      },
    },
  },
};

export default preview;
