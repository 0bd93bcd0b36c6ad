/**
 * A backend over real HTTP that answers what a test told it to: `PUT /scripted` takes
 * `{ "GET /v1/public/…": [answer, …] }` (the last one stays), `GET /scripted` gives what was asked.
 */
const text = async (request) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
};

/** One script per window of the browser, told apart by a header-free prefix of the path. */
const scripts = new Map();

export async function scriptedApi({ request, req, response: res }, next) {
  const [, scope, path] = /^\/api-(\w+)(\/.*)$/.exec(request.path) ?? [];
  if (!scope) return next();
  if (path === '/scripted' && request.method === 'PUT') {
    scripts.set(scope, { answers: JSON.parse(await text(req)), asked: [] });
    res.body = {};
    return undefined;
  }
  const script = scripts.get(scope);
  if (path === '/scripted') {
    res.body = script.asked;
    return undefined;
  }
  const key = `${request.method} ${path}`;
  const body = await text(req);
  script.asked.push({ key, headers: request.headers, body: body ? JSON.parse(body) : null });
  const answers = script.answers[key] ?? [{ status: 404, body: {} }];
  const {
    status = 200,
    headers = {},
    body: answer,
    raw,
    hangs,
    drops,
  } = answers.length > 1 ? answers.shift() : answers[0];
  if (drops) {
    req.socket.destroy();
    return new Promise(() => undefined);
  }
  if (hangs) return new Promise(() => undefined);
  res.status = status;
  res.set(headers);
  res.body = raw ?? answer ?? '';
  return undefined;
}
