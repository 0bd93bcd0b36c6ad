/** In a browser the contract's schemas are plain checks. */
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

export const plainSchemas: Plugin = {
  name: 'plain-schemas',
  enforce: 'pre',
  applyToEnvironment: ({ config }) => config.consumer === 'client',
  resolveId: {
    filter: { id: /^zod\/mini$/ },
    handler: () => fileURLToPath(new URL('../widget/zod-mini.ts', import.meta.url)),
  },
};
