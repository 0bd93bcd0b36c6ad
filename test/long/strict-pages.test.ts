/** Pages that forbid nearly everything: the script asks for no exception. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Frame, type Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { browserArgs, needBrowser } from '../browser.mjs';
import { atPayment, booksOf } from '../journeys/buyer.js';
import { chooseShoes, newShoes, payShoes } from '../journeys/shoes.js';
import { useStreet } from '../journeys/street.js';

const { street, newPage } = useStreet();

const nonce = 'bm90IHR3aWNl';

const strictest = (api: string) =>
  [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self'`,
    `connect-src ${api}`,
    `img-src ${api} data:`,
    `form-action 'none'`,
    `base-uri 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types pay-link`,
  ].join('; ');

/** What the shop's pages broke, and what they complained of in the console. */
async function complaints(page: Page): Promise<readonly string[]> {
  const heard: string[] = [];
  page.on('console', (message) => {
    const isAsked = message.location().url.endsWith('/favicon.ico');
    if (/error|warning/.test(message.type()) && !isAsked) heard.push(message.text());
  });
  await page.exposeFunction('paylinkViolated', (what: string) => void heard.push(what));
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', (event) => {
      const { violatedDirective, blockedURI, sourceFile, sample } = event;
      (window as unknown as { paylinkViolated(what: string): void }).paylinkViolated(
        [location.pathname, violatedDirective, blockedURI, sourceFile, sample].join(' '),
      );
    }),
  );
  return heard;
}

const wholePage = (link: string, element: string) => ({
  headers: { 'content-security-policy': strictest(street().api) },
  head: `<script nonce="${nonce}" async src="${street().api}/pay-link.js"></script>`,
  body: `<h1>Shoes</h1>${element.replace('>', ` link="${link}" handoff="redirect">`)}`,
});

for (const [name, element] of [
  ['a dialog', '<pay-link-button label="Buy"></pay-link-button>'],
  [
    'a dialog beside its button',
    '<pay-link-button label="Buy" display="popover"></pay-link-button>',
  ],
  ['the page itself', '<pay-link-form></pay-link-form>'],
] as const)
  it(`sells from ${name} under the strictest policy, with no violation`, async () => {
    const { id } = await newShoes(street());
    const page = await newPage();
    const heard = await complaints(page);
    const { body, ...options } = wholePage(id, element);
    await page.goto(street().page(body, options));
    const isButton = element.includes('button');
    if (isButton) await page.getByRole('button', { name: 'Buy' }).click();
    const form = isButton ? page.getByRole('dialog') : page.locator('pay-link-form');
    await (await chooseShoes(form)).click();
    await payShoes(street(), page, id);
    expect(heard).toEqual([]);
  });

it('sees a violation where there is one', async () => {
  const page = await newPage();
  const heard = await complaints(page);
  const { body, ...options } = wholePage('plink_x', '<pay-link-form></pay-link-form>');
  await page.goto(street().page(`${body}<p style="color: red"></p>`, options));
  await expect.poll(() => heard.join()).toMatch(/style-src-attr/);
});

it('sells on a page that is isolated from every other origin', async () => {
  const { id } = await newShoes(street());
  const page = await newPage();
  const heard = await complaints(page);
  await page.goto(
    street().page(
      `<pay-link-button label="Buy" handoff="redirect" link="${id}"></pay-link-button>`,
      {
        headers: {
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-embedder-policy': 'require-corp',
        },
      },
    ),
  );
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await page.getByRole('button', { name: 'Buy' }).click();
  await (await chooseShoes(page.getByRole('dialog'))).click();
  await payShoes(street(), page, id);
  expect(heard).toEqual([]);
});

/** A merchant's page in a frame that may do only so much. */
async function inSandbox(page: Page, link: string, sandbox: string, handoff = ''): Promise<Frame> {
  const inner = street().page(
    `<pay-link-button label="Buy" link="${link}" ${handoff}></pay-link-button>`,
  );
  await page.goto(
    street().page(
      `<iframe sandbox="allow-scripts ${sandbox}" src="${inner}" width="700" height="700"></iframe>`,
      { head: '' },
    ),
  );
  const frame = page.frames()[1] as Frame;
  await frame.getByRole('button', { name: 'Buy' }).click();
  return frame;
}

const sellsInATab = (sandbox: string) => async () => {
  const { id } = await newShoes(street());
  const page = await newPage();
  const frame = await inSandbox(page, id, `allow-forms ${sandbox}`, 'handoff="redirect"');
  expect(await frame.evaluate(() => self.origin)).toBe('null');
  const submit = await chooseShoes(frame.getByRole('dialog'));
  const [tab] = await Promise.all([page.waitForEvent('popup'), submit.click()]);
  await payShoes(street(), tab, id);
  await frame.getByText('Thank you').first().waitFor();
};

it(
  'sells in a frame without an origin: the payment is a tab opened in the press',
  sellsInATab('allow-popups allow-popups-to-escape-sandbox'),
);

// Browsers show no page with an opener policy in such a tab.
it(
  'sells in a frame without an origin whose tabs are sandboxed as well',
  sellsInATab('allow-popups'),
);

it.each([
  ['open no tab', 'allow-forms'],
  // The browser drops the form's submit event there, without a word to the buyer.
  ['send no form', ''],
  ['not leave its top window', 'allow-forms allow-same-origin'],
])('shows the payment’s address where a frame may %s', async (_, sandbox) => {
  const { id } = await newShoes(street());
  const page = await newPage();
  const frame = await inSandbox(page, id, sandbox, 'handoff="redirect"');
  const dialog = frame.getByRole('dialog');
  await (await chooseShoes(dialog)).click();
  const address = await dialog.getByLabel('Payment address').inputValue();
  expect(address).toMatch(/\/c\/cs_\w{24}$/);
  const link = dialog.getByRole('link', { name: 'Continue to payment' });
  expect(await link.getAttribute('href')).toBe(address);
  expect(await link.isVisible()).toBe(true);
  const tab = await page.context().newPage();
  await tab.goto(address);
  await payShoes(street(), tab, id);
  await frame.getByText('Thank you').first().waitFor();
});

it('is paid by mobile money in a frame that may do nothing at all', async () => {
  const { id } = await newShoes(street());
  const page = await newPage();
  const frame = await inSandbox(page, id, '');
  const dialog = frame.getByRole('dialog');
  await (await chooseShoes(dialog)).click();
  await dialog.getByLabel('Mobile money number').fill('+242 06 000 00 01');
  await dialog.getByRole('button', { name: /^Pay/ }).click();
  await frame.getByText('Thank you').first().waitFor();
  const { payments } = await booksOf(street(), id);
  expect(payments).toMatchObject([{ status: 'succeeded' }]);
});

it('sells to a buyer whose browser keeps nothing: no cookie, no storage', async () => {
  const { id } = await newShoes(street());
  const folder = await mkdtemp(join(tmpdir(), 'paylink-'));
  await mkdir(join(folder, 'Default'));
  // As under “Block all cookies” in the settings.
  const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
  await writeFile(join(folder, 'Default/Preferences'), JSON.stringify(preferences));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: needBrowser(),
    args: browserArgs,
    locale: 'en-GB',
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const heard = await complaints(page);
    await page.goto(
      street().page(
        `<pay-link-button label="Buy" handoff="redirect" link="${id}"></pay-link-button>`,
      ),
    );
    for (const storage of ['sessionStorage', 'localStorage'] as const)
      await expect(page.evaluate((name) => void window[name], storage)).rejects.toThrow(/denied/);
    await page.getByRole('button', { name: 'Buy' }).click();
    const dialog = page.getByRole('dialog');
    await (await chooseShoes(dialog)).click();
    await atPayment(page);
    // A buyer who comes back and tries again is not blocked by the first attempt.
    await page.goBack();
    if (!(await dialog.isVisible())) await page.getByRole('button', { name: 'Buy' }).click();
    await (await chooseShoes(dialog)).click();
    await payShoes(street(), page, id);
    expect(heard).toEqual([]);
    expect((await booksOf(street(), id)).redemptionCount).toBe(1);
  } finally {
    await context.close();
    await rm(folder, { recursive: true });
  }
});
