/** A thousand buttons of ten links on one page, against a thousand bare Lit buttons. */
import type { PublicLink } from '../../src/contract/index.js';
import { amountLink, id } from '../../stories/cast.js';
import { byTurns, type Finding, median } from './figures.js';
import type { Opened, Stage } from './stage.js';

const count = 1000;
const all = Array.from({ length: count }, (_, index) => index);

/** From the script's first byte run to everything painted. */
const painted = ({ page }: Opened, script: string): Promise<number> =>
  page.evaluate(
    (src) =>
      new Promise<number>((resolve) => {
        const tag = document.createElement('script');
        const start = performance.now();
        tag.textContent = src;
        document.head.append(tag);
        requestAnimationFrame(() =>
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start))),
        );
      }),
    script,
  );

async function heap({ devtools }: Opened): Promise<number> {
  for (let turn = 0; turn < 3; turn++) await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  return usedSize;
}

export async function manyButtons(stage: Stage): Promise<Finding[]> {
  const { origin, links, asked } = stage;
  for (let number = 1; number <= 10; number++) {
    const link: PublicLink = { ...amountLink(), id: id('plink', number) as PublicLink['id'] };
    links.set(link.id, link);
  }
  const ours = all
    .map(
      (index) =>
        `<pay-link-button api="${origin}" link="${id('plink', (index % 10) + 1)}"></pay-link-button>`,
    )
    .join('\n');
  const bare = all.map(() => '<bare-button label="Pay"></bare-button>').join('\n');

  const timeOf = (body: string, script: string) => async () => {
    const opened = await stage.open(`<body>${body}`);
    const time = await painted(opened, script);
    await opened.close();
    return time;
  };
  const time = await byTurns(15, {
    ours: timeOf(ours, stage.script),
    bare: timeOf(bare, stage.bare),
  });

  const heapOf = async (body: string) => {
    const opened = await stage.open(`<body>`);
    await painted(opened, stage.script);
    // Everything that is there once, before there are many.
    await opened.page.evaluate(
      (markup) => {
        document.body.insertAdjacentHTML('beforeend', markup);
      },
      body.slice(0, body.indexOf('\n')),
    );
    await opened.page.waitForTimeout(300);
    const before = await heap(opened);
    await opened.page.evaluate((markup) => {
      document.body.insertAdjacentHTML('beforeend', markup);
    }, body);
    await opened.page.waitForFunction(() =>
      [...document.querySelectorAll('pay-link-button')].every(({ shadowRoot }) => shadowRoot),
    );
    await opened.page.waitForTimeout(300);
    const after = await heap(opened);
    await opened.close();
    return (after - before) / count;
  };
  const heaps: number[] = [];
  for (let turn = 0; turn < 5; turn++) heaps.push(await heapOf(ours));

  asked.length = 0;
  const opened = await stage.open(`<body>${ours}<script src="${origin}/pay-link.js"></script>`);
  for (let y = 0; y < 20; y++) {
    await opened.page.mouse.wheel(0, 2000);
    await opened.page.waitForTimeout(50);
  }
  const requests = asked.length;
  await opened.close();

  return [
    {
      what: `Script to painted, ${count} buttons of 10 links`,
      figure: time.ours / time.bare,
      unit: '×',
      most: 1.3,
      by: `${time.ours.toFixed(0)} ms against ${time.bare.toFixed(0)} ms of bare Lit buttons`,
    },
    {
      what: 'Heap of a button',
      figure: median(heaps) / 1000,
      unit: ' kB',
      most: 1.5,
      by: `JavaScript heap after collection, ${count} more of them`,
    },
    { what: 'Requests of the page', figure: requests, unit: '', most: 10, by: 'scrolled through' },
  ];
}
