/** As much of a document's shape as is worked with here. Whether it is one at all is the linter's to say. */
import type { ProblemCode } from '../../contract/index.js';

export interface Ref {
  readonly $ref: string;
}

export interface JsonSchema {
  [key: string]: unknown;
  type?: string;
  description?: string;
  properties?: Record<string, JsonSchema>;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description: string;
  readonly schema: object;
}

export interface Answer {
  readonly description: string;
  headers?: Readonly<Record<string, Ref>>;
  readonly content?: Readonly<Record<string, object>>;
}

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  tags?: readonly string[];
  parameters?: readonly (Ref | Parameter)[];
  readonly security: readonly object[];
  readonly requestBody?: { readonly required: boolean; readonly content: object };
  responses: Readonly<Record<string, Answer>>;
  /** The problems a route names as its own; `complete.ts` makes answers of them. */
  'x-problems'?: readonly ProblemCode[];
}
