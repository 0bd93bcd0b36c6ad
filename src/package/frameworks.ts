/**
 * How each framework's compiler is told of the elements: attributes and properties with their types, and listeners
 * with the events they get. By hand, for the generators there are know React 18, Svelte 4 and Vue's JSX.
 */
import type { CustomElementDeclaration, Package } from 'custom-elements-manifest/schema';
import { docComment, indent } from './plain-types.ts';

interface Framework {
  /** What stands before the elements. */
  readonly opening: string;
  /** Where they are declared. */
  readonly within: readonly string[];
  /** What every element takes there. */
  readonly common: (name: string) => string;
  /** As what a property is written that is no attribute. */
  readonly property: (name: string) => string;
  readonly listener: (event: string) => string;
}

const plain = (name: string) => name;
const onEvent = (event: string) => `on${event}`;

const frameworks: Readonly<Record<string, Framework>> = {
  react: {
    opening: `import type { DetailedHTMLProps, HTMLAttributes } from 'react';`,
    within: [`declare module 'react'`, 'namespace JSX', 'interface IntrinsicElements'],
    common: (name) => `DetailedHTMLProps<HTMLAttributes<${name}>, ${name}>`,
    property: plain,
    listener: onEvent,
  },
  preact: {
    opening: `import type { HTMLAttributes } from 'preact';`,
    within: [`declare module 'preact'`, 'namespace JSX', 'interface IntrinsicElements'],
    common: (name) => `HTMLAttributes<${name}>`,
    property: plain,
    listener: onEvent,
  },
  solid: {
    opening: `import type { JSX } from 'solid-js';`,
    within: [`declare module 'solid-js'`, 'namespace JSX', 'interface IntrinsicElements'],
    common: (name) => `JSX.HTMLAttributes<${name}>`,
    property: (name) => `prop:${name}`,
    listener: (event) => `on:${event}`,
  },
  svelte: {
    opening: `import type { HTMLAttributes } from 'svelte/elements';`,
    within: [`declare module 'svelte/elements'`, 'interface SvelteHTMLElements'],
    common: (name) => `HTMLAttributes<${name}>`,
    property: plain,
    listener: onEvent,
  },
};

/** @returns by the name of the framework, the text of its declarations */
export function frameworkTypes(manifest: Package): Record<string, string> {
  const elements = manifest.modules
    .flatMap(({ declarations = [] }) => declarations)
    .map((one) => one as CustomElementDeclaration);
  return {
    ...Object.fromEntries(
      Object.entries(frameworks).map(([name, framework]) => [name, typesFor(framework, elements)]),
    ),
    vue: vueTypes(elements),
  };
}

const importOf = (elements: readonly CustomElementDeclaration[]): string =>
  `import type { PayLinkEvent, ${elements.map(({ name }) => name).join(', ')} } from './index.js';`;

function typesFor(framework: Framework, elements: readonly CustomElementDeclaration[]): string {
  const props = elements.map(
    ({ name, ...element }) =>
      `type ${name}Props = Omit<${framework.common(name)}, keyof ${name}Own> & ${name}Own;\n` +
      `type ${name}Own = {\n${indent(propsOf({ name, ...element }, framework))}\n};`,
  );
  const tags = elements.map(({ tagName, name }) => `'${tagName}': ${name}Props;`).join('\n');
  const place = framework.within.reduceRight(
    (inner, line) => `${line} {\n${indent(inner)}\n}`,
    tags,
  );
  return `${framework.opening}\n${importOf(elements)}\n\n${props.join('\n\n')}\n\n${place}\n`;
}

/** Attributes as they are written in HTML, and properties; whichever of the two a page prefers. */
function propsOf(
  { name, attributes = [], members = [], events = [] }: CustomElementDeclaration,
  { property, listener }: Framework,
): string {
  const written = attributes.filter(({ fieldName }) => fieldName !== 'state');
  const names = new Set(written.map(({ name: attribute }) => attribute));
  const fields = members.filter(
    (member) => member.kind === 'field' && !member.readonly && !names.has(property(member.name)),
  );
  return [
    ...written.map(({ name: attribute, fieldName, description, type }) => {
      // There or not: several frameworks would write `false` as a text, which is there.
      const isFlag = type?.text === 'boolean' && attribute !== fieldName;
      const value = isFlag ? "true | ''" : `${name}['${fieldName}']`;
      return `${docComment(description ?? '')}'${attribute}'?: ${value} | undefined;`;
    }),
    ...fields.map(
      ({ name: field, description }) =>
        `${docComment(description ?? '')}'${property(field)}'?: ${name}['${field}'] | undefined;`,
    ),
    ...events.map(
      ({ name: event, description }) =>
        `${docComment(description ?? '')}'${listener(event)}'?: ((event: PayLinkEvent<'${event}'>) => void) | undefined;`,
    ),
  ].join('\n');
}

function vueTypes(elements: readonly CustomElementDeclaration[]): string {
  const types = elements.map(({ name, members = [], events = [] }) => {
    const fields = members.filter((member) => member.kind === 'field' && !member.readonly);
    const props = fields.map(({ name: field }) => `'${field}'`).join(' | ');
    const emits = events.map(
      ({ name: event }) => `(name: '${event}', event: PayLinkEvent<'${event}'>): void;`,
    );
    return `type ${name}Tag = new () => {
  $props: HTMLAttributes & Partial<Pick<${name}, ${props}>>;
  $emit: {\n${indent(indent(emits.join('\n')))}\n  };
};`;
  });
  const tags = elements.map(({ tagName, name }) => `'${tagName}': ${name}Tag;`).join('\n');
  return `import type { HTMLAttributes } from 'vue';
${importOf(elements)}

${types.join('\n\n')}

declare module 'vue' {
  interface GlobalComponents {
${indent(indent(tags))}
  }
}
`;
}
