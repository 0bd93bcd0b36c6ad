/**
 * The tables of the reference, from the manifest: all of an element a page may use, each under a key of its own.
 * Storybook's own reading of it takes an attribute, a part and a property of one name for the same.
 */

import type { ArgTypes } from '@storybook/web-components-vite';
import type { CustomElementDeclaration, Package } from 'custom-elements-manifest/schema';

interface Row {
  readonly name: string;
  readonly description?: string | undefined;
  readonly type?: { readonly text: string } | undefined;
  readonly default?: string | undefined;
}

const rows = (
  category: string,
  all: readonly Row[] = [],
  keyOf = (name: string) => `${category}:${name}`,
): ArgTypes =>
  Object.fromEntries(
    all.map(({ name, description, type, default: initial }) => [
      keyOf(name),
      {
        ...{ name: name || '(default)', description, control: false },
        table: {
          category,
          ...(type && { type: { summary: type.text } }),
          ...(initial && { defaultValue: { summary: initial } }),
        },
      },
    ]),
  ) as ArgTypes;

export function declarationOf(
  manifest: Package,
  tag: string,
): CustomElementDeclaration | undefined {
  const all = manifest.modules.flatMap(({ declarations = [] }) => declarations);
  return all.map((one) => one as CustomElementDeclaration).find(({ tagName }) => tagName === tag);
}

export function argTypesOf(one: CustomElementDeclaration): ArgTypes {
  const { attributes = [], members = [], events, slots, cssParts, cssProperties } = one;
  const written = new Set(attributes.map(({ fieldName }) => fieldName));
  const fields = members.filter((member) => member.kind === 'field' && !written.has(member.name));
  const methods = members.filter((member) => member.kind === 'method');
  return {
    // By their names alone: what a story is given is found under these.
    ...rows('attributes', attributes, (name) => name),
    ...rows('properties', fields as Row[]),
    ...rows('methods', methods),
    ...rows('events', events as Row[]),
    ...rows('slots', slots),
    ...rows('custom properties', cssProperties),
    ...rows('parts', cssParts),
  };
}
