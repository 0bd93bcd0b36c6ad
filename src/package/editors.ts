/** What VS Code and JetBrains read, to complete and explain tags, attributes, properties and parts. */
import { getWebTypesData } from 'custom-element-jet-brains-integration';
import {
  getVsCodeCssCustomData,
  getVsCodeHtmlCustomData,
} from 'custom-element-vs-code-integration';
import type { CustomElementDeclaration, Package } from 'custom-elements-manifest/schema';

interface Named {
  readonly name: string;
}

/** @returns by the name of the file, its value */
export function editorData(manifest: Package, version: string): Record<string, object> {
  const written = asWritten(manifest) as never;
  const html = JSON.parse(getVsCodeHtmlCustomData(written, {}));
  const css = JSON.parse(getVsCodeCssCustomData(written, {}));
  const web = JSON.parse(getWebTypesData(written, {}));
  const { properties, 'pseudo-elements': parts } = web.contributions.css;
  return {
    'vscode-html': html,
    'vscode-css': {
      ...css,
      properties: once(css.properties),
      pseudoElements: once(css.pseudoElements),
    },
    'web-types': {
      ...{ ...web, name: 'pay-link', version },
      contributions: {
        ...web.contributions,
        css: { properties: once(properties), 'pseudo-elements': once(parts) },
      },
    },
  };
}

/** `state` is the element's to write. */
const asWritten = (manifest: Package): Package => ({
  ...manifest,
  modules: manifest.modules.map((module) => ({
    ...module,
    declarations: (module.declarations as CustomElementDeclaration[]).map((one) => ({
      ...one,
      attributes: (one.attributes ?? []).filter(({ name }) => name !== 'state'),
    })),
  })),
});

/** Each element tells of the parts and properties of those inside it. */
const once = <T extends Named>(all: readonly T[]): T[] => [
  ...new Map(all.map((one) => [one.name, one])).values(),
];
