import { defineConfig } from 'vite';
import { locales } from '../../src/build/locales.ts';

export default defineConfig({
  define: { __PAY_LINK_VERSION__: '"stories"' },
  plugins: [locales],
});
