/** Pages whose own styles, shortcuts and scrolling would break what they embed: they sell, and look as they should. */
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { submitOf } from '../journeys/buyer.js';
import { chooseShoes, newShoes, payShoes } from '../journeys/shoes.js';
import { useStreet } from '../journeys/street.js';

const { street, newPage } = useStreet();

let link = { id: '', url: '' };

beforeAll(async () => {
  link = await newShoes(street());
});

const wide = { width: 1280, height: 800 };
const phone = { width: 390, height: 780 };

const both = (id: string) => `<main>
  <pay-link-button label="Buy" handoff="redirect" link="${id}"></pay-link-button>
  <pay-link-form handoff="redirect" link="${id}"></pay-link-form>
</main>`;

/** The page with its own style, button and form. */
async function visit(page: Page, style: string, body = both(link.id)): Promise<void> {
  const script = `<script async src="${street().api}/pay-link.js"></script>`;
  const viewport = `<meta name="viewport" content="width=device-width, initial-scale=1">`;
  await page.goto(street().page(body, { head: `${viewport}${script}<style>${style}</style>` }));
  await page.getByRole('button', { name: 'Buy' }).waitFor();
}

async function openDialog(page: Page): Promise<Locator> {
  // Whether the press would meet it is looked at elsewhere: Playwright mistakes a block inside an inline host.
  await page.getByRole('button', { name: 'Buy' }).click({ force: true });
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('E-mail').waitFor();
  return dialog;
}

/** How a control meets the buyer's eye and finger. */
async function looks(control: Locator) {
  await control.scrollIntoViewIfNeeded();
  return control.evaluate((one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    const at = [left + width / 2, top + height / 2] as const;
    let hit = document.elementFromPoint(...at);
    for (let inner = hit; inner; hit = inner) {
      const deeper: Element | null = inner.shadowRoot?.elementFromPoint(...at) ?? null;
      inner = deeper === inner ? null : deeper;
      if (!inner) break;
    }
    const { fontSize, textTransform, visibility } = getComputedStyle(one);
    return {
      width,
      height,
      fontSize: Number.parseFloat(fontSize),
      textTransform,
      visibility,
      isSeen: hit !== null && (one === hit || one.contains(hit)),
      isInside: left >= 0 && left + width <= innerWidth + 1,
    };
  });
}

async function expectSane(control: Locator, { least = 44, width = 60 } = {}): Promise<void> {
  const look = await looks(control);
  expect(look).toMatchObject({
    isSeen: true,
    isInside: true,
    textTransform: 'none',
    visibility: 'visible',
  });
  expect(look.height).toBeGreaterThanOrEqual(least);
  expect(look.height).toBeLessThan(110);
  expect(look.width).toBeGreaterThanOrEqual(width);
  expect(look.fontSize).toBeGreaterThanOrEqual(16);
  expect(look.fontSize).toBeLessThan(20);
}

const wall = `<div id="wall" hidden></div><script>
  document.addEventListener('pay-link-open', () => (document.getElementById('wall').hidden = false));
</script>`;

const hostile: Record<string, { style: string; body?: string; scale?: number }> = {
  'that unsets every property of everything': { style: '* { all: unset !important }' },
  'with tiny type, and text that is set every other way': {
    style: `html { font-size: 40% } body { font: italic 900 40%/4 fantasy; letter-spacing: 1em;
      word-spacing: 2em; text-transform: uppercase; text-indent: 3em; text-align: right; color: #eee;
      white-space: pre; visibility: hidden; cursor: none; text-shadow: 0 0 9px red; quotes: none }`,
  },
  'whose ancestors are transformed': {
    style: `* { transform: translateZ(0); will-change: transform } main { transform: rotate(-1deg);
      filter: drop-shadow(0 0 1px); perspective: 100px; backdrop-filter: blur(1px) }`,
  },
  'that contains it in a box of its own': {
    style: 'main { contain: strict; width: 350px; height: 1100px; content-visibility: auto }',
  },
  'that puts a wall before everything': {
    style: '#wall { position: fixed; inset: 0; z-index: 2147483647; background: #000c }',
    body: wall,
  },
  'that lets nothing be touched or marked': {
    style:
      'body { pointer-events: none; user-select: none; -webkit-user-select: none; touch-action: none }',
  },
  'whose ancestors clip what leaves them': {
    style:
      'main { overflow: hidden; border-radius: 30px; clip-path: inset(0); width: 340px; isolation: isolate; position: relative; z-index: 0 }',
  },
};

describe('a page', () => {
  for (const [name, { style, body = '' }] of Object.entries(hostile))
    it(`${name} sells`, async () => {
      const page = await newPage({ viewport: wide, reducedMotion: 'reduce' });
      await visit(page, style, both(link.id) + body);
      const form = page.locator('main > pay-link-form');
      for (const viewport of [wide, phone]) {
        await page.setViewportSize(viewport);
        await expectSane(page.getByRole('button', { name: 'Buy' }));
        await expectSane(form.getByLabel('E-mail'), { width: 150 });
        await expectSane(submitOf(form), { width: 150 });
      }
      const { id } = await newShoes(street());
      await page.locator('pay-link-button').evaluate((one, id) => one.setAttribute('link', id), id);
      const dialog = await openDialog(page);
      for (const viewport of [wide, phone]) {
        await page.setViewportSize(viewport);
        await expectSane(dialog.getByLabel('E-mail'), { width: 150 });
        await expectSane(dialog.getByRole('button', { name: 'Size' }), { width: 150 });
        await expectSane(submitOf(dialog), { width: 250 });
        await expectSane(dialog.getByRole('button', { name: 'Close' }), { width: 44 });
      }
      await (await chooseShoes(dialog)).click();
      await payShoes(street(), page, id);
    });
});

it('opens beside its button in a page that moves and contains everything', async () => {
  const page = await newPage({ viewport: wide, reducedMotion: 'reduce' });
  const style = `* { transform: translateZ(0) } main { contain: strict; width: 300px; height: 60px;
    margin: 20px 0 0 200px; overflow: hidden; transform: scale(0.9); will-change: transform }`;
  const popover = both(link.id).replace('label', 'display="popover" label');
  await visit(page, style, popover);
  const dialog = await openDialog(page);
  await expectSane(submitOf(dialog), { width: 250 });
  const [button, panel] = [
    await page.locator('pay-link-button').boundingBox(),
    await dialog.boundingBox(),
  ];
  expect(panel!.x).toBeCloseTo(button!.x, 0);
  expect(panel!.y - (button!.y + button!.height)).toBeCloseTo(6, 0);
});

describe('a page with shortcuts of its own', () => {
  const shortcuts = `<script>
    heard = [];
    for (const target of [document, window])
      for (const type of ['keydown', 'keypress', 'keyup'])
        target.addEventListener(type, (event) => {
          heard.push(event.key);
          // As players and slide shows do: the key is theirs.
          if (/^[ a-z]$|^Arrow|^Enter$/.test(event.key)) event.preventDefault();
        });
  </script>`;

  it('lets a buyer type, choose and send, and hears none of it', async () => {
    const { id } = await newShoes(street(), {
      customFields: [
        { key: 'note', label: 'Note', type: 'text' },
        { key: 'gift', label: 'Wrapping', type: 'dropdown', options: ['jute', 'silk'] },
      ],
    });
    const page = await newPage({ viewport: wide });
    await visit(page, '', shortcuts + both(id));
    const heard = () => page.evaluate('heard.splice(0)');
    const form = page.locator('main > pay-link-form');
    await form.getByText('Black', { exact: true }).click();
    await form.getByRole('button', { name: 'Size' }).press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('4');
    await page.keyboard.press('Enter');
    await form.getByLabel(/^Quantity/).press('ArrowUp');
    await form.getByLabel('Note').pressSequentially('s k j');
    await form.getByLabel('Wrapping').press('s');
    await form.getByLabel('E-mail').pressSequentially('walker@example.com');
    expect(await heard()).toEqual([]);
    expect(await form.getByLabel('Note').inputValue()).toBe('s k j');
    expect(await form.getByLabel('Wrapping').inputValue()).toBe('silk');
    await page.keyboard.press('Enter');
    await payShoes(street(), page, id);
  });

  it('keeps every key that is not pressed in the form, and Escape closes the dialog', async () => {
    const page = await newPage({ viewport: wide });
    const slotted = '<input slot="footer" aria-label="Gift card" /></pay-link-form>';
    await visit(page, '', shortcuts + both(link.id).replace('</pay-link-form>', slotted));
    const heard = () => page.evaluate('heard.splice(0)');
    await page.keyboard.press('k');
    expect(await heard()).toEqual(Array(4).fill('k'));
    await page.locator('pay-link-button').getByRole('button').focus();
    await page.keyboard.press('j');
    expect(await heard()).toEqual(Array(4).fill('j'));
    await page.getByLabel('Gift card').press('g');
    expect(await heard()).toEqual(Array(4).fill('g'));
    const dialog = await openDialog(page);
    await dialog.getByLabel('E-mail').pressSequentially('k');
    expect(await heard()).toEqual([]);
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
    await page.keyboard.press('k');
    expect(await heard()).toContain('k');
  });
});

describe('a page that scrolls', () => {
  const scrolling: Record<string, string> = {
    'as pages do': '',
    smoothly: 'html, body { scroll-behavior: smooth }',
    'by its body':
      'html { height: 100%; overflow: hidden } body { height: 100%; margin: 0; overflow: auto }',
    'whatever else is said': 'html#top { overflow-y: scroll !important }',
  };
  const tall = (id: string) =>
    `<script>document.documentElement.id = 'top'</script><div style="height:900px">Above</div>
    ${both(id)}<div style="height:2000px">Below</div>`;

  /** Where the page stands; its body may be what scrolls. */
  const place = (page: Page) => page.evaluate(() => Math.round(scrollY + document.body.scrollTop));

  for (const [name, style] of Object.entries(scrolling))
    it(`${name} stays where it is behind a dialog`, async () => {
      const page = await newPage({ viewport: { width: 800, height: 500 }, hasTouch: true });
      await visit(page, style, tall(link.id));
      const buy = page.getByRole('button', { name: 'Buy' });
      await buy.scrollIntoViewIfNeeded();
      await expect
        .poll(() => buy.evaluate((one) => one.getBoundingClientRect().bottom <= innerHeight))
        .toBe(true);
      const dialog = await openDialog(page);
      const before = await place(page);
      expect(before).toBeGreaterThan(0);
      const gestures = await page.context().newCDPSession(page);
      const swipe = (x: number, yDistance: number) =>
        gestures.send('Input.synthesizeScrollGesture', {
          ...{ x, y: 250, yDistance, gestureSourceType: 'touch', speed: 8000 },
        });
      for (const x of [20, 400]) {
        await page.mouse.move(x, 250);
        for (const turn of [3000, -6000]) await page.mouse.wheel(0, turn);
        for (const distance of [-600, 900]) await swipe(x, distance);
        expect(await place(page)).toBe(before);
      }
      // What the buyer turns is the dialog: it went to its end and back.
      const turned = async () => {
        await page.mouse.wheel(0, 3000);
        return dialog.evaluate((one) => one.scrollTop);
      };
      await expect.poll(turned, { timeout: 5000 }).toBeGreaterThan(0);
      await page.keyboard.press('Escape');
      await expect.poll(() => dialog.count()).toBe(0);
      expect(await place(page)).toBe(before);
      await page.mouse.move(20, 250);
      await page.mouse.wheel(0, 200);
      await expect.poll(() => place(page)).toBeGreaterThan(before);
    });
});
