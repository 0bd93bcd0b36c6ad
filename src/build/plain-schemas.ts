/** In a browser the contract's schemas are plain checks. */
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { forBuyers } from './for-buyers.ts';

export const plainSchemas: Plugin = {
  name: 'plain-schemas',
  enforce: 'pre',
  applyToEnvironment: forBuyers,
  resolveId: {
    filter: { id: /^zod\/mini$/ },
    handler: () => fileURLToPath(new URL('../widget/zod-mini.ts', import.meta.url)),
  },
};
