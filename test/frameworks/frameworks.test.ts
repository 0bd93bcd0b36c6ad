/** Every framework we name in the package's README: its own checker, its own build, and a purchase in a browser. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { payByPhone, submitOf } from '../journeys/buyer.js';
import { useStreet } from '../journeys/street.js';
import { type App, serveByItself, serveFolder } from './apps.js';
import { useYard } from './use-yard.js';

const { street, newPage } = useStreet();
const installApp = useYard();

/** Where the applications expect the backend of `npm start`. */
const home = 'http://127.0.0.1:4242';

interface Tried {
  readonly name: string;
  /** Names the backend. */
  readonly file: string;
  /** What its checker refuses with these words; the others keep that in a file of their own, as expected. */
  readonly mistake?: {
    readonly in: string;
    readonly is: readonly [string, string];
    readonly words: RegExp;
  };
}

const apps: Tried[] = [
  { name: 'html', file: 'index.html' },
  { name: 'react', file: 'src/main.tsx' },
  { name: 'preact', file: 'src/main.tsx' },
  { name: 'solid', file: 'src/main.tsx' },
  { name: 'vue', file: 'src/main.ts' },
  { name: 'svelte', file: 'src/main.ts' },
  {
    ...{ name: 'angular', file: 'src/main.ts' },
    mistake: {
      in: 'src/thursday-concerts.ts',
      is: ['(pay-link-complete)', '(pay-link-close)'],
      words: /'session' is missing/,
    },
  },
];

const atOurs = (text: string) => {
  expect(text).toContain(home);
  return text.replaceAll(home, street().api);
};

/** Type-checked by the framework's own means, and built where it is to be. */
async function build(app: App): Promise<void> {
  await app.run('npm', 'run', 'check');
  await app.run('npm', 'run', 'build', '--if-present');
}

async function refuse(app: App, mistake: NonNullable<Tried['mistake']>): Promise<void> {
  app.change(mistake.in, (text) => text.replace(...mistake.is));
  await expect(app.run('npm', 'run', 'check')).rejects.toThrow(mistake.words);
}

/** What the browser complains about, in a page as wide as a phone. */
async function openPage(): Promise<{ page: Page; complaints: string[] }> {
  const page = await newPage({ viewport: { width: 390, height: 844 } });
  const complaints: string[] = [];
  page.on('console', (message) => {
    const isOurs = !message.location().url.endsWith('/favicon.ico');
    if (isOurs && /error|warning/.test(message.type())) complaints.push(message.text());
  });
  return { page, complaints };
}

/** From the page to the thanks, which the page says as well. */
async function donate(page: Page, origin: string, name: string): Promise<void> {
  await page.goto(origin);
  await page.getByRole('button', { name: 'Donate' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('E-mail').fill(`${name}@example.com`);
  // The words are of `messages`, the amount of an attribute.
  await dialog.getByRole('button', { name: 'Light the stage with €25.00' }).waitFor();
  await submitOf(dialog).click();
  await payByPhone(dialog);
  await dialog.getByText('Thank you', { exact: true }).waitFor();
  const thanks = page.locator('main > [role=status]');
  await expect.poll(() => thanks.innerText()).toBe('€25.00 for the stage. Thank you!');
  const { id } = street().links.donation;
  const { data } = await street().call('GET', `/v1/checkout-sessions?paymentLinkId=${id}&limit=1`);
  expect(data).toMatchObject([
    { status: 'complete', customer: { email: `${name}@example.com` }, metadata: { page: name } },
  ]);
}

it.for(apps)('sells from $name', async ({ name, file, mistake }, context) => {
  const app = await installApp(name, context);
  app.change(file, atOurs);
  await build(app);
  if (mistake) await refuse(app, mistake);
  const { origin, close } = await serveFolder(
    name === 'html' ? app.folder : join(app.folder, 'dist'),
  );
  try {
    const { page, complaints } = await openPage();
    await donate(page, origin, name);
    expect(complaints).toEqual([]);
  } finally {
    await close();
  }
});

it('sells from next, drawn on the server and taken over by the browser', async (context) => {
  const app = await installApp('next', context);
  app.change('app/donation.tsx', atOurs);
  await build(app);
  // Only `dev` says where what the browser makes differs from what the server sent.
  for (const command of ['start', 'dev'] as const) {
    const { origin, close } = await serveByItself(app, 'next', (port) => [
      ...[command, '--hostname', '127.0.0.1', '--port', port],
    ]);
    try {
      expect(await (await fetch(origin)).text()).toContain('<pay-link-button link=');
      const { page, complaints } = await openPage();
      await donate(page, origin, 'next');
      expect(complaints).toEqual([]);
    } finally {
      await close();
    }
  }
});
