/** As much of the OpenAPI document as its page shows. */
// biome-ignore lint/suspicious/noExplicitAny: JSON Schemas of any shape are only shown.
export type Json = any;

export interface ApiParameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: Json;
}

export interface ApiAnswer {
  readonly description: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Json;
}

export interface ApiOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Json[];
  readonly security?: readonly object[];
  readonly requestBody?: { readonly required: boolean; readonly content: Json };
  readonly responses: Readonly<Record<string, ApiAnswer>>;
}

type Items = Readonly<Record<string, Readonly<Record<string, ApiOperation>>>>;

export interface Api {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Items;
  readonly webhooks: Items;
  readonly components: { readonly schemas: Readonly<Record<string, Json>> };
}

/** What a `$ref` stands for. */
export const dereference = <Found = Json>(api: Api, node: Json): Found =>
  node?.$ref
    ? node.$ref
        .slice(2)
        .split('/')
        .reduce((at: Json, key: string) => at[key], api)
    : node;
