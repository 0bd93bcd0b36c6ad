/** Nothing moves that the buyer did not move, and nothing is asked for that nobody needs. */
import type { Page } from 'playwright-core';
import type { PublicLink } from '../../src/contract/index.js';
import {
  amountLink,
  donationLink,
  id,
  membershipLink,
  productLink,
  shirt,
} from '../../stories/cast.js';
import type { Finding } from './figures.js';
import type { Stage } from './stage.js';

/** As the manual tells merchants to. */
const rules = `<style>
  pay-link-button { display: inline-block; min-width: 11em; min-height: 46px; vertical-align: middle }
  pay-link-form { display: block; min-height: 720px }
</style>`;

const text = '<p>What stands around stays where it is.</p>';

const watch = `<script>
  shifted = 0;
  new PerformanceObserver((list) => {
    for (const { hadRecentInput, value } of list.getEntries()) if (!hadRecentInput) shifted += value;
  }).observe({ type: 'layout-shift', buffered: true });
</script>`;

/** The script comes when the page has long been read. */
const late = (origin: string) => `<script>
  setTimeout(() => {
    const script = document.createElement('script');
    script.src = '${origin}/pay-link.js';
    document.head.append(script);
  }, 700);
</script>`;

interface Flow {
  readonly name: string;
  readonly link: PublicLink;
  readonly element: (id: string) => string;
  readonly acts?: (page: Page) => Promise<void>;
  /** Before the buyer acts. */
  readonly requests: number;
}

const openIt = async (page: Page) => {
  await page.locator('pay-link-button').hover();
  await page.locator('pay-link-button button').first().click();
  await page.getByLabel('E-mail').fill('ada@example.com');
  await page.keyboard.press('Escape');
};

const flows: Flow[] = [
  {
    name: 'a button with the link inside',
    link: amountLink(),
    element: (link) =>
      `<pay-link-button><a href="ORIGIN/p/${link}">Pay the invoice</a></pay-link-button>`,
    acts: openIt,
    requests: 0,
  },
  {
    name: 'a button without words',
    link: productLink([shirt()]),
    element: (link) => `<pay-link-button link="${link}" show-price></pay-link-button>`,
    acts: openIt,
    requests: 1,
  },
  {
    name: 'a button without words or price',
    link: membershipLink(),
    element: (link) => `<pay-link-button link="${link}"></pay-link-button>`,
    acts: openIt,
    requests: 1,
  },
  {
    name: 'a form with amounts',
    link: donationLink(),
    element: (link) => `<pay-link-form link="${link}"></pay-link-form>`,
    async acts(page) {
      await page.getByText('Other…', { exact: true }).click();
      await page.getByLabel('Amount…').fill('12.50');
      await page.locator('button[type=submit]').click();
    },
    requests: 1,
  },
  {
    name: 'a form with a subscription',
    link: membershipLink(14),
    element: (link) => `<pay-link-form link="${link}"></pay-link-form>`,
    async acts(page) {
      await page.getByText('Yearly', { exact: true }).click();
    },
    requests: 1,
  },
];

export async function stillness(stage: Stage): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [index, flow] of flows.entries()) {
    const link = { ...flow.link, id: id('plink', index + 1) } as PublicLink;
    stage.links.set(link.id, link);
    const { origin, asked } = stage;
    asked.length = 0;
    const element = flow.element(link.id).replace('ORIGIN', origin);
    const { page, close } = await stage.open(
      `${rules}${watch}<body>${text}${element}${text.repeat(6)}${late(origin)}`,
    );
    await page.waitForFunction(() => customElements.get('pay-link-form'));
    await page.waitForTimeout(2500);
    const requests = asked.length;
    await flow.acts?.(page);
    await page.waitForTimeout(1000);
    const shifted = await page.evaluate(
      () => (globalThis as unknown as { shifted: number }).shifted,
    );
    await close();
    findings.push(
      {
        what: `Layout shift, ${flow.name}`,
        figure: shifted,
        unit: '',
        most: 0,
        by: 'as the browser counts it',
      },
      {
        what: `Requests before the buyer acts, ${flow.name}`,
        figure: requests,
        unit: '',
        most: flow.requests,
        by: 'in 2.5 s',
      },
    );
  }
  return findings;
}
