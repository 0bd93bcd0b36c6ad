import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { booksOf, payByPhone, submitOf } from '../journeys/buyer.js';
import { useStreet } from '../journeys/street.js';
import { missingWordPress, openWordPress, type WordPress } from './wordpress-site.js';

const missing = missingWordPress();
if (missing) console.warn(`\nSKIPPED: WordPress, for ${missing}.\n`);

describe.skipIf(missing)('the WordPress plugin', () => {
  const { street, newPage } = useStreet();
  let site: WordPress;
  beforeAll(async () => {
    site = await openWordPress();
    site.php(`require_once ABSPATH . 'wp-admin/includes/plugin.php';
      $wrong = activate_plugin('pay-link/pay-link.php');
      if (is_wp_error($wrong)) throw new Exception($wrong->get_error_message());`);
  }, 120_000);
  afterAll(async () => {
    const said = site?.php(`echo @file_get_contents(ABSPATH . 'debug.log');`);
    await site?.stop();
    expect(said?.split('\n').filter((line) => line.includes('pay-link'))).toEqual([]);
  });

  /** @returns its address */
  const publish = (content: string): string => {
    const id =
      site.php(`echo wp_insert_post(array('post_type' => 'page', 'post_status' => 'publish',
      'post_title' => 'Shop', 'post_content' => wp_slash(${JSON.stringify(content)})));`);
    return `${site.url}/?page_id=${id}`;
  };

  async function signIn(page: Page): Promise<void> {
    await page.goto(`${site.url}/wp-login.php`);
    await page.getByLabel('Username or Email Address').fill(site.user);
    await page.getByLabel('Password', { exact: true }).fill(site.password);
    await page.getByRole('button', { name: 'Log In' }).click();
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
  }

  it('asks for a server that is one, and takes over the release its pages run', async () => {
    const { api } = street();
    const page = await newPage();
    await signIn(page);
    await page.goto(`${site.url}/wp-admin/options-general.php?page=pay-link`);
    const save = async (server: string) => {
      await page.getByLabel('Your server').fill(server);
      await page.getByRole('button', { name: /^Save/ }).click();
      await page.waitForLoadState();
      return page.locator('.settings-error').innerText();
    };
    expect(await save('http://pay.example.com')).toContain('as https://pay.example.com');
    expect(await save(site.url)).toContain('does not answer as a PayLink server');
    const hostile = createServer((_, answer) => {
      const version = '<img src=x onerror=alert(1)>';
      const src = `${origin}/pay-link-1-00.js`;
      answer.end(JSON.stringify({ version, src, integrity: `sha384-${'A'.repeat(64)}` }));
    });
    await new Promise<void>((resolve) => hostile.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(hostile.address() as AddressInfo).port}`;
    expect(await save(origin)).toContain('does not answer as a PayLink server');
    hostile.close();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await save(`${api}/dashboard`)).toContain('Your pages run version 0.1.0');
    expect(await page.getByLabel('Your server').inputValue()).toBe(api);
    expect(await save('http://127.0.0.1:1')).toContain('could not be reached');
    expect(await page.getByLabel('Your server').inputValue()).toBe(api);
  });

  it('sells by a shortcode, with the script pinned', async () => {
    const { links, api } = street();
    const page = await newPage();
    await page.goto(
      publish(`[pay_link link="${links.invoice.url}" label="Pay the invoice" show_price="yes"]`),
    );
    const { src, integrity } = await (await fetch(`${api}/pay-link.json`)).json();
    const script = page.locator('script[src*="pay-link"]');
    expect(await script.count()).toBe(1);
    expect(
      await script.evaluate((tag: HTMLScriptElement) => [tag.src, tag.integrity, tag.crossOrigin]),
    ).toEqual([src, integrity, 'anonymous']);
    await page.getByRole('button', { name: /Pay the invoice/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('E-mail').fill('buyer@example.com');
    await submitOf(dialog).click();
    await payByPhone(dialog);
    await dialog.getByText('Thank you').first().waitFor();
    const { payments } = await booksOf(street(), links.invoice.id);
    expect(payments).toMatchObject([{ amount: 25000, status: 'succeeded' }]);
  });

  it('shows the form by a block that was put in with the editor', async () => {
    const { links } = street();
    const page = await newPage();
    await page.setViewportSize({ width: 1280, height: 900 });
    await signIn(page);
    await page.goto(`${site.url}/wp-admin/post-new.php?post_type=page`);
    await page.getByRole('button', { name: 'Close dialog' }).click();
    await page.getByRole('textbox', { name: 'Add title' }).fill('Give');
    await page.getByRole('button', { name: 'Toggle block inserter' }).click();
    await page.getByPlaceholder('Search').first().fill('donate');
    await page.getByRole('option', { name: 'PayLink' }).click();
    await page.getByLabel('Link', { exact: true }).first().pressSequentially(links.donation.id);
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await page.getByLabel('As', { exact: true }).selectOption({ label: 'the form in the page' });
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/editor.png` });
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.locator('.editor-post-publish-button').last().click();
    const address = page.locator('.post-publish-panel__postpublish-buttons a').first();
    const href = await address.getAttribute('href');
    await page.goto(href as string);
    await page.locator('pay-link-form').getByLabel('E-mail').waitFor();
    if (process.env.SHOTS)
      await page.screenshot({ path: `${process.env.SHOTS}/block.png`, fullPage: true });
  });

  it('keeps what an author writes a value, and a link of elsewhere off the page', async () => {
    const { links } = street();
    const page = await newPage();
    await page.goto(
      publish(
        `[pay_link link="https://evil.example/p/x"]
        [pay_link link="${links.donation.id}" element="form" theme="dark" display="popover" prefill_amount="12.5" reference='"><img src=x onerror=alert(1)>' label="</a><script>alert(1)</script>"]
        [pay_link link="${links.donation.id}" label="&lt;b&gt;Give&lt;/b&gt;" display="popover"]`,
      ),
    );
    const written = await page
      .locator('pay-link-form, pay-link-button')
      .evaluateAll((all) =>
        all.map((one) =>
          Object.fromEntries([...one.attributes].map(({ name, value }) => [name, value])),
        ),
      );
    expect(written).toMatchObject([
      { link: links.donation.url.replace(/[^/]+$/, links.donation.id), theme: 'dark' },
      { display: 'popover' },
    ]);
    expect(Object.keys(written[0] ?? {}).sort()).not.toContain('display');
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await page.content()).not.toContain('evil.example');
  });
});

it('is PHP without a mistake', () => {
  const files = readdirSync('src/wordpress', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.php'))
    .map((name) => `src/wordpress/${name}`);
  expect(files.length).toBeGreaterThan(5);
  for (const file of files)
    expect(execFileSync('php', ['-l', file], { encoding: 'utf8' })).toContain('No syntax errors');
});
