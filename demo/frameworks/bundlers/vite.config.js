import { defineConfig } from 'vite';

export default defineConfig({
  build: {
    outDir: 'dist/vite',
    modulePreload: false,
    rolldownOptions: {
      input: { bare: 'bare.js', configured: 'configured.js' },
      output: { entryFileNames: '[name].js' },
    },
  },
});
