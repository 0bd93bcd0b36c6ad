/** What npm is told of `pay-link`: one module for every bundler, and types for whoever asks for them. */

interface Project {
  readonly version: string;
  readonly license: string;
}

/** @param types the names of the declaration files; all but `index` are for one framework each */
export function packageJson({ version, license }: Project, types: readonly string[]): object {
  const frameworks = types.filter((name) => name !== 'index');
  return {
    name: 'pay-link',
    version,
    description: 'Custom elements that sell by payment link: a button, a dialog and a form.',
    license,
    keywords: ['custom-elements', 'web-components', 'checkout', 'payment-link', 'mobile-money'],
    type: 'module',
    module: './module/pay-link.js',
    types: './types/index.d.ts',
    exports: {
      '.': { types: './types/index.d.ts', default: './module/pay-link.js' },
      ...Object.fromEntries(
        frameworks.map((name) => [`./${name}`, { types: `./types/${name}.d.ts` }]),
      ),
      './custom-elements.json': './custom-elements.json',
      './editors/*': './editors/*',
      './package.json': './package.json',
    },
    // Importing it registers the tags.
    sideEffects: true,
    customElements: './custom-elements.json',
    'web-types': './editors/web-types.json',
    files: ['module', 'types', 'editors', 'custom-elements.json'],
  };
}
