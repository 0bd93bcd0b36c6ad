/**
 * The custom-elements manifest of the three elements: what of them a page may use, and nothing of how they work.
 * Types, editor data and stories are made from it. Words and types are those of the source; which properties there
 * are, and as which attributes, is asked of the classes themselves.
 */
import { readFileSync } from 'node:fs';
import { create, ts } from '@custom-elements-manifest/analyzer/index.js';
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';
import type {
  ClassField,
  ClassMethod,
  CustomElementDeclaration,
  Event,
  Package,
} from 'custom-elements-manifest/schema';
import { PayLinkButton, PayLinkForm, PayLinkModal } from '../widget/index.ts';

interface Element {
  readonly element: typeof PayLinkButton | typeof PayLinkForm | typeof PayLinkModal;
  readonly tagName: string;
  readonly source: string;
  readonly methods: readonly string[];
}

/** Each shows the one before it, with its parts, and fires what that one does. */
const elements: readonly Element[] = [
  {
    ...{ element: PayLinkForm, tagName: 'pay-link-form' },
    ...{ source: 'src/widget/form/pay-link-form.ts', methods: [] },
  },
  {
    ...{ element: PayLinkModal, tagName: 'pay-link-modal' },
    ...{ source: 'src/widget/modal/pay-link-modal.ts', methods: ['show', 'close'] },
  },
  {
    ...{ element: PayLinkButton, tagName: 'pay-link-button' },
    ...{ source: 'src/widget/button/pay-link-button.ts', methods: [] },
  },
];

const base = 'src/widget/pay-link-element.ts';

/** @param root of the project, with a slash at its end */
export function readManifest(root: string): Package {
  const files = [base, ...elements.map(({ source }) => source)];
  const modules = files.map((file) =>
    ts.createSourceFile(file, readFileSync(root + file, 'utf8'), ts.ScriptTarget.ES2022, true),
  );
  const written: Package = create({ modules, plugins: litPlugin(), context: { dev: false } });
  const found = written.modules.flatMap(({ declarations = [] }) => declarations);
  const shown: CustomElementDeclaration[] = [];
  for (const element of elements) {
    const source = found.find(({ name }) => name === element.element.name);
    shown.push(declarationOf(source as CustomElementDeclaration, element, shown.at(-1)));
  }
  return {
    schemaVersion: '1.0.0',
    modules: [
      {
        ...{ kind: 'javascript-module', path: 'module/pay-link.js' },
        declarations: shown,
        exports: shown.flatMap(({ name, tagName }) => [
          { kind: 'js', name, declaration: { name } },
          { kind: 'custom-element-definition', name: tagName as string, declaration: { name } },
        ]),
      },
    ],
  };
}

function declarationOf(
  source: CustomElementDeclaration,
  { element, tagName, methods }: Element,
  inner: CustomElementDeclaration | undefined,
): CustomElementDeclaration {
  const fields = fieldsOf(source, element);
  const ownEvents = (source.events ?? []).filter(({ name }) => name.startsWith('pay-link-'));
  const events = [...ownEvents.map(typed), ...(inner?.events ?? [])];
  return {
    ...{ kind: 'class', customElement: true, name: source.name, tagName },
    ...{ summary: source.summary ?? '', description: source.description ?? '' },
    superclass: { name: 'HTMLElement' },
    members: [...fields, ...methodsOf(source, methods)],
    attributes: fields.flatMap(({ name, attribute, description, type, default: initial }) =>
      attribute
        ? [
            {
              ...{ name: attribute, fieldName: name },
              ...(description && { description }),
              ...(type && { type }),
              ...(initial && { default: initial }),
            },
          ]
        : [],
    ),
    events,
    slots: source.slots ?? [],
    cssParts: [...(source.cssParts ?? []), ...(inner?.cssParts ?? [])],
    cssProperties: source.cssProperties?.length
      ? source.cssProperties
      : (inner?.cssProperties ?? []),
  };
}

type Field = ClassField & { attribute?: string };

function fieldsOf(
  { members = [] }: CustomElementDeclaration,
  element: Element['element'],
): Field[] {
  // Reading this is what makes Lit work the properties out.
  const known = new Set(element.observedAttributes);
  const own = members.filter((member): member is Field => member.kind === 'field');
  return [...element.elementProperties].flatMap(([key, options]): Field[] => {
    const name = String(key);
    if (options.state) return [];
    const { description, type } = own.find((one) => one.name === name) ?? {};
    if (!description || !type) throw new Error(`${element.name}.${name} has no words or no type.`);
    const attribute =
      typeof options.attribute === 'string' ? options.attribute : name.toLowerCase();
    return [
      {
        ...{ kind: 'field', name, description, type, privacy: 'public' },
        ...(known.has(attribute) && { attribute }),
        ...('initial' in options && { default: JSON.stringify(options.initial) }),
        ...(name === 'state' && { readonly: true }),
      },
    ];
  });
}

const methodsOf = ({ members = [] }: CustomElementDeclaration, names: readonly string[]) =>
  members.filter(
    (member): member is ClassMethod => member.kind === 'method' && names.includes(member.name),
  );

const typed = ({ name, description }: Event): Event => ({
  name,
  ...(description && { description }),
  type: { text: `PayLinkEvent<'${name}'>` },
});
