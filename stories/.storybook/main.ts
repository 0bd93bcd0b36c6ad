import type { StorybookConfig } from '@storybook/web-components-vite';

const config: StorybookConfig = {
  stories: ['../*.stories.ts'],
  // The project's own Vite configuration builds the product, in several environments; stories need none of them.
  framework: {
    name: '@storybook/web-components-vite',
    options: { builder: { viteConfigPath: 'stories/.storybook/vite.config.ts' } },
  },
  staticDirs: [{ from: '../../demo/assets', to: '/demo/assets' }],
  addons: ['@storybook/addon-docs'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
};

export default config;
