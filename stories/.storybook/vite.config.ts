import { defineConfig } from 'vite';

export default defineConfig({ define: { __PAY_LINK_VERSION__: '"stories"' } });
