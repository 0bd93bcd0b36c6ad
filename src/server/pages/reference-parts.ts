/** Pieces of the API reference: words with their marks, types, fields and examples. */
import { html } from 'hono/html';
import type { Html } from './dates.js';
import { type Api, dereference, type Json } from './reference-document.js';

/** The little of Markdown our descriptions use: paragraphs, lists, `code` and **bold**. */
export const prose = (text: string): Html => {
  const blocks = text.split(/\n\n/).filter(Boolean);
  return html`${blocks.map((block) =>
    block.startsWith('- ')
      ? html`<ul>${block
          .split(/\n- |^- /)
          .filter(Boolean)
          .map((item) => html`<li>${inline(item)}</li>`)}</ul>`
      : html`<p>${inline(block)}</p>`,
  )}`;
};

const inline = (text: string) =>
  text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) => {
    if (part.startsWith('`')) return html`<code>${part.slice(1, -1)}</code>`;
    return part.startsWith('**') ? html`<strong>${part.slice(2, -2)}</strong>` : part;
  });

const nameOf = ({ $ref }: { $ref: string }) => $ref.split('/').pop() ?? '';

/** A schema in a few words; named ones are links. */
export function typeOf(schema: Json): Html | string {
  if (!schema) return '';
  if (schema.$ref) return html`<a href="#schema-${nameOf(schema)}">${nameOf(schema)}</a>`;
  if (schema.allOf) return typeOf(schema.allOf[0]);
  if (schema.anyOf) return joined(schema.anyOf.map(typeOf), ' or ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((one: Json) => JSON.stringify(one)).join(' | ');
  if (schema.type === 'array') return html`list of ${typeOf(schema.items)}`;
  if (schema.properties?.data && schema.properties.nextCursor)
    return html`a page of ${typeOf(schema.properties.data.items)}`;
  if (schema.type === 'object' && schema.additionalProperties?.type)
    return html`map of ${typeOf(schema.additionalProperties)}`;
  return [schema.type].flat().join(' or ') + limitsOf(schema);
}

const joined = (parts: readonly (Html | string)[], between: string): Html =>
  html`${parts.map((part, index) => html`${index ? between : ''}${part}`)}`;

/** Bounds a reader would want to know; those of safe integers go without saying. */
function limitsOf({
  format,
  minimum,
  maximum,
  minLength,
  maxLength,
  default: usual,
}: Json): string {
  const said = [
    format,
    Math.abs(minimum) < 2 ** 53 - 1 && `at least ${minimum}`,
    Math.abs(maximum) < 2 ** 53 - 1 && `at most ${maximum}`,
    minLength && `at least ${minLength} characters`,
    maxLength && `at most ${maxLength} characters`,
    usual !== undefined && `${usual} by default`,
  ].filter(Boolean);
  return said.length ? ` (${said.join(', ')})` : '';
}

const objectIn = (schema: Json): Json =>
  [
    schema,
    schema?.items,
    ...(schema?.anyOf ?? []),
    ...(schema?.anyOf ?? []).map((one: Json) => one.items),
  ].find((one) => one?.properties);

/** Every field with its type and words; what lies inside stands indented below it. */
export function schemaFields(api: Api, schema: Json): Html | null {
  if (schema.anyOf && !objectIn(schema)) return html`<p>Either of: ${typeOf(schema)}.</p>`;
  const branches: Json[] = schema.anyOf?.filter((one: Json) => one.properties) ?? [schema];
  return html`${branches.map((branch) => html`<dl class="fields">${fieldsOf(api, branch)}</dl>`)}`;
}

const fieldsOf = (api: Api, { properties = {}, required = [] }: Json): Html[] =>
  Object.entries<Json>(properties).map(([name, field]) => {
    const inner = objectIn(field);
    return html`<dt>
        <code>${name}</code> <span class="type">${typeOf(field)}${required.includes(name) ? '' : ', may be absent'}</span>
      </dt>
      <dd>
        ${prose(field.description ?? '')}
        ${inner ? html`<dl class="fields">${fieldsOf(api, inner)}</dl>` : null}
      </dd>`;
  });

export function exampleBlocks(api: Api, { examples, example }: Json): Html {
  const shown: [string, Json][] = examples
    ? Object.values<Json>(examples).map((one) => {
        const { summary, value } = dereference(api, one);
        return [summary, value];
      })
    : [['Example', example]];
  return html`${shown.map(
    ([name, value]) => html`<figure>
      <figcaption>${name}</figcaption>
      <pre><code>${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</code></pre>
    </figure>`,
  )}`;
}
