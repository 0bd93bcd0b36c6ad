/** The network of the desk: the only place that fetches or parses answers. Everything that fails leaves as a `Problem`. */
import ky, { HTTPError, type KyInstance, type Options } from 'ky';
import { Problem, type ProblemCode, problemSchema } from '../contract/index.js';

export type DeskProblem = Problem<ProblemCode | 'network' | 'bad_answer'>;

interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: unknown };
}

export interface Page<T> {
  readonly data: readonly T[];
  readonly nextCursor: string | null;
}

export interface Asking {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

type Method = 'get' | 'post' | 'patch' | 'delete';

/** What was answered, and the version that `If-Match` names. */
export interface Versioned<T> {
  readonly value: T;
  readonly etag: string;
}

export class Api {
  readonly #http: KyInstance;

  /** @param signIn asked where the sign-in is over: what was wanted is asked for again once it resolves */
  constructor(private readonly signIn: () => Promise<void>) {
    this.#http = ky.create({
      credentials: 'same-origin',
      timeout: 20_000,
      retry: { limit: 2, methods: ['get'] },
    });
  }

  get<T>(schema: Schema<T>, path: string, asking: Asking = {}): Promise<T> {
    return this.#ask(schema, 'get', path, asking);
  }

  /** A lost connection and a second press make one of it: the same key goes with every try of this call. */
  post<T>(schema: Schema<T>, path: string, body: unknown = {}, asking: Asking = {}): Promise<T> {
    const key = { 'idempotency-key': newKey() };
    return this.#ask(schema, 'post', path, {
      ...asking,
      body,
      headers: { ...key, ...asking.headers },
    });
  }

  patch<T>(schema: Schema<T>, path: string, body: unknown, asking: Asking = {}): Promise<T> {
    return this.#ask(schema, 'patch', path, { ...asking, body });
  }

  async delete(path: string): Promise<void> {
    await this.#send('delete', path, {});
  }

  async list<T>(schema: Schema<T>, path: string, asking: Asking = {}): Promise<Page<T>> {
    const answer = await this.#send('get', path, asking);
    const body = (await answer.json()) as { data: unknown[]; nextCursor: string | null };
    return { data: body.data.map((one) => parsed(schema, one)), nextCursor: body.nextCursor };
  }

  /** Everything there is, page by page; for lists that are short by nature. */
  async all<T>(schema: Schema<T>, path: string, asking: Asking = {}): Promise<T[]> {
    const found: T[] = [];
    let cursor: string | null = null;
    do {
      const query: Asking['query'] = { ...asking.query, limit: 100, ...(cursor && { cursor }) };
      const page: Page<T> = await this.list(schema, path, { ...asking, query });
      found.push(...page.data);
      cursor = page.nextCursor;
    } while (cursor);
    return found;
  }

  /** As it stands, with its version. */
  async read<T>(schema: Schema<T>, path: string): Promise<Versioned<T>> {
    return versioned(schema, await this.#send('get', path, {}));
  }

  /** Over the version that was read, and no other. @returns it with its new one */
  async save<T>(
    schema: Schema<T>,
    path: string,
    { body, etag }: { readonly body: unknown; readonly etag: string },
  ): Promise<Versioned<T>> {
    const headers = { 'if-match': etag };
    return versioned(schema, await this.#send('patch', path, { body, headers }));
  }

  async #ask<T>(schema: Schema<T>, method: Method, path: string, asking: Asking): Promise<T> {
    const answer = await this.#send(method, path, asking);
    return parsed(schema, answer.status === 204 ? undefined : await answer.json());
  }

  async #send(method: Method, path: string, asking: Asking): Promise<Response> {
    for (;;) {
      try {
        return await this.#http(path, optionsOf(method, asking));
      } catch (error) {
        const problem = await problemOf(error);
        if (problem.code !== 'unauthorized') throw problem;
        await this.signIn();
      }
    }
  }
}

function optionsOf(method: Method, { query, body, signal, headers }: Asking): Options {
  const asked = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  return {
    method,
    ...(asked.length && { searchParams: Object.fromEntries(asked) as Record<string, string> }),
    ...(body !== undefined && { json: body }),
    ...(signal && { signal }),
    ...(headers && { headers }),
  };
}

const versioned = async <T>(schema: Schema<T>, answer: Response): Promise<Versioned<T>> => ({
  value: parsed(schema, await answer.json()),
  etag: answer.headers.get('etag') ?? '',
});

/** One for each thing that is to be done once. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');

function parsed<T>(schema: Schema<T>, value: unknown): T {
  const reading = schema.safeParse(value);
  if (reading.success) return reading.data;
  throw new Problem<string>('bad_answer', 'The server answered in another version’s words.', {
    cause: reading.error,
  });
}

/** @throws the caller's own abort */
export async function problemOf(error: unknown): Promise<DeskProblem> {
  if (error instanceof Problem) return error as DeskProblem;
  if (error instanceof HTTPError) {
    const reading = problemSchema().safeParse(await error.response.json().catch(() => undefined));
    if (!reading.success)
      return new Problem('bad_answer', `${error.response.status} without a reason.`);
    const { code, detail, errors } = reading.data;
    return new Problem(code as ProblemCode, detail, { ...(errors && { errors }) });
  }
  if (error instanceof DOMException && error.name === 'AbortError') throw error;
  return new Problem('network', 'No answer.', { cause: error });
}
