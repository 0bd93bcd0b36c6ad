/**
 * The oldest browsers we promise: Chrome 109, Safari 15.4, Firefox 115. None of them can be installed beside today's, so
 * today's has taken from it what they lack, before any script of the page runs.
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { atPayment, booksOf, openForm, payByPhone, press, submitOf } from '../journeys/buyer.js';
import { newShoes } from '../journeys/shoes.js';
import { useStreet } from '../journeys/street.js';

const { street, newPage } = useStreet();

/** What one of the three lacks: owner and name. */
const younger = {
  HTMLElement: ['popover', 'showPopover', 'hidePopover', 'togglePopover', 'inert'],
  Element: ['checkVisibility', 'getHTML', 'setHTMLUnsafe', 'moveBefore', 'attachInternals'],
  HTMLFormElement: ['requestSubmit'],
  HTMLDialogElement: ['closedBy', 'requestClose'],
  Document: ['adoptedStyleSheets', 'startViewTransition', 'parseHTMLUnsafe'],
  ShadowRoot: ['adoptedStyleSheets'],
  CSSStyleSheet: ['replace', 'replaceSync'],
  Array: ['toSorted', 'toSpliced', 'toReversed', 'with', 'fromAsync'],
  Object: ['groupBy'],
  Map: ['groupBy'],
  Promise: ['withResolvers', 'try'],
  String: ['isWellFormed', 'toWellFormed'],
  Set: ['union', 'intersection', 'difference', 'isSubsetOf'],
  Iterator: ['map', 'filter', 'toArray', 'some', 'find', 'forEach'],
  Error: ['isError'],
  Response: ['json'],
  AbortSignal: ['any', 'timeout'],
  URL: ['canParse', 'parse'],
  URLSearchParams: ['size'],
  Crypto: ['randomUUID', 'subtle'],
  Navigator: ['userActivation', 'locks', 'userAgentData'],
  Window: [
    ...['structuredClone', 'requestIdleCallback', 'cancelIdleCallback', 'navigation'],
    ...['trustedTypes', 'scheduler', 'ToggleEvent', 'CloseWatcher', 'ElementInternals'],
  ],
} as const;

/** Also says no to the question whether sheets can be made, as Safari before 16.4 does. */
function growOld(lacks: Record<string, readonly string[]>): void {
  const all = window as unknown as Record<string, { prototype?: object }>;
  for (const [owner, names] of Object.entries(lacks))
    for (const name of names)
      for (const one of [all[owner], all[owner]?.prototype, owner === 'Window' && window])
        if (one) delete (one as Record<string, unknown>)[name];
  const Sheet = CSSStyleSheet;
  const illegal = function CSSStyleSheet() {
    throw new TypeError('Illegal constructor');
  };
  illegal.prototype = Sheet.prototype;
  Object.assign(window, { CSSStyleSheet: illegal });
}

async function oldPage(): Promise<Page> {
  const page = await newPage();
  await page.addInitScript(growOld, younger);
  return page;
}

describe('the oldest browsers', () => {
  it('have lost what they lack', async () => {
    const page = await oldPage();
    await page.goto(street().page(''));
    expect(
      await page.evaluate(() => [
        'popover' in HTMLElement.prototype,
        'adoptedStyleSheets' in document,
        'adoptedStyleSheets' in document.createElement('p').attachShadow({ mode: 'open' }),
        'randomUUID' in crypto,
        'any' in AbortSignal,
        'structuredClone' in window,
        'toSorted' in [],
      ]),
    ).toEqual(Array(7).fill(false));
  });

  it('sell in the dialog, in the colours of the link, with a long axis as radios', async () => {
    const { page: write } = street();
    const branding = { accent: '#7a1f3d', surface: '#fff8e7' };
    const { id } = await newShoes(street(), { branding });
    const page = await oldPage();
    await page.goto(write(`<pay-link-button link="${id}"></pay-link-button>`));
    const form = await openForm(page, id);
    expect(await submitOf(form).evaluate((one) => getComputedStyle(one).backgroundColor)).toBe(
      'rgb(122, 31, 61)',
    );
    await form.getByText('Black', { exact: true }).click();
    await form.getByText('42', { exact: true }).click();
    await form.getByLabel('E-mail').fill('old@example.com');
    await submitOf(form).click();
    await payByPhone(form);
    await form.getByText('€80.00 paid').waitFor();
    await form.getByRole('button', { name: 'Done' }).click();
    await form.waitFor({ state: 'hidden' });
    const { payments } = await booksOf(street(), id);
    expect(payments).toMatchObject([{ amount: 8000, status: 'succeeded' }]);
  });

  it('sell beside the button, where many buttons wait to be drawn', async () => {
    const { links, page: write } = street();
    const { id } = links.donation;
    const page = await oldPage();
    const far = `<p style="height: 2000px"></p>${`<pay-link-button link="${id}"></pay-link-button>`.repeat(30)}`;
    await page.goto(
      write(`<pay-link-button display="popover" show-price link="${id}"></pay-link-button>${far}`),
    );
    const form = await openForm(page, id);
    await form.getByText('€10.00', { exact: true }).click();
    await form.getByLabel('E-mail').fill('beside@example.com');
    await submitOf(form).click();
    await payByPhone(form);
    await form.getByText('€10.00 paid').waitFor();
    await page.locator('pay-link-button').last().getByRole('button').waitFor();
  });

  it('sell a subscription from the form in the page by the payment page, and thank on return', async () => {
    const { links, page: write } = street();
    const { id } = links.membership;
    const page = await oldPage();
    await page.goto(write(`<pay-link-form handoff="redirect" link="${id}"></pay-link-form>`));
    const form = page.locator('pay-link-form');
    await form.getByText('Yearly', { exact: true }).click();
    await form.getByLabel('E-mail').fill('club@example.com');
    await submitOf(form).click();
    await atPayment(page);
    await press(page, /^Start|^Pay|^Subscribe/);
    await page.getByRole('link', { name: 'Back to the shop' }).click();
    await form.getByText('Your subscription has started').waitFor();
  });

  it('sell on the page of the link itself', async () => {
    const { links, api } = street();
    const page = await oldPage();
    await page.goto(`${api}/p/keep-the-stage-lit`);
    const form = page.locator('pay-link-form');
    await form.getByText('€25.00', { exact: true }).click();
    await form.getByLabel('E-mail').fill('hosted@example.com');
    await submitOf(form).click();
    await payByPhone(form);
    await form.getByText('€25.00 paid').waitFor();
    const { payments } = await booksOf(street(), links.donation.id);
    expect(payments).toContainEqual(expect.objectContaining({ amount: 2500, status: 'succeeded' }));
  });

  it('find no name in the script that they do not know, but those it asks for first', () => {
    const script = readFileSync(new URL('../../dist/pay-link.js', import.meta.url), 'utf8');
    // Asked for in `far-buttons`, `scroll-lock`, `pay-link-element`, `variants` and by Lit; `inert` as an
    // attribute only keeps the fields still while a payment opens.
    const asked = [
      ...['adoptedStyleSheets', 'replaceSync', 'requestIdleCallback', 'trustedTypes', 'inert'],
      ...['popover', 'showPopover', 'hidePopover', 'togglePopover'],
    ];
    const common = [
      'map',
      'filter',
      'find',
      'some',
      'forEach',
      'with',
      'size',
      'try',
      'json',
      'any',
      'parse',
      'timeout',
      'replace',
      'union',
      'locks',
      'navigation',
    ];
    const names = Object.values(younger)
      .flat()
      .filter((name) => !asked.includes(name) && !common.includes(name));
    expect(names.filter((name) => new RegExp(`\\b${name}\\b`).test(script))).toEqual([]);
    // Statics by their owner, as their names alone are common.
    expect(script).not.toMatch(
      /\b(?:AbortSignal\.(?:any|timeout)|Response\.json|URL\.parse|Promise\.try)\b/,
    );
    // Grammar of later years: looking behind, sets in patterns, blocks in classes, and in style sheets.
    expect(script).not.toMatch(/\(\?<[=!]|\bstatic\s*\{/);
    expect(script).not.toMatch(
      /light-dark\(|:has\(|color-mix\(|@container|@scope|@property|@starting-style|:user-(?:in)?valid|:dir\(|anchor-name|\(\s*(?:width|height)\s*[<>]/,
    );
  });

  it('drop no rule of our pages but those that stand alone: one selector they do not know takes its whole list along', () => {
    const folder = new URL('../../src/server/pages/', import.meta.url);
    const sheets = readdirSync(folder).filter((name) => name.endsWith('.css'));
    const lists = sheets.flatMap((name) =>
      [...readFileSync(new URL(name, folder), 'utf8').matchAll(/[^{};]*:has\([^{}]*(?=\{)/g)].map(
        ([list]) => list.replace(/\/\*.*?\*\//gs, '').trim(),
      ),
    );
    expect(lists).not.toEqual([]);
    expect(lists.filter((list) => list.includes(','))).toEqual([]);
  });
});
