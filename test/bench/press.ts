/** From the press to the painted dialog, and from a keystroke to the frame that shows it. */
import type { PublicLink } from '../../src/contract/index.js';
import { amountLink, id, item, productLink } from '../../stories/cast.js';
import { byTurns, type Finding, median } from './figures.js';
import type { Stage } from './stage.js';

/** What the browser alone needs for as much. */
const native = `
  <button id="native">Pay</button>
  <dialog id="dialog"><form>
    ${Array.from({ length: 10 }, (_, index) => `<p><label>Field ${index}<br><input name="f${index}"></label></p>`).join('')}
    <button>Pay</button>
  </form></dialog>
  <script>
    document.getElementById('native').onclick = () => document.getElementById('dialog').showModal();
  </script>`;

export async function press(stage: Stage): Promise<Finding[]> {
  const link: PublicLink = { ...amountLink(), id: id('plink', 1) as PublicLink['id'] };
  stage.links.set(link.id, link);
  const body = `<body>${native}<pay-link-button link="${link.id}"></pay-link-button>
    <script src="${stage.origin}/pay-link.js"></script>`;

  const paintedAfter = (which: 'ours' | 'native') => async () => {
    const { page, close } = await stage.open(body);
    await page.waitForTimeout(300);
    // As a buyer comes to it.
    if (which === 'ours') await page.locator('pay-link-button').hover();
    await page.waitForTimeout(300);
    const time = await page.evaluate(
      (name) =>
        new Promise<number>((resolve, reject) => {
          const element = document.querySelector('pay-link-button');
          const press = () => {
            const button =
              name === 'native'
                ? document.getElementById('native')
                : element?.shadowRoot?.querySelector('button');
            let isReady = name === 'native';
            element?.addEventListener('pay-link-ready', () => (isReady = true));
            const start = performance.now();
            button?.click();
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => {
              if (isReady) resolve(performance.now() - start);
              else reject(new Error('Painted without the form'));
            };
            setTimeout(() => requestAnimationFrame(() => port2.postMessage(0)), 1);
          };
          // Both are pressed as a frame begins, or the rest of it would be measured.
          requestAnimationFrame(() => setTimeout(press));
        }),
      which,
    );
    await close();
    return time;
  };
  const time = await byTurns(15, { ours: paintedAfter('ours'), native: paintedAfter('native') });
  return [
    {
      what: 'Press to painted dialog, the link at hand',
      figure: time.ours / time.native,
      unit: '×',
      most: 2,
      by: `${time.ours.toFixed(1)} ms against ${time.native.toFixed(1)} ms of a native dialog with ten fields`,
    },
  ];
}

/** 20 items, the first of 100 SKUs. */
function bigLink(): PublicLink {
  const sizes = Array.from({ length: 10 }, (_, index) => `Size ${index}`);
  const colours = Array.from({ length: 10 }, (_, index) => `Colour ${index}`);
  const shirt = item(1, {
    name: 'Shirt',
    options: [
      { name: 'Size', values: sizes },
      { name: 'Colour', values: colours },
    ],
    variants: sizes.flatMap((Size, row) =>
      colours.map((Colour, column) => ({
        id: id('sku', row * 10 + column + 1),
        attributes: { Size, Colour },
        unitAmount: 2500 + row,
        stock: 5,
        imageUrl: null,
      })),
    ),
  });
  const others = Array.from({ length: 19 }, (_, index) => item(index + 2));
  return { ...productLink([shirt, ...others]), id: id('plink', 2) as PublicLink['id'] };
}

export async function keystroke(stage: Stage): Promise<Finding[]> {
  const link = bigLink();
  stage.links.set(link.id, link);
  const { page, close } = await stage.open(
    `<body><pay-link-form link="${link.id}"></pay-link-form>
      <script src="${stage.origin}/pay-link.js"></script>`,
    { slower: 4 },
  );
  const form = page.locator('pay-link-form');
  await form.getByLabel('E-mail').waitFor();
  const times = await page.evaluate(async () => {
    const root = document.querySelector('pay-link-form')?.shadowRoot as ShadowRoot;
    const email = root.querySelector<HTMLInputElement>('input[type=email]');
    const options = [...root.querySelectorAll<HTMLElement>('[role=option]')].slice(0, 10);
    const layOut = () => root.host.getBoundingClientRect().height;
    const timeOf = async (act: () => void) => {
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      const start = performance.now();
      act();
      await 0;
      await 0;
      await 0;
      layOut();
      return performance.now() - start;
    };
    const typed: number[] = [];
    for (let turn = 0; turn < 30; turn++)
      typed.push(
        await timeOf(() => {
          if (email) email.value = `a${turn}@example.com`;
          email?.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
        }),
      );
    const chosen: number[] = [];
    for (const option of [...options, ...options]) chosen.push(await timeOf(() => option.click()));
    return { typed, chosen };
  });
  await close();
  const frame = 1000 / 60;
  const finding = (what: string, values: number[]): Finding => ({
    what: `${what}, 100 SKUs and 20 items, processor at 1/4`,
    figure: median(values) / frame,
    unit: ' frames',
    most: 1,
    by: `${median(values).toFixed(1)} ms of script and layout`,
  });
  return [finding('A keystroke', times.typed), finding('Another variant', times.chosen)];
}
