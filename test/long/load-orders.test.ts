/** However, whenever and how often the script comes, and wherever elements are put: the page sells. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { build } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';
import { atPayment, booksOf, submitOf } from '../journeys/buyer.js';
import { useStreet } from '../journeys/street.js';

const { street, newPage } = useStreet();

let link = { id: '', url: '' };
let script = '';

beforeAll(async () => {
  script = await readFile('dist/pay-link.js', 'utf8');
  link = await street().call('POST', '/v1/payment-links', {
    type: 'amount',
    name: 'A coffee',
    currency: 'EUR',
    amount: 300,
  });
});

const src = () => `${street().api}/pay-link.js`;
const tag = (attributes = '') => `<script ${attributes} src="${src()}"></script>`;
const button = () =>
  `<pay-link-button handoff="redirect"><a href="${link.url}">Buy</a></pay-link-button>`;
const form = (attributes = `link="${link.url}"`) =>
  `<pay-link-form handoff="redirect" ${attributes}></pay-link-form>`;

/** Opens a page of the shop. @returns what it says in the console */
async function visit(page: Page, body: string, head = ''): Promise<string[]> {
  const said: string[] = [];
  page.on('console', (message) => {
    const isAsked = message.location().url.endsWith('/favicon.ico');
    if (/error|warning/.test(message.type()) && !isAsked) said.push(message.text());
  });
  await page.goto(street().page(body, { head }));
  return said;
}

/** Presses the button; the dialog that opens. */
async function openDialog(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Buy' }).click();
  return page.getByRole('dialog');
}

/** Presses the button and finds a form that can be used. */
async function findForm(page: Page): Promise<void> {
  const dialog = await openDialog(page);
  await dialog.getByLabel('E-mail').fill('early@example.com');
  expect(await submitOf(dialog).innerText()).toBe('Pay €3.00');
}

/** Fills the form in and leaves for the payment. */
async function buyFrom(page: Page, form: Locator): Promise<void> {
  await form.getByLabel('E-mail').fill('early@example.com');
  await submitOf(form).click();
  await atPayment(page);
}

const isStyled = async (locator: Locator) => {
  const { height } = (await locator.boundingBox()) ?? { height: 0 };
  const color = await locator.evaluate((one) => getComputedStyle(one).backgroundColor);
  return height >= 44 && color === 'rgb(11, 95, 255)';
};

describe('the script', () => {
  const placements: Record<string, () => [head: string, body: string]> = {
    'in the head': () => [tag(), button()],
    'in the head, async': () => [tag('async'), button()],
    'in the head, deferred': () => [tag('defer'), button()],
    'in the head, as a module': () => [tag('type="module"'), button()],
    'before the elements': () => ['', tag() + button()],
    'at the end of the body': () => ['', button() + tag()],
    'at the end of the body, as a module': () => ['', button() + tag('type="module"')],
    twice: () => [tag(), button() + tag()],
    'twice, as a module and not': () => [tag('type="module"'), button() + tag('async')],
    // As optimisers do: the tag does not run, its text does.
    'inlined by an optimiser, beside the tag it made idle': () => [
      tag('type="text/rocketscript"'),
      `${button()}<script>var first = 1\n${script}\nvar last = 2</script>`,
    ],
  };
  for (const [name, write] of Object.entries(placements))
    it(`works ${name}`, async () => {
      const [head, body] = write();
      const page = await newPage();
      const said = await visit(page, body, head);
      await findForm(page);
      expect(said).toEqual([]);
    });

  it('sells when a tag manager adds it later, to elements whose properties were set before', async () => {
    const page = await newPage();
    const said = await visit(page, `<pay-link-form></pay-link-form>`);
    await page.evaluate(
      ([src, link]) => {
        const form = document.querySelector('pay-link-form') as HTMLElement;
        Object.assign(form, { link, prefillEmail: 'before@example.com', handoff: 'redirect' });
        setTimeout(() => {
          const script = document.createElement('script');
          script.src = src as string;
          document.head.append(script);
        });
      },
      [src(), link.id],
    );
    const form = page.locator('pay-link-form');
    await form.getByLabel('E-mail').waitFor();
    expect(await form.getByLabel('E-mail').inputValue()).toBe('before@example.com');
    await submitOf(form).click();
    await atPayment(page);
    expect(said).toEqual([]);
  });

  it.each([
    ['the link’s address', form, ''],
    ['the <a href> inside', button, ''],
    ['PayLink.api', () => form(`link="${link.id}"`), 'window.PayLink={api:"API"};'],
  ] as const)('inlined into the page finds its backend by %s', async (_, write, before) => {
    const page = await newPage();
    const inline = before.replace('API', street().api) + script;
    const said = await visit(page, `${write()}<script>${inline}</script>`);
    const isForm = (await page.locator('pay-link-form').count()) > 0;
    await buyFrom(page, isForm ? page.locator('pay-link-form') : await openDialog(page));
    expect(said).toEqual([]);
  });

  it('inlined where nothing names a backend says so in one sentence, as an event, and throws nothing', async () => {
    const page = await newPage();
    const told = `<script>told=[];addEventListener('pay-link-error',({detail})=>told.push(detail.code))</script>`;
    const said = await visit(page, `${told}${form(`link="${link.id}"`)}<script>${script}</script>`);
    await page.locator('pay-link-form[state=unavailable]').waitFor();
    expect(await page.evaluate('told')).toEqual(['api_missing']);
    expect(said).toEqual([
      expect.stringMatching(
        /^PayLink: <pay-link-form .*\(api_missing\)\. Set api, or PayLink\.api/,
      ),
    ]);
  });
});

describe('two versions', () => {
  /** Another version than the one that is served, under another address; form and dialog tell which it is. */
  async function newerOn(page: Page): Promise<string> {
    const version = /PayLink (\d+\.\d+\.\d+) is not used/.exec(script)?.[1] as string;
    const address = `${street().api}/next/pay-link.js`;
    const newer = script
      .replaceAll(version, '9.9.9')
      .replaceAll('E-mail', 'E-mail 9')
      .replaceAll('Close', 'Close 9');
    await page.route(address, (route) =>
      route.fulfill({ contentType: 'text/javascript', body: newer }),
    );
    return address;
  }

  /** The version all three elements are of, the page’s name for it included. */
  async function versionOn(page: Page): Promise<'newer' | 'served'> {
    const dialog = await openDialog(page);
    await dialog.getByLabel('E-mail').waitFor();
    const signs = [
      await page.evaluate(() => window.PayLink?.version === '9.9.9'),
      await dialog.getByLabel('E-mail 9').isVisible(),
      await dialog.getByRole('button', { name: 'Close 9' }).isVisible(),
    ];
    expect(new Set(signs).size, String(signs)).toBe(1);
    return signs[0] ? 'newer' : 'served';
  }

  it.each(['newer', 'served'] as const)(
    'on one page, the %s one first: that one sells, the other says once that it is not used',
    async (first) => {
      const page = await newPage();
      const tags = [`<script src="${await newerOn(page)}"></script>`, tag()];
      if (first === 'served') tags.reverse();
      const said = await visit(page, tags.join('') + button());
      expect(await versionOn(page)).toBe(first);
      expect(said).toEqual([
        expect.stringMatching(/^PayLink \S+ is not used: version \S+ is already on this page/),
      ]);
    },
  );

  it('racing each other never mix', async () => {
    const page = await newPage();
    const newer = await newerOn(page);
    const said = await visit(
      page,
      button(),
      `<script async src="${newer}"></script>${tag('async')}`,
    );
    await versionOn(page);
    await expect.poll(() => said).toHaveLength(1);
    await buyFrom(page, page.getByRole('dialog'));
  });
});

describe('an element', () => {
  /** The form of a link nobody else uses, and a place it can be moved to. */
  async function visitTea(page: Page): Promise<Locator> {
    const tea = await street().call('POST', '/v1/payment-links', {
      ...{ type: 'amount', name: 'A tea', currency: 'EUR', amount: 200 },
    });
    await visit(page, `<main>${form(`link="${tea.id}"`)}</main><aside></aside>`, tag());
    return page.locator('pay-link-form');
  }

  it('that is added, taken out and put back later sells', async () => {
    const page = await newPage();
    const said = await visit(page, '<main></main>', tag());
    await page.evaluate((html) => {
      const main = document.querySelector('main') as HTMLElement;
      main.innerHTML = html;
      const [button] = main.children;
      button?.remove();
      document.body.append(button as Element);
      main.append(button as Element);
    }, button());
    await buyFrom(page, await openDialog(page));
    expect(said).toEqual([]);
  });

  it('that is moved while its dialog is open keeps it open, modal, and what was typed', async () => {
    const page = await newPage();
    const said = await visit(page, `<main>${button()}</main><aside></aside>`, tag());
    const dialog = await openDialog(page);
    await dialog.getByLabel('E-mail').fill('moved@example.com');
    await page.evaluate(() =>
      document.querySelector('aside')?.append(document.querySelector('pay-link-button') as Element),
    );
    await dialog.locator('h2').waitFor();
    await expect.poll(() => dialog.evaluate((one) => one.matches(':modal'))).toBe(true);
    expect(await dialog.getByLabel('E-mail').inputValue()).toBe('moved@example.com');
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
    const overflow = () => page.evaluate(() => getComputedStyle(document.documentElement).overflow);
    expect(await overflow()).toBe('visible');
    await buyFrom(page, await openDialog(page));
    expect(said).toEqual([]);
  });

  it('that is taken out while its dialog is open leaves the page free', async () => {
    const page = await newPage();
    await visit(page, `${button()}<button>Menu</button>`, tag());
    const dialog = await openDialog(page);
    await dialog.getByLabel('E-mail').waitFor();
    await page.evaluate(() => document.querySelector('pay-link-button')?.remove());
    await page.getByRole('button', { name: 'Menu' }).click();
    const overflow = () => page.evaluate(() => getComputedStyle(document.documentElement).overflow);
    expect(await overflow()).toBe('visible');
  });

  it('that is moved while its order is being sent goes on, and opens one session', async () => {
    const page = await newPage();
    const own = await visitTea(page);
    await page.route(
      '**/sessions',
      async (route) => {
        const response = await route.fetch();
        await page.evaluate(() => {
          const form = document.querySelector('pay-link-form') as Element;
          document.querySelector('aside')?.append(form);
        });
        await route.fulfill({ response });
      },
      { times: 1 },
    );
    await own.getByLabel('E-mail').fill('moved@example.com');
    await submitOf(own).click();
    const id = await atPayment(page);
    const { paymentLinkId } = await street().call('GET', `/v1/checkout-sessions/${id}`);
    const { sessions } = await booksOf(street(), paymentLinkId);
    expect(sessions).toMatchObject([{ id, status: 'open' }]);
  });

  it('that is moved while the buyer pays elsewhere hears how it went', async () => {
    const { call } = street();
    const page = await newPage();
    const own = await visitTea(page);
    await page.evaluate(() =>
      addEventListener('pay-link-handoff', (event) => {
        event.preventDefault();
        Object.assign(window, { session: (event as CustomEvent).detail.session.id });
      }),
    );
    await own.getByLabel('E-mail').fill('moved@example.com');
    await submitOf(own).click();
    await page.locator('pay-link-form[state=awaiting]').waitFor();
    await page.evaluate(() => {
      const form = document.querySelector('pay-link-form') as Element;
      document.querySelector('aside')?.append(form);
    });
    const session = await page.evaluate('session');
    await call('POST', `/v1/sandbox/checkout-sessions/${session}`, { outcome: 'succeeded' });
    await page.locator('pay-link-form[state=done]').waitFor({ timeout: 3000 });
  });

  it('that is moved into a frame’s document looks as it did, and sells', async () => {
    const page = await newPage();
    const said = await visit(
      page,
      `${button()}${form()}<iframe width="700" height="900"></iframe>`,
      tag(),
    );
    await page.locator('pay-link-form').getByLabel('E-mail').waitFor();
    await page.evaluate(() => {
      const inner = document.querySelector('iframe')?.contentDocument as Document;
      for (const one of document.querySelectorAll('pay-link-button,pay-link-form'))
        inner.body.append(inner.adoptNode(one));
    });
    const frame = page.frameLocator('iframe');
    const submit = submitOf(frame.locator('body'));
    await expect.poll(() => isStyled(submit)).toBe(true);
    await expect.poll(() => isStyled(frame.getByRole('button', { name: 'Buy' }))).toBe(true);
    await frame.getByRole('button', { name: 'Buy' }).click();
    const dialog = frame.getByRole('dialog');
    await dialog.getByLabel('E-mail').waitFor();
    expect(await isStyled(submitOf(dialog))).toBe(true);
    await buyFrom(page, dialog);
    expect(said).toEqual([]);
  });

  it('that waits in a template meanwhile comes back as it was', async () => {
    const page = await newPage();
    await visit(page, `<template></template>${form()}`, tag());
    const own = page.locator('pay-link-form');
    await own.getByLabel('E-mail').fill('kept@example.com');
    await page.evaluate(() => {
      const form = document.querySelector('pay-link-form') as Element;
      document.querySelector('template')?.content.append(form);
      document.body.append(form);
    });
    await expect.poll(() => isStyled(submitOf(own))).toBe(true);
    expect(await own.getByLabel('E-mail').inputValue()).toBe('kept@example.com');
    await buyFrom(page, own);
  });

  it.each(['open', 'closed'])(
    'sells inside the %s shadow root of another component',
    async (mode) => {
      const page = await newPage();
      const said = await visit(page, '<x-card></x-card>', tag());
      await page.evaluate(
        ([mode, html]) => {
          const root = (document.querySelector('x-card') as HTMLElement).attachShadow({
            mode: mode as ShadowRootMode,
          });
          root.innerHTML = `<style>* { all: unset }</style>${html}`;
          Object.assign(window, { theRoot: root });
        },
        [mode, button()],
      );
      // No locator reaches into a closed root.
      const inside = await page.evaluateHandle(() => {
        const { theRoot } = window as unknown as { theRoot: ShadowRoot };
        return theRoot.querySelector('pay-link-button') as Element;
      });
      await (await inside.waitForSelector('button')).click();
      await (await inside.waitForSelector('input[type=email]')).fill('shadow@example.com');
      await (await inside.waitForSelector('button[type=submit]')).click();
      await atPayment(page);
      expect(said).toEqual([]);
    },
  );

  it('sells in quirks mode', async () => {
    const page = await newPage();
    await page.goto(street().page(tag() + button() + form(), { isWhole: true }));
    expect(await page.evaluate(() => document.compatMode)).toBe('BackCompat');
    expect(await isStyled(page.getByRole('button', { name: 'Buy' }))).toBe(true);
    expect(await isStyled(submitOf(page.locator('pay-link-form')))).toBe(true);
    await buyFrom(page, await openDialog(page));
  });
});

describe('a page that swaps its body', () => {
  /** As Turbo does: a new body takes the old one's place, and the scripts in it run again. */
  const swapTo = (page: Page, html: string) =>
    page.evaluate((html) => {
      const body = document.createElement('body');
      body.innerHTML = html;
      for (const idle of body.querySelectorAll('script')) {
        const script = document.createElement('script');
        for (const { name, value } of idle.attributes) script.setAttribute(name, value);
        script.textContent = idle.textContent;
        idle.replaceWith(script);
      }
      document.body.replaceWith(body);
    }, html);

  it('sells after every swap, and a dialog that was open does not hold the new page', async () => {
    const page = await newPage();
    const said = await visit(page, button() + tag());
    const dialog = await openDialog(page);
    await dialog.getByLabel('E-mail').waitFor();
    await swapTo(page, `<p style="height:3000px">Two</p>${form()}${tag()}`);
    const own = page.locator('pay-link-form');
    await own.getByLabel('E-mail').waitFor();
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).overflow)).toBe(
      'visible',
    );
    await swapTo(page, button() + tag());
    // The words follow the new body too.
    await page.evaluate(() => document.body.setAttribute('lang', 'fr'));
    await openDialog(page);
    await dialog.getByRole('button', { name: /^Payer/ }).waitFor();
    await buyFrom(page, dialog);
    expect(said).toEqual([]);
  });

  it('shows a cached copy of itself as it was before a buyer came, and then the original', async () => {
    const page = await newPage();
    const said = await visit(page, button() + form() + tag());
    const own = page.locator('body > pay-link-form');
    const dialog = await openDialog(page);
    await dialog.getByLabel('E-mail').waitFor();
    await page.keyboard.press('Escape');
    await own.getByLabel('E-mail').fill('original@example.com');
    await page.evaluate(() => {
      const original = document.body;
      const copy = original.cloneNode(true) as HTMLElement;
      Object.assign(window, { original });
      original.replaceWith(copy);
    });
    expect(await page.locator('pay-link-button').getAttribute('state')).toBe('idle');
    await own.getByLabel('E-mail').waitFor();
    await expect.poll(() => own.getAttribute('state')).toBe('editing');
    await (await openDialog(page)).getByLabel('E-mail').waitFor();
    await page.evaluate(() =>
      document.body.replaceWith((window as unknown as { original: Node }).original),
    );
    await own.getByLabel('E-mail').waitFor();
    expect(await own.getByLabel('E-mail').inputValue()).toBe('original@example.com');
    await buyFrom(page, await openDialog(page));
    expect(said).toEqual([]);
  });

  it('sells after a part of it is swapped, again and again', async () => {
    const page = await newPage();
    const said = await visit(page, '<main></main>', tag());
    for (const html of [button(), form(), button()])
      await page.evaluate((html) => {
        (document.querySelector('main') as HTMLElement).innerHTML = html;
      }, html);
    await buyFrom(page, await openDialog(page));
    expect(said).toEqual([]);
  });
});

describe('a merchant’s own Lit', () => {
  let app = '';

  /** The real one, as a merchant's bundler would put it into a page; its development build speaks up when it minds. */
  beforeAll(async () => {
    const entry = 'virtual:shop';
    const built = await build({
      configFile: false,
      logLevel: 'error',
      resolve: { conditions: ['development', 'browser', 'module', 'import', 'default'] },
      build: {
        write: false,
        minify: false,
        rolldownOptions: { input: entry, output: { format: 'iife' } },
      },
      plugins: [
        {
          name: 'shop',
          resolveId: (id) => (id === entry ? entry : undefined),
          load: (id) => (id === entry ? shop : undefined),
        },
      ],
    });
    const [output] = Array.isArray(built) ? built : [built];
    app = 'output' in output! ? output.output[0].code : '';
  });

  const shop = `
    import { html, css, LitElement } from 'lit';
    customElements.define('shop-card', class extends LitElement {
      static properties = { link: {}, heard: { state: true } };
      static styles = css\`h2 { color: rgb(1, 2, 3); }\`;
      render() {
        return html\`<h2>Shop</h2><p>\${this.heard ?? ''}</p>
          <pay-link-form .link=\${this.link} handoff="redirect" .prefillEmail=\${'lit@example.com'}
            @pay-link-ready=\${({ detail }) => (this.heard = detail.link.name)}></pay-link-form>\`;
      }
    });`;

  it.each([
    ['before ours', true],
    ['after ours', false],
  ])('runs %s under trusted types, and neither notices the other', async (_, isFirst) => {
    const page = await newPage();
    const policy = [
      `script-src 'nonce-lit' 'strict-dynamic'`,
      `require-trusted-types-for 'script'`,
      'trusted-types pay-link lit-html',
    ];
    const theirs = `<script nonce="lit">${app}</script>`;
    const ours = tag('nonce="lit"');
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    await page.goto(
      street().page(
        `<shop-card link="${link.url}"></shop-card>${isFirst ? theirs + ours : ours + theirs}`,
        { head: '', headers: { 'content-security-policy': policy.join(';') } },
      ),
    );
    await page.locator('shop-card p').getByText('A coffee').waitFor();
    expect(
      await page
        .locator('shop-card h2')
        .first()
        .evaluate((one) => getComputedStyle(one).color),
    ).toBe('rgb(1, 2, 3)');
    await submitOf(page.locator('pay-link-form')).click();
    await atPayment(page);
    expect(said.filter((text) => !/dev mode|favicon|404/.test(text))).toEqual([]);
    // What would speak of two Lits is awake.
    expect(said.join()).toMatch(/dev mode/);
  });
});
