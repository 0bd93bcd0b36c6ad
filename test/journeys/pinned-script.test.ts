import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { releaseOf, remember } from '../../src/server/domain/release.js';
import { atPayment, press, submitOf } from './buyer.js';
import { useStreet } from './street.js';

const { street, newPage } = useStreet();

interface Pinned {
  readonly version: string;
  readonly src: string;
  readonly integrity: string;
}

const pinned = async (): Promise<Pinned> =>
  (await fetch(`${street().api}/pay-link.json`)).json() as Promise<Pinned>;

const tag = ({ src, integrity }: Pinned, kind = 'async') =>
  `<script ${kind} src="${src}" integrity="${integrity}" crossorigin="anonymous"></script>`;

it.each(['async', 'type="module"'])(
  'sells by a script (%s) that is pinned to the page, in a language from beside it too',
  async (kind) => {
    const { links, page: write, api } = street();
    const release = await pinned();
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(release.version).toBe(version);
    const page = await newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(
      write(`<div lang="de"><pay-link-form link="${links.donation.id}"></pay-link-form></div>`, {
        head: tag(release, kind),
      }),
    );
    const form = page.locator('pay-link-form');
    await form.getByText('Anderer Betrag').click();
    await form.getByRole('textbox', { name: /^Betrag/ }).fill('12,50');
    await expect.poll(() => submitOf(form).innerText()).toMatch(/12,50/);
    expect(await page.evaluate(() => window.PayLink?.version)).toBe(version);
    expect(asked.filter((url) => url.endsWith('/locales/de.json'))).toEqual([
      `${api}/locales/de.json`,
    ]);
    expect(asked.filter((url) => /pay-link[^/]*\.js$/.test(url))).toEqual([release.src]);
  },
);

it('does not run a script of which one byte is another', async () => {
  const { links, page: write } = street();
  const release = await pinned();
  const page = await newPage();
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  let isChanged = false;
  await page.route(release.src, async (route) => {
    const answer = await route.fetch();
    const text = await answer.text();
    isChanged = true;
    await route.fulfill({ response: answer, body: `${text.slice(0, -1)} ` });
  });
  await page.goto(
    write(`<pay-link-form link="${links.donation.id}"></pay-link-form>`, { head: tag(release) }),
  );
  await expect.poll(() => said.join('\n')).toMatch(/integrity/);
  const known = await page.evaluate(() => [
    window.PayLink,
    customElements.get('pay-link-form') === undefined,
  ]);
  expect([isChanged, ...known]).toEqual([true, undefined, true]);
});

it('goes on selling by a release that was served before, beside the newest', async () => {
  const { links, page: write, api, backend, call } = street();
  const { version: newest } = await pinned();
  // Of another version, so of other bytes under another address; kept as a server that served it has kept it.
  const script = readFileSync('dist/pay-link.js', 'utf8').replaceAll(newest, '0.0.9');
  await remember(backend, script);
  const { version, path, integrity } = releaseOf(script);
  expect(version).toBe('0.0.9');
  const page = await newPage();
  await page.goto(
    write(`<pay-link-form handoff="redirect" link="${links.donation.id}"></pay-link-form>`, {
      head: tag({ version, src: `${api}${path}`, integrity }),
    }),
  );
  const form = page.locator('pay-link-form');
  await form.getByText('€25.00', { exact: true }).click();
  await form.getByLabel('E-mail').fill('old@example.com');
  expect(await page.evaluate(() => window.PayLink?.version)).toBe('0.0.9');
  await submitOf(form).click();
  const session = await atPayment(page);
  await press(page, /^Pay/);
  await page.getByText('Thank you').first().waitFor();
  expect(await call('GET', `/v1/checkout-sessions/${session}`)).toMatchObject({
    ...{ status: 'complete', paymentStatus: 'paid', total: 2500 },
  });
});
