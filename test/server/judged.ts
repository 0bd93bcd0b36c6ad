/** Holds every answer of an app against the OpenAPI document of the same app, whoever asks and how. */
import type { Hono } from 'hono';
import { type Judge, judgeBy } from './document.js';

/** Only the API is documented; pages and files are for people. */
const isApi = (path: string) => /^\/(v1\/|healthz$|readyz$)/.test(path);

/** The document differs between houses in its address alone. */
const judges = new Map<string, Judge>();

// biome-ignore lint/suspicious/noExplicitAny: of any environment.
export function judgeAnswers(app: Hono<any>): void {
  const answerTo = app.fetch;
  let judge: Promise<Judge> | undefined;

  async function readJudge(): Promise<Judge> {
    const answer = await answerTo(new Request('http://localhost/openapi.json'));
    const text = await answer.text();
    const known = judges.get(text) ?? judgeBy(JSON.parse(text));
    judges.set(text, known);
    return known;
  }

  app.fetch = async (request, ...rest) => {
    const { method } = request;
    const path = new URL(request.url).pathname;
    if (!isApi(path) || method === 'OPTIONS' || method === 'HEAD')
      return answerTo(request, ...rest);
    judge ??= readJudge();
    const copy = request.clone();
    const answer = await answerTo(request, ...rest);
    const { status, headers } = answer;
    // Of a table, whoever asked for it decides how far it is read.
    const isStream = /^text\/(event-stream|csv)\b/.test(headers.get('content-type') ?? '');
    const fault = (await judge)({
      method,
      path,
      sent: await copy.text().catch(() => ''),
      status,
      headers,
      text: isStream ? undefined : await answer.clone().text(),
    });
    if (fault) throw new Error(`${method} ${path} is not as the OpenAPI document says: ${fault}`);
    return answer;
  };
}
