import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

// Without this Vue looks for a component of that name.
const isCustomElement = (tag: string) => tag.startsWith('pay-link-');

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement } } })],
});
