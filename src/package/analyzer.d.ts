/** What the analyzer exports and does not say. */
declare module '@custom-elements-manifest/analyzer/index.js' {
  import type { Package } from 'custom-elements-manifest/schema';
  import type compiler from 'typescript-classic';

  export const ts: typeof compiler;
  export function create(options: {
    readonly modules: readonly compiler.SourceFile[];
    readonly plugins: readonly object[];
    readonly context: { readonly dev: boolean };
  }): Package;
}

declare module '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js' {
  export function litPlugin(): object[];
}
