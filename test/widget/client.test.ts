import { expect } from '@open-wc/testing';
import { Problem } from '../../src/contract/index.js';
import { type Client, createClient } from '../../src/widget/client.js';
import { amountLink, closedLink, id, session } from '../../stories/cast.js';

const scope = `client${Math.random().toString(36).slice(2)}`;
const base = `${location.origin}/api-${scope}`;
const linkPath = `/v1/public/payment-links/${id('plink', 1)}`;
const sessionsPath = `${linkPath}/sessions`;

interface Asked {
  readonly key: string;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

const script = (answers: Record<string, object[]>) =>
  fetch(`${base}/scripted`, { method: 'PUT', body: JSON.stringify(answers) });
const asked = async (): Promise<Asked[]> => (await fetch(`${base}/scripted`)).json();

const problem = (status: number, code: string, more: object = {}) => ({
  status,
  headers: { 'content-type': 'application/problem+json', 'retry-after': '4' },
  body: {
    type: `https://pay.example.com/problems/${code}`,
    title: code,
    status,
    code,
    detail: 'x',
    ...more,
  },
});

const caught = async (call: Promise<unknown>): Promise<Problem<string>> => {
  try {
    await call;
  } catch (error) {
    return error as Problem<string>;
  }
  throw new Error('It was expected to fail');
};

describe('the client', () => {
  it('reads a link, ignoring what a newer server adds', async () => {
    await script({ [`GET ${linkPath}`]: [{ body: { ...amountLink(), mood: 'sunny' } }] });
    const link = await createClient(base).paymentLink(id('plink', 1));
    expect(link).to.deep.equal(amountLink());
  });

  it('reads a closed link', async () => {
    await script({ [`GET ${linkPath}`]: [{ body: closedLink({ status: 'expired' }) }] });
    expect((await createClient(base).paymentLink(id('plink', 1))).status).to.equal('expired');
  });

  it('asks once for all elements that show the same link', async () => {
    await script({ [`GET ${linkPath}`]: [{ body: amountLink() }] });
    const client = createClient(base);
    await Promise.all([1, 2, 3].map(() => client.paymentLink(id('plink', 1))));
    expect(await asked()).to.have.length(1);
    await client.paymentLink(id('plink', 1), { fresh: true });
    expect(await asked()).to.have.length(2);
  });

  it('lets one element leave without taking the answer from the others', async () => {
    await script({ [`GET ${linkPath}`]: [{ body: amountLink() }] });
    const client = createClient(base);
    const leaving = new AbortController();
    const left = caught(client.paymentLink(id('plink', 1), { signal: leaving.signal }));
    const stays = client.paymentLink(id('plink', 1));
    leaving.abort();
    expect((await left).name).to.equal('AbortError');
    expect((await stays).name).to.equal('Invoice 2026-118');
  });

  it('tells nobody who the buyer is: no cookie, no referrer', async () => {
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie store needs a secure page
    document.cookie = 'secret=1';
    await script({ [`GET ${linkPath}`]: [{ body: amountLink() }] });
    await createClient(base).paymentLink(id('plink', 1));
    const { headers } = (await asked())[0]!;
    expect(headers).not.to.have.any.keys('cookie', 'referer');
  });

  it('tries reading again when the server is busy', async () => {
    await script({ [`GET ${linkPath}`]: [{ status: 503 }, { body: amountLink() }] });
    const link = await createClient(base).paymentLink(id('plink', 1));
    expect(link.name).to.equal('Invoice 2026-118');
  });

  it('leaves a longer wait to the buyer', async () => {
    await script({ [`GET ${linkPath}`]: [problem(503, 'internal')] });
    const refusal = await caught(createClient(base).paymentLink(id('plink', 1)));
    expect(refusal).to.include({ code: 'internal', retryAfter: 4 });
    expect(await asked()).to.have.length(1);
  });

  it('waits for an answer no longer than a buyer would', async () => {
    await script({ [`GET ${linkPath}`]: [{ hangs: true }] });
    const { setTimeout } = window;
    window.setTimeout = ((then: () => void, ms: number) => setTimeout(then, ms / 100)) as never;
    try {
      const { code } = await caught(createClient(base).paymentLink(id('plink', 1)));
      expect(code).to.equal('timeout');
    } finally {
      window.setTimeout = setTimeout;
    }
    expect(await asked()).to.have.length(1);
  });

  it('passes on what the API refuses, with fields, totals and the time to wait', async () => {
    const errors = [{ path: 'items.0.quantity', code: 'too_many', message: 'at most 3' }];
    const { totals } = session();
    await script({ [`POST ${sessionsPath}`]: [problem(409, 'price_changed', { errors, totals })] });
    const refusal = await caught(
      createClient(base).openSession(id('plink', 1), {}, { idempotencyKey: 'k' }),
    );
    expect(refusal).to.be.instanceOf(Problem);
    expect(refusal).to.include({ code: 'price_changed', retryAfter: 4 });
    expect(refusal.errors).to.deep.equal(errors);
    expect(refusal.totals?.total).to.equal(2500);
    expect(await asked()).to.have.length(1);
  });

  const nonsense = {
    'a page instead of JSON': { raw: '<p>Gateway</p>', headers: { 'content-type': 'text/html' } },
    'another shape': { body: { hello: 'world' } },
    'an error without a problem': { status: 418, body: {} },
  };
  for (const [name, answer] of Object.entries(nonsense))
    it(`calls ${name} a bad answer`, async () => {
      await script({ [`GET ${linkPath}`]: [answer] });
      const refusal = await caught(createClient(base).paymentLink(id('plink', 1)));
      expect(refusal).to.include({ name: 'Problem', code: 'bad_answer' });
    });

  it('calls a lost connection by its name, and asks anew the next time', async () => {
    const client = createClient('http://127.0.0.1:1');
    const { code } = await caught(client.session(id('cs', 1)));
    expect(code).to.equal('network');
  });

  it('sends an order whose connection broke again, under the same key', async () => {
    await script({ [`POST ${sessionsPath}`]: [{ drops: true }, { status: 201, body: session() }] });
    const opened = await createClient(base).openSession(
      id('plink', 1),
      { expectedTotal: 2500 },
      { idempotencyKey: 'one-key-for-both' },
    );
    expect(opened.id).to.equal(id('cs', 1));
    const keys = (await asked()).map(({ headers }) => headers['idempotency-key']);
    expect(keys).to.deep.equal(['one-key-for-both', 'one-key-for-both']);
  });

  it('waits for its own twin that is still in flight', async () => {
    await script({
      [`POST ${sessionsPath}`]: [
        { ...problem(409, 'idempotency_in_flight'), headers: {} },
        { status: 201, body: session() },
      ],
    });
    const options = { idempotencyKey: 'k' };
    const opened = await createClient(base).openSession(id('plink', 1), {}, options);
    expect(opened.status).to.equal('open');
  });

  it('never sends an order twice after an answer', async () => {
    await script({ [`POST ${sessionsPath}`]: [problem(502, 'provider_unavailable')] });
    const options = { idempotencyKey: 'k' };
    const { code } = await caught(createClient(base).openSession(id('plink', 1), {}, options));
    expect(code).to.equal('provider_unavailable');
    expect(await asked()).to.have.length(1);
  });

  const steps = {
    confirm: (client: Client) => client.confirm(id('cs', 1), { phone: '+242 06 000 00 01' }),
    extend: (client: Client) => client.extend(id('cs', 1)),
    cancel: (client: Client) => client.cancel(id('cs', 1)),
  };
  const troubles: [answer: object, code: string][] = [
    [{ drops: true }, 'network'],
    [{ status: 502, raw: '<h1>Gateway</h1>' }, 'bad_answer'],
    [{ raw: '{"id":"cs_' }, 'bad_answer'],
    [problem(500, 'internal'), 'internal'],
  ];
  for (const [name, step] of Object.entries(steps))
    for (const [answer, code] of troubles)
      it(`tells ${JSON.stringify(answer).slice(0, 30)} to ${name} as ${code}, and asks no second time by itself`, async () => {
        const path = `/v1/public/checkout-sessions/${id('cs', 1)}/${name}`;
        await script({ [`POST ${path}`]: [answer] });
        const client = createClient(base);
        const refusal = await caught(step(client));
        expect(refusal.code).to.equal(code);
        expect(refusal.message).to.include(`${base}${path}: `);
        // Chrome itself sends again what an old connection swallowed.
        if (code !== 'network') expect(await asked()).to.have.length(1);
        await script({ [`POST ${path}`]: [{ body: session() }] });
        expect((await step(client)).id).to.equal(id('cs', 1));
      });

  it('follows a session by asking where events are silent', async () => {
    const path = `/v1/public/checkout-sessions/${id('cs', 1)}`;
    await script({
      [`GET ${path}/events`]: [{ hangs: true }],
      [`GET ${path}`]: [{ body: { ...session(), status: 'complete' } }],
    });
    const seen = await new Promise<string>((resolve) => {
      createClient(base).watchSession(id('cs', 1), ({ status }) => resolve(status), {});
    });
    expect(seen).to.equal('complete');
  });

  it('follows a session past an event that is garbage', async () => {
    const path = `/v1/public/checkout-sessions/${id('cs', 1)}`;
    const raw = `event: session\ndata: {"id":"cs_\n\n`;
    await script({
      [`GET ${path}/events`]: [{ raw, headers: { 'content-type': 'text/event-stream' } }],
      [`GET ${path}`]: [{ body: { ...session(), status: 'complete' } }],
    });
    const seen = await new Promise<string>((resolve) => {
      createClient(base).watchSession(id('cs', 1), ({ status }) => resolve(status), {});
    });
    expect(seen).to.equal('complete');
  });

  it('follows a session by events, and by asking where those fail', async () => {
    const path = `/v1/public/checkout-sessions/${id('cs', 1)}`;
    const event = (status: string) =>
      `event: session\ndata: ${JSON.stringify({ ...session(), status })}\n\n`;
    await script({
      [`GET ${path}/events`]: [
        { raw: event('processing'), headers: { 'content-type': 'text/event-stream' } },
        { status: 204 },
      ],
      [`GET ${path}`]: [{ body: { ...session(), status: 'complete' } }],
    });
    const seen: string[] = [];
    await new Promise<void>((resolve) => {
      const onChange = ({ status }: { status: string }) => {
        seen.push(status);
        if (status === 'complete') resolve();
      };
      createClient(base).watchSession(id('cs', 1), onChange, {});
    });
    expect(seen).to.deep.equal(['processing', 'complete']);
  });
});
