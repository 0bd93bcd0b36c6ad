/** What a compiler reads of the package: the elements from their manifest, all else from the source, written out. */
import type {
  ClassField,
  ClassMethod,
  CustomElementDeclaration,
  Package,
} from 'custom-elements-manifest/schema';
import { createPrinter, docComment, indent } from './plain-types.ts';

/** In the order of the file; each is referred to by its name in the others. */
const types = [
  'PublicLink',
  'OpenLink',
  'ClosedLink',
  'LinkItem',
  'Collect',
  'Branding',
  'Selection',
  'Totals',
  'CheckoutSession',
  'SessionRequest',
  'AddressForm',
  'Client',
  'MessageOverrides',
  'FormState',
  'UnavailableStatus',
  'CloseReason',
  'PayLinkEventDetails',
];

const rest = `
export type PayLinkEventName = keyof PayLinkEventDetails;
export type PayLinkEvent<Name extends PayLinkEventName = PayLinkEventName> = CustomEvent<PayLinkEventDetails[Name]>;

/** Sets the backend for every element that does not name its own: \`configure({ api: 'https://pay.example.com' })\`. */
export declare function configure(settings: { api?: string }): void;

export declare const version: string;

/** What a \`client\` throws: a refusal of the server, or \`network\`, \`timeout\`, \`bad_answer\`. */
export declare class Problem extends Error {
  readonly code: string;
  readonly errors: readonly { readonly path: string; readonly code: string; readonly message: string; readonly limit?: number | undefined }[] | undefined;
  readonly totals: Totals | undefined;
  /** Seconds until another try is worth it. */
  readonly retryAfter: number | undefined;
  constructor(
    code: string,
    detail: string,
    options?: Partial<Pick<Problem, 'errors' | 'totals' | 'retryAfter'>> & ErrorOptions,
  );
}

type PayLinkEventMap = { [Name in PayLinkEventName]: PayLinkEvent<Name> };

declare global {
  interface HTMLElementTagNameMap {
    'pay-link-button': PayLinkButton;
    'pay-link-form': PayLinkForm;
    'pay-link-modal': PayLinkModal;
  }
  interface GlobalEventHandlersEventMap extends PayLinkEventMap {}
  interface Window {
    PayLink?: { readonly version?: string; api?: string | undefined };
  }
}
`;

/** @param entry the source file whose exports the package has */
export function declarations(manifest: Package, entry: string): string {
  const printer = createPrinter(entry, types);
  const elements = manifest.modules.flatMap(({ declarations: all = [] }) => all);
  return [
    ...types.map((name) => printer.declaration(name)),
    ...elements.map((one) => classOf(one as CustomElementDeclaration)),
    rest.trimStart(),
  ].join('\n\n');
}

function classOf({ name, summary, description, members = [] }: CustomElementDeclaration): string {
  const words = [summary, description].filter(Boolean).join('\n\n');
  const lines = members.map((member) =>
    member.kind === 'field' ? fieldOf(member) : methodOf(member as ClassMethod),
  );
  return `${docComment(words)}export declare class ${name} extends HTMLElement {\n${indent(lines.join('\n'))}\n}`;
}

const fieldOf = ({ name, type, description, readonly: isReadonly }: ClassField): string =>
  `${docComment(description ?? '')}${isReadonly ? 'readonly ' : ''}${name}: ${type?.text};`;

const methodOf = ({ name, description, return: answer }: ClassMethod): string =>
  `${docComment(description ?? '')}${name}(): ${answer?.type?.text ?? 'void'};`;
