/** The OpenAPI document as a page to read: plain HTML, every part of it a link can lead to. */
import { html } from 'hono/html';
import type { Html } from './dates.js';
import {
  type Api,
  type ApiAnswer,
  type ApiOperation,
  type ApiParameter,
  dereference,
  type Json,
} from './reference-document.js';
import { exampleBlocks, prose, schemaFields, typeOf } from './reference-parts.js';

const slug = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, '-');

interface Entry {
  readonly label: string;
  readonly at: string;
  readonly operation: ApiOperation;
}

const entriesOf = (items: Api['paths'], isPath: boolean): Entry[] =>
  Object.entries(items).flatMap(([at, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      label: isPath ? method.toUpperCase() : 'EVENT',
      at,
      operation,
    })),
  );

const parameterRow = ({ name, in: place, required, description, schema }: ApiParameter) => html`<tr>
  <th scope="row"><code>${name}</code> <span class="type">${place}${required ? ', required' : ''}</span></th>
  <td><span class="type">${typeOf(schema)}</span> ${prose(description ?? '')}</td>
</tr>`;

const parameterTable = (parameters: readonly ApiParameter[]) =>
  parameters.length
    ? html`<h4>Parameters and headers</h4>
      <table><tbody>${parameters.map(parameterRow)}</tbody></table>`
    : null;

function contentOf(api: Api, content: Json | undefined): Html | null {
  const [type, media] = Object.entries<Json>(content ?? {})[0] ?? [];
  if (!type || !media) return null;
  return html`<p><code>${type}</code> <span class="type">${typeOf(media.schema)}</span></p>
    ${exampleBlocks(api, media)}`;
}

const answerItem = (api: Api, status: string, answer: ApiAnswer) => {
  const headers = Object.keys(answer.headers ?? {});
  const isProblem = answer.content?.['application/problem+json'];
  return html`<dt><span class="status status-${status[0]}">${status}</span></dt>
    <dd>
      ${prose(answer.description)}
      ${headers.length ? html`<p class="type">Headers: ${headers.join(', ')}</p>` : null}
      ${isProblem ? null : contentOf(api, answer.content)}
    </dd>`;
};

const entry = (api: Api, { label, at, operation }: Entry) => {
  const parameters = (operation.parameters ?? []).map((one) => dereference<ApiParameter>(api, one));
  const isOpen = !operation.security?.length && label !== 'EVENT';
  const { requestBody } = operation;
  return html`<details>
    <summary>
      <h3>
        <span class="method method-${label.toLowerCase()}">${label}</span>
        <code>${at}</code>
        <span class="what">${label === 'EVENT' ? operation.description : operation.summary}</span>
      </h3>
    </summary>
    <div id="${operation.operationId}" class="entry">
      ${prose(operation.description)}
      ${isOpen ? html`<p class="type">Called without a key.</p>` : null}
      ${parameterTable(parameters)}
      ${
        requestBody
          ? html`<h4>Body${requestBody.required ? '' : ' (may be absent)'}</h4>
            ${contentOf(api, requestBody.content)}`
          : null
      }
      <h4>Answers</h4>
      <dl>${Object.entries(operation.responses).map(([status, answer]) => answerItem(api, status, answer))}</dl>
    </div>
  </details>`;
};

const section = (api: Api, name: string, description: string, entries: readonly Entry[]) =>
  html`<section id="${slug(name)}" aria-labelledby="${slug(name)}-title">
    <h2 id="${slug(name)}-title">${name}</h2>
    ${prose(description)}
    ${entries.map((one) => entry(api, one))}
  </section>`;

const schemaEntry = (api: Api, name: string, schema: Json) => html`<details>
  <summary><h3><code>${name}</code></h3></summary>
  <div id="schema-${name}" class="entry">
    ${prose(schema.description ?? '')}
    ${schemaFields(api, schema)}
  </div>
</details>`;

export function referencePage(api: Api): Html {
  const entries = [...entriesOf(api.paths, true), ...entriesOf(api.webhooks, false)];
  const { title, version, description } = api.info;
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title} API</title>
    <link rel="icon" href="/favicon.ico">
    <link rel="stylesheet" href="/assets/pages.css">
    <link rel="stylesheet" href="/assets/reference.css">
  </head>
  <body>
    <div class="reference">
      <nav aria-label="Parts of the API">
        <ul>
          ${api.tags.map(({ name }) => html`<li><a href="#${slug(name)}">${name}</a></li>`)}
          <li><a href="#schemas">Schemas</a></li>
          <li><a href="/openapi.json">openapi.json</a></li>
        </ul>
      </nav>
      <main>
        <h1>${title} API <span class="type">version ${version}</span></h1>
        <div class="intro">${prose(description)}</div>
        ${api.tags.map(({ name, description: words }) =>
          section(
            api,
            name,
            words,
            entries.filter(({ operation }) => operation.tags?.includes(name)),
          ),
        )}
        <section id="schemas" aria-labelledby="schemas-title">
          <h2 id="schemas-title">Schemas</h2>
          <p>What bodies and answers are made of.</p>
          ${Object.entries(api.components.schemas).map(([name, one]) => schemaEntry(api, name, one))}
        </section>
      </main>
    </div>
  </body>
</html>
`;
}
