/** `#/components/schemas`: the schemas that read bodies and shape answers, by name and in words. */
import * as z from 'zod/mini';
import type { Described } from './described.js';
import { fieldWords } from './field-words.js';
import { links } from './schemas/links.js';
import { operations } from './schemas/operations.js';
import { payments } from './schemas/payments.js';
import { problems } from './schemas/problems.js';
import { products } from './schemas/products.js';
import { promotions } from './schemas/promotions.js';
import { publicLinks } from './schemas/public-links.js';
import { sandboxWishes } from './schemas/sandbox.js';
import { sessions } from './schemas/sessions.js';
import { settings } from './schemas/settings.js';
import { webhooks } from './schemas/webhooks.js';
import type { JsonSchema } from './types.js';

const all: readonly Described[] = [
  ...links,
  ...publicLinks,
  ...sessions,
  ...payments,
  ...products,
  ...promotions,
  ...webhooks,
  ...settings,
  ...sandboxWishes,
  ...operations,
  ...problems,
];

const known = new Map(all.map((one) => [one.schema, one]));

/** @throws where a route speaks of what nothing describes. */
export function describedBy(schema: z.ZodMiniType): Described {
  const found = known.get(schema);
  if (!found) throw new Error('A schema of a route is not described in src/server/openapi.');
  return found;
}

export const pathOf = (name: string): string => `#/components/schemas/${name}`;

export function componentSchemas(): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const { schema, name } of all) registry.add(schema, { id: name });
  const { schemas } = z.toJSONSchema(registry, {
    uri: pathOf,
    override: ({ zodSchema, jsonSchema }) => {
      const { def } = zodSchema._zod;
      // Only requests are closed: an answer may know more one day.
      if (def.type === 'object' && !('catchall' in def && def.catchall))
        delete jsonSchema.additionalProperties;
      // What an older script makes of an answer it does not know is no default of ours.
      if (def.type === 'catch') delete jsonSchema.default;
      for (const [name, field] of Object.entries(jsonSchema.properties ?? {}))
        say(name, field as JsonSchema);
    },
  });
  return Object.fromEntries(
    all.map(({ name, description, fields, examples }) => {
      const { $id, $schema, ...schema } = schemas[name] as JsonSchema;
      for (const [field, words] of Object.entries(fields))
        for (const { properties } of [schema, ...branchesOf(schema)])
          if (properties?.[field]) properties[field].description = words;
      const shown = Object.values(examples);
      return [
        name,
        { title: name, description, ...schema, ...(shown.length && { examples: shown }) },
      ];
    }),
  );
}

const branchesOf = (schema: JsonSchema) => (schema.anyOf ?? []) as JsonSchema[];

/** What every field of a name has in common: its words, and the form of an instant. */
function say(name: string, field: JsonSchema): void {
  const words = fieldWords[name];
  if (words) field.description = words;
  const text = [field, ...branchesOf(field)].find(({ type }) => type === 'string');
  if (text && /(?:At|^now)$/.test(name)) text.format = 'date-time';
  if (text && name === 'date') text.format = 'date';
}
